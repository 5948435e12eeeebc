using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace EquityBot.Scenarios.Browser;

/// <summary>A page as people meet it on a phone and without a mouse: what has the focus shows it, nothing reaches beyond the edge, axe-core finds nothing, and a picture is kept.</summary>
static class ByKeys
{
    const int MostPresses = 80;

    public static string Pictures { get; } = Directory.CreateDirectory(Path.Combine(Repository.Root, "artifacts", "pictures")).FullName;

    /// <summary>Goes on with Tab until the field or button with this label, or one that begins so, has the focus.</summary>
    public static async Task TabToAsync(this IPage page, string name)
    {
        for (var presses = 0; presses < MostPresses; presses++)
        {
            await page.Keyboard.PressAsync("Tab");
            var focused = await page.EvaluateAsync<string>("""
                () => {
                    const at = document.activeElement;
                    if (at === document.body) return "";
                    if (getComputedStyle(at).outlineStyle === "none" || parseFloat(getComputedStyle(at).outlineWidth) < 2) throw new Error(`No frame around ${at.outerHTML.slice(0, 200)}`);
                    return (at.getAttribute("aria-label") ?? at.labels?.[0]?.textContent ?? at.textContent).trim();
                }
                """);
            if (focused.StartsWith(name, StringComparison.OrdinalIgnoreCase))
            {
                return;
            }
        }

        Assert.Fail($"No way to “{name}” by keyboard on\n{await page.InnerTextAsync("body")}");
    }

    /// <summary>Waits in the browser, which looks again and again: what waits for the event of a navigation may begin to do so just after it.</summary>
    public static async Task ArrivesAsync(this IPage page, string pattern)
    {
        await Assertions.Expect(page).ToHaveURLAsync(new Regex(pattern), new() { Timeout = 30_000 });
        await page.WaitForFunctionAsync("() => document.readyState === 'complete'");
    }

    public static async Task ActivateAsync(this IPage page, string button)
    {
        await page.TabToAsync(button);
        await page.Keyboard.PressAsync("Enter");
    }

    /// <summary>Replaces whatever stands in the field.</summary>
    public static async Task FillInAsync(this IPage page, string field, string text)
    {
        await page.TabToAsync(field);
        await page.Keyboard.PressAsync("ControlOrMeta+a");
        await page.Keyboard.TypeAsync(text);
    }

    public static async Task LooksWellAsync(this IPage page, string picture)
    {
        await page.EvaluateAsync(await File.ReadAllTextAsync(Path.Combine(Repository.Root, "tests", "clients", "node_modules", "axe-core", "axe.min.js")));
        foreach (var scheme in new[] { ColorScheme.Dark, ColorScheme.Light })
        {
            await page.EmulateMediaAsync(new() { ColorScheme = scheme });
            var found = await page.EvaluateAsync<string[]>("""
                async () => (await axe.run(document, { resultTypes: ["violations"] })).violations.flatMap(rule => rule.nodes.map(node => `${rule.id}: ${node.failureSummary} ${node.html.slice(0, 200)}`))
                """);
            Assert.True(found.Length == 0, $"{picture}, {scheme}:\n{string.Join('\n', found)}");
            await page.ScreenshotAsync(new() { Path = Path.Combine(Pictures, $"{picture}-phone-{scheme.ToString().ToLowerInvariant()}.png"), FullPage = true });
        }

        foreach (var width in new[] { 320, 390 })
        {
            await page.SetViewportSizeAsync(width, 844);
            Assert.Equal("", await page.EvaluateAsync<string>("""
                () => [document.scrollingElement, ...document.querySelectorAll("main *")].filter(one => one.scrollWidth > 0 && (one === document.scrollingElement ? one.scrollWidth > innerWidth : one.getBoundingClientRect().right > innerWidth + 0.5))
                    .map(one => `${one.outerHTML.slice(0, 120)} reaches beyond ${innerWidth}`).join("\n")
                """));
        }
    }
}
