using EquityBot.Doubles;
using Microsoft.Playwright;

namespace EquityBot.Scenarios.Browser;

[Collection(InTheBrowser.Name)]
public sealed class PracticeCards(Chromium chromium)
{
    const string Hostile = "Offer <b>bold</b> <img src=x onerror=alert(1)> <at>CEO</at> **stars** _lines_ [a link](http://evil.test) ![pixel](http://evil.test/p) ${title} {{DATE(2026-03-13T00:00:00Z)}}";

    /// <summary>A joiner without width keeps the renderer from making a date of its own out of the braces.</summary>
    static readonly string AsDrawn = Hostile.Replace("{{", "{\u2060{", StringComparison.Ordinal).Replace("](", "]\u2060(", StringComparison.Ordinal);

    [Fact] // I4, I5
    public async Task Every_card_of_the_story_is_drawn_by_the_renderer_and_shows_what_people_wrote_letter_by_letter()
    {
        await using var hospital = await Hospital.OpenAsync(Engine.Sqlite);
        await using var page = await chromium.OpenAsync(hospital);
        await page.BecomeAsync("dana.reyes");
        await page.SayAsync($"we'll {Hostile} by March 13");
        await ShowsLiterallyAsync(page);
        await PracticePage.Button(page.Messages.Last, "Edit").ClickAsync();
        await Expect(page.Messages.Last.GetByRole(AriaRole.Textbox, new() { Name = "What" })).ToHaveValueAsync(Hostile);
        await PracticePage.Button(page.Messages.Last, "Confirm").ClickAsync();
        await Expect(page.Message("is on the plan")).ToBeVisibleAsync();
        foreach (var words in new[] { "show C-12", "mine", "due", "help", "log", "anything else" })
        {
            await page.SayAsync(words);
        }

        var dana = hospital.As("dana.reyes");
        await dana.PressesAsync(await dana.SaysAsync("show C-12"), "Report progress", new { status = "at-risk", note = Hostile });
        await page.OpenAsync(await page.UntilAsync("C-12", "lead"), "anil.deshmukh", AsDrawn);
        await ShowsLiterallyAsync(page);
        await page.OpenAsync(await page.UntilAsync("C-12", "board"), "ruth.okafor", AsDrawn);
        await ShowsLiterallyAsync(page);

        var trouble = await page.Page.EvaluateAsync<string[]>("""
            async () => {
                const { hostConfig } = await import("/practice/host-config.js");
                const people = (await (await fetch("/practice/api/people")).json()).people;
                const inboxes = await Promise.all(people.map(async ({ handle }) => (await (await fetch(`/practice/api/inbox?as=${handle}`)).json()).messages));
                return inboxes.flat().flatMap(message => {
                    const card = new AdaptiveCards.AdaptiveCard();
                    const context = new AdaptiveCards.SerializationContext();
                    card.hostConfig = new AdaptiveCards.HostConfig(hostConfig);
                    card.parse(message.card, context);
                    card.render();
                    const said = Array.from({ length: context.eventCount }, (_, index) => context.getEventAt(index))
                        .concat(card.validateProperties().validationEvents);
                    return said.map(event => `${message.kind} ${message.ref}: ${event.message}`);
                });
            }
            """);
        Assert.Empty(trouble);
    }

    static async Task ShowsLiterallyAsync(PracticePage page)
    {
        await Expect(page.Messages.Last).ToContainTextAsync(AsDrawn);
        await Expect(page.Messages.Locator("img, a, b, strong, em, i, at")).ToHaveCountAsync(0);
    }

    static ILocatorAssertions Expect(ILocator locator) => Assertions.Expect(locator);
}
