using EquityBot.Doubles;
using Microsoft.Playwright;

namespace EquityBot.Scenarios.Browser;

[Collection(InTheBrowser.Name)]
public sealed class OperationsAccessibility(Chromium chromium)
{
    [Fact]
    public async Task Dead_letters_are_seen_to_on_a_phone_without_a_mouse_and_axe_finds_nothing()
    {
        await using var hospital = await Hospital.OpenAsync(Engine.Sqlite);
        foreach (var who in (string[])["dana.reyes", "ben.kowalski"])
        {
            await hospital.As(who).PromisesAsync("we'll offer an interpreter at every discharge by 2026-03-13");
            await hospital.FailsAsync(who, "permanent");
        }

        await hospital.MoveAsync("2026-03-10T12:00");
        var page = await chromium.OnAPhoneAsync($"{hospital.Url}/operations?as=imani.brooks");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Operations" })).ToBeVisibleAsync();
        await page.LooksWellAsync("30-operations");

        // The first discard is opened, its reason typed and sent, all by keyboard.
        await page.TabToAsync("Discard browser");
        await page.Keyboard.PressAsync("Enter");
        await page.TabToAsync("Why is it let go?");
        await page.Keyboard.TypeAsync("I told them in person");
        await page.LooksWellAsync("31-operations-discard");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("It was discarded, with your reason.");
        await page.TabToAsync("Retry browser");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("It is tried again.");
        await Expect(page.GetByText("None. Everything was delivered or is on its way.")).ToBeVisibleAsync();
        await page.LooksWellAsync("32-operations-done");
        await page.CloseAsync();
    }

    static ILocatorAssertions Expect(ILocator locator) => Assertions.Expect(locator);
}
