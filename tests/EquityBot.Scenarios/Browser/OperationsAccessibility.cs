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
        await IsFineAsync(page, "30-operations");

        // The first discard is opened, its reason typed and sent, all by keyboard.
        await TabToAsync(page, "Discard browser");
        await page.Keyboard.PressAsync("Enter");
        await TabToAsync(page, "Why is it let go?");
        await page.Keyboard.TypeAsync("I told them in person");
        await IsFineAsync(page, "31-operations-discard");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("It was discarded, with your reason.");
        await TabToAsync(page, "Retry browser");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("It is tried again.");
        await Expect(page.GetByText("None. Everything was delivered or is on its way.")).ToBeVisibleAsync();
        await page.SetViewportSizeAsync(320, 640);
        await FitsAsync(page);
        await page.CloseAsync();
    }

    static async Task IsFineAsync(IPage page, string picture)
    {
        await FitsAsync(page);
        await page.EvaluateAsync(await File.ReadAllTextAsync(Path.Combine(Repository.Root, "tests", "clients", "node_modules", "axe-core", "axe.min.js")));
        var folder = Directory.CreateDirectory(Path.Combine(Repository.Root, "artifacts", "pictures")).FullName;
        foreach (var scheme in new[] { ColorScheme.Dark, ColorScheme.Light })
        {
            await page.EmulateMediaAsync(new() { ColorScheme = scheme });
            var found = await page.EvaluateAsync<string[]>("""
                async () => (await axe.run(document, { resultTypes: ["violations"] })).violations.flatMap(rule => rule.nodes.map(node => `${rule.id}: ${node.failureSummary} ${node.html.slice(0, 200)}`))
                """);
            Assert.True(found.Length == 0, $"{picture}, {scheme}:\n{string.Join('\n', found)}");
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{picture}-phone-{scheme.ToString().ToLowerInvariant()}.png"), FullPage = true });
        }
    }

    static async Task FitsAsync(IPage page) =>
        Assert.True(await page.EvaluateAsync<bool>("() => document.scrollingElement.scrollWidth <= innerWidth && [...document.querySelectorAll('main *')].every(one => one.getBoundingClientRect().right <= innerWidth + 0.5)"), "Something reaches beyond the edge.");

    static async Task TabToAsync(IPage page, string name)
    {
        for (var presses = 0; presses < 40; presses++)
        {
            await page.Keyboard.PressAsync("Tab");
            var focused = await page.EvaluateAsync<string>("""
                () => {
                    const at = document.activeElement;
                    if (at === document.body) return "";
                    if (parseFloat(getComputedStyle(at).outlineWidth) < 2) throw new Error(`No frame around ${at.outerHTML.slice(0, 200)}`);
                    return (at.getAttribute("aria-label") ?? at.labels?.[0]?.textContent ?? at.textContent).trim();
                }
                """);
            if (focused.StartsWith(name, StringComparison.Ordinal))
            {
                return;
            }
        }

        Assert.Fail($"No way to “{name}” by keyboard.");
    }

    static ILocatorAssertions Expect(ILocator locator) => Assertions.Expect(locator);
}
