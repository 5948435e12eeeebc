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
        await LooksWellAsync(page, "40-mail-link");
        await TabToAsync(page, "Open");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/messages/**");
        await LooksWellAsync(page, "41-mail-message");

        await TabToAsync(page, "Acknowledge");
        await page.Keyboard.PressAsync("Enter");
        await TabToAsync(page, "New date");
        await page.Keyboard.TypeAsync("03202026");
        foreach (var (label, words) in new[] { ("What is in the way", "the contract is late, says MRN 12345678"), ("What do you need to keep", "a signature") })
        {
            await TabToAsync(page, label);
            await page.Keyboard.TypeAsync(words);
        }

        await TabToAsync(page, "Acknowledge");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("medical record number");
        await LooksWellAsync(page, "42-mail-refused");

        var reason = page.Locator("details[open] textarea").First;
        Assert.Equal("", await reason.InputValueAsync());
        Assert.Equal("a signature", await page.Locator("details[open] textarea").Last.InputValueAsync());
        await reason.FillAsync("the contract is late");
        await reason.PressAsync("Tab");
        await TabToAsync(page, "Acknowledge");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByText("March 20").First).ToBeVisibleAsync();
        await LooksWellAsync(page, "43-mail-answered");
        Assert.Equal("2026-03-20", (await hospital.StateAsync("C-12")).GetProperty("due").GetString());

        // The mail itself, as a program draws it that follows the reader's setting.
        var program = await context.NewPageAsync();
        await program.SetContentAsync(mail.Html);
        await LooksWellAsync(program, "44-mail");
    }

    static async Task TabToAsync(IPage page, string name)
    {
        for (var passed = 0; passed < 60; passed++)
        {
            await page.Keyboard.PressAsync("Tab");
            var focused = await page.EvaluateAsync<string>("""
                () => {
                    const at = document.activeElement;
                    if (at !== document.body && (getComputedStyle(at).outlineStyle === "none" || parseFloat(getComputedStyle(at).outlineWidth) < 1)) throw new Error(`No frame around ${at.outerHTML.slice(0, 200)}`);
                    return (at.labels?.[0]?.textContent ?? at.textContent).trim();
                }
                """);
            if (focused.StartsWith(name, StringComparison.OrdinalIgnoreCase))
            {
                return;
            }
        }

        Assert.Fail($"No way with Tab to “{name}” on\n{await page.InnerTextAsync("body")}");
    }

    /// <summary>No violation in light or dark, nothing beyond the edge at 390 and 320 pixels; and a picture to look at.</summary>
    static async Task LooksWellAsync(IPage page, string picture)
    {
        foreach (var scheme in new[] { ColorScheme.Dark, ColorScheme.Light })
        {
            await page.EmulateMediaAsync(new() { ColorScheme = scheme });
            await page.EvaluateAsync(await File.ReadAllTextAsync(Path.Combine(Repository.Root, "tests", "clients", "node_modules", "axe-core", "axe.min.js")));
            var found = await page.EvaluateAsync<string[]>("async () => (await axe.run(document, { resultTypes: ['violations'] })).violations.flatMap(rule => rule.nodes.map(node => `${rule.id}: ${node.failureSummary} ${node.html.slice(0, 200)}`))");
            Assert.True(found.Length == 0, $"{picture}, {scheme}:\n{string.Join('\n', found)}");
            await page.ScreenshotAsync(new() { Path = Path.Combine(Repository.Root, "artifacts", "pictures", $"{picture}-{scheme.ToString().ToLowerInvariant()}.png"), FullPage = true });
        }

        foreach (var width in new[] { 320, 390 })
        {
            await page.SetViewportSizeAsync(width, 844);
            Assert.True(await page.EvaluateAsync<bool>("() => document.scrollingElement.scrollWidth <= innerWidth"), $"{picture} is wider than {width} pixels");
        }
    }
}
