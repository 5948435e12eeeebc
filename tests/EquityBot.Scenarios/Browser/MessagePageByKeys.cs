using EquityBot.Doubles;
using Microsoft.Playwright;

namespace EquityBot.Scenarios.Browser;

/// <summary>The page behind a mail's link as people meet it: on a phone, by keyboard, in light and dark.</summary>
[Collection(InTheBrowser.Name)]
public sealed class MessagePageByKeys(Chromium chromium)
{
    [Fact]
    public async Task A_promise_is_given_a_new_date_on_a_phone_without_a_mouse_or_a_script()
    {
        await using var server = new MailServer();
        await using var hospital = await EmailStories.OpenAsync(Engine.Sqlite, server);
        var mail = await EmailStories.OwnerStepAsync(hospital, server, $"we'll offer interpreterunddolmetscherbereitschafts{new string('x', 60)} at every <b>discharge</b> by 2026-03-06");
        await using var context = await chromium.ContextAsync(390, 844);
        var page = await context.NewPageAsync();

        await page.GotoAsync(mail.Link);
        await page.LooksWellAsync("40-mail-link");
        await page.TabToAsync("Open");
        await page.Keyboard.PressAsync("Enter");
        await page.ArrivesAsync("/messages/");
        await page.LooksWellAsync("41-mail-message");

        await page.TabToAsync("Acknowledge");
        await page.Keyboard.PressAsync("Enter");
        await page.TabToAsync("New date");
        await page.Keyboard.TypeAsync("03202026");
        foreach (var (label, words) in new[] { ("What is in the way", "the contract is late, says MRN 12345678"), ("What do you need to keep", "a signature") })
        {
            await page.TabToAsync(label);
            await page.Keyboard.TypeAsync(words);
        }

        await page.TabToAsync("Acknowledge");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("medical record number");
        await page.LooksWellAsync("42-mail-refused");

        var reason = page.Locator("details[open] textarea").First;
        Assert.Equal("", await reason.InputValueAsync());
        Assert.Equal("a signature", await page.Locator("details[open] textarea").Last.InputValueAsync());
        await reason.FillAsync("the contract is late");
        await reason.PressAsync("Tab");
        await page.TabToAsync("Acknowledge");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByText("March 20").First).ToBeVisibleAsync();
        await page.LooksWellAsync("43-mail-answered");
        Assert.Equal("2026-03-20", (await hospital.StateAsync("C-12")).GetProperty("due").GetString());

        // The mail itself, as a program draws it that follows the reader's setting.
        var program = await context.NewPageAsync();
        await program.SetContentAsync(mail.Html);
        await program.LooksWellAsync("44-mail");
    }
}
