using Microsoft.Playwright;
using Xunit.Abstractions;

namespace EquityBot.Scenarios.Browser;

/// <summary>One thumb on a phone. Counts its taps from the moment a message is on the screen, and presses only what is big enough and within reach.</summary>
public sealed class Thumb(PracticePage page, ITestOutputHelper output)
{
    /// <summary>What a fingertip needs, in CSS pixels.</summary>
    const float Fingertip = 44;

    string flow = "";
    int before;

    /// <summary>From here on taps belong to this flow.</summary>
    public async Task<ILocator> BeginsAsync(string name, ILocator message)
    {
        await message.ScrollIntoViewIfNeededAsync();
        (flow, before) = (name, await page.TapsAsync());
        return message;
    }

    public async Task TapAsync(ILocator target)
    {
        await target.ScrollIntoViewIfNeededAsync();
        var box = await target.BoundingBoxAsync() ?? throw new Xunit.Sdk.XunitException($"{flow}: there is nothing to tap.");
        var width = page.Page.ViewportSize!.Width;
        Assert.True(box.Height >= Fingertip, $"{flow}: {await target.InnerTextAsync()} is {box.Height} px high.");
        Assert.True(box.X >= 0 && box.X + box.Width <= width, $"{flow}: {await target.InnerTextAsync()} reaches from {box.X} to {box.X + box.Width} of {width} px.");
        Assert.True(await page.Page.EvaluateAsync<bool>("() => [document.scrollingElement, ...document.querySelectorAll('.scroll, .card')].every(one => one.scrollWidth <= one.clientWidth + 1)"), $"{flow}: the page scrolls sideways.");
        await target.TapAsync();
    }

    /// <summary>A tap on the button with this title. One that opens a form has the first field ready to be filled in.</summary>
    public async Task TapAsync(ILocator message, string title)
    {
        await TapAsync(PracticePage.Button(message, title));
    }

    /// <summary>One of a few answers that are all in sight: the words beside the dot are as good as the dot.</summary>
    public Task ChooseAsync(ILocator message, string answer) => TapAsync(message.Locator(".ac-choiceSetInput-expanded > div, .ac-choiceSetInput-expanded > * > div").Filter(new() { HasText = answer }).Last);

    /// <summary>A list that opens: one tap, whatever is chosen in it.</summary>
    public async Task PickAsync(ILocator list, string choice)
    {
        await TapAsync(list);
        await page.Page.Keyboard.PressAsync("Escape");
        await list.SelectOptionAsync(choice);
    }

    /// <summary>A day. Its calendar opens with the form where it is the first field; else it takes one tap.</summary>
    public async Task DateAsync(ILocator field, string day)
    {
        if (!await field.EvaluateAsync<bool>("field => field === document.activeElement"))
        {
            await TapAsync(field);
        }

        await field.FillAsync(day);
    }

    /// <summary>The receipt's words are in sight, and no more taps were needed than this.</summary>
    public async Task EndsAsync(string receipt, int allowed)
    {
        var words = page.Messages.GetByText(receipt).Last;
        await Assertions.Expect(words).ToBeInViewportAsync(new() { Ratio = 1 });
        var taps = await page.TapsAsync() - before;
        output.WriteLine($"{flow}: {taps} of {allowed}");
        Assert.True(taps > 0 && taps <= allowed, $"{flow} took {taps} taps; {allowed} is the most.");
    }
}
