using EquityBot.Doubles;
using Microsoft.Playwright;

namespace EquityBot.Scenarios.Browser;

[Collection(InTheBrowser.Name)]
public sealed class PracticeStory(Chromium chromium)
{
    const string Promise = "C-12";

    [Fact]
    public async Task What_is_typed_before_the_page_knows_who_types_is_not_lost()
    {
        const string Typed = "we'll offer an interpreter at every cardiology discharge by March 13";
        await using var hospital = await Hospital.OpenAsync(Engine.Sqlite);
        await using var page = await chromium.OpenAsync(hospital, 390, 844);
        await page.BecomeAsync("dana.reyes");
        var known = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await page.Page.RouteAsync("**/practice/api/people", async route =>
        {
            await known.Task;
            await route.ContinueAsync();
        });
        await page.Page.ReloadAsync();
        var (box, send) = (page.Page.GetByTestId("composer"), page.Page.GetByTestId("send"));
        await box.FillAsync(Typed);
        await box.PressAsync("Enter");
        await Expect(send).ToBeDisabledAsync();
        known.SetResult();
        await Expect(send).ToBeEnabledAsync();
        await Expect(box).ToHaveValueAsync(Typed);
        await send.ClickAsync();
        await Expect(page.Message("Is this the promise?")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_newcomer_takes_a_promise_from_one_sentence_to_the_boards_decision()
    {
        await using var hospital = await Hospital.OpenAsync(Engine.Sqlite);
        await using var page = await chromium.OpenAsync(hospital);

        await Expect(page.Page.GetByTestId("tour")).ToContainTextAsync("Say a promise");
        await page.BecomeAsync("dana.reyes");
        await Expect(page.Page.GetByTestId("empty")).ToContainTextAsync("You are Dana Reyes.");
        await page.PictureAsync("01-open");
        await page.PictureAsync("02-people", "people");

        var taps = await page.TapsAsync();
        await page.SayAsync("we'll offer an interpreter at every cardiology discharge by March 13");
        var draft = page.Message("Is this the promise?");
        await Expect(draft).ToContainTextAsync("Offer an interpreter at every cardiology discharge");
        await Expect(draft).ToContainTextAsync("Friday, March 13, 2026");
        await PracticePage.HasOnePrimaryButtonAsync(draft, "Confirm");
        await Expect(draft.Locator(".style-emphasis").GetByRole(AriaRole.Button)).ToHaveCountAsync(5);
        Assert.Equal(0, await page.TapsAsync() - taps);
        await page.PictureAsync("03-draft");
        taps = await page.TapsAsync();
        await PracticePage.Button(draft, "Confirm").ClickAsync();
        var receipt = page.Message($"{Promise} is on the plan");
        await Expect(receipt).ToBeVisibleAsync();
        await Expect(page.Page.GetByTestId("said")).ToHaveCountAsync(1);
        Assert.Equal(1, await page.TapsAsync() - taps);
        await Expect(page.Messages).ToHaveCountAsync(1);
        await Expect(PracticePage.Button(receipt, "Confirm")).ToHaveCountAsync(0);
        await page.PictureAsync("04-receipt");

        await page.OpenAsync(await page.UntilAsync(Promise, "reminder"), "dana.reyes", $"{Promise} is due Friday, March 13");

        var asked = await page.OpenAsync(await page.UntilAsync(Promise, "owner"), "dana.reyes", $"{Promise} was due Friday, March 13", "If nothing changes,", "hears on Friday, March 20");
        await PracticePage.HasOnePrimaryButtonAsync(asked, "Report progress");
        await page.PictureAsync("06-owner");

        var lead = await page.OpenAsync(await page.UntilAsync(Promise, "lead"), "anil.deshmukh", "has been open since March 13", "Nothing has been said about it yet.");
        await PracticePage.HasOnePrimaryButtonAsync(lead, "Offer help");
        await page.PictureAsync("07-lead");
        await page.PictureAsync("08-clock", "clock");

        await page.BecomeAsync("dana.reyes");
        await AcknowledgeAsync(page, page.Message($"{Promise} was due Friday, March 13"));
        await Expect(page.Message($"{Promise} has a new date: Tuesday, March 31")).ToContainTextAsync("the last step comes again on the next working day");

        await page.OpenAsync(await page.UntilAsync(Promise, "lead", times: 2), "anil.deshmukh", "comes to you once more");
        await page.PictureAsync("11-lead-again");
        await page.OpenAsync(await page.UntilAsync(Promise, "officer"), "imani.brooks", $"{Promise} (Cardiology) has been open since");
        await page.PictureAsync("12-officer");
        var sponsor = await page.OpenAsync(await page.UntilAsync(Promise, "sponsor"), "colleen.fitzgerald", $"{Promise} (Cardiology) waits for you");
        await PracticePage.HasOnePrimaryButtonAsync(sponsor, "Offer help");
        var board = await page.OpenAsync(await page.UntilAsync(Promise, "board"), "ruth.okafor", "Cardiology: C-12", "please decide what becomes of it", "Equity officer heard on");
        await PracticePage.HasOnePrimaryButtonAsync(board, "Decide");
        await page.PictureAsync("14-board");

        await DecideAsync(page, board);
        await page.BecomeAsync("dana.reyes");
        await Expect(page.Message("C-12 is decided: A recovery plan")).ToContainTextAsync("Cardiology brings a plan in April.");
        await page.PictureAsync("17-owner-hears");
        Assert.Equal("decided", (await hospital.StateAsync(Promise)).GetProperty("case").GetProperty("status").GetString());
    }

    /// <summary>Once with a field left open, which is refused on the spot, then as it should be.</summary>
    static async Task AcknowledgeAsync(PracticePage page, ILocator card)
    {
        await PracticePage.Button(card, "Acknowledge").ClickAsync();
        await PracticePage.HasOnePrimaryButtonAsync(card.Locator(".ac-adaptiveCard .ac-adaptiveCard"), "Send");
        await card.GetByLabel("New date").FillAsync("2026-03-31");
        await card.GetByLabel("What is in the way?").FillAsync("The agency contract is late");
        await PracticePage.Button(card, "Send").ClickAsync();
        await Expect(card.GetByText("This is needed.")).ToBeVisibleAsync();
        await page.PictureAsync("09-acknowledge");
        await card.GetByLabel("What do you need to keep it?").FillAsync("A signature by Friday");
        await PracticePage.Button(card, "Send").ClickAsync();
    }

    static async Task DecideAsync(PracticePage page, ILocator card)
    {
        await PracticePage.Button(card, "Decide").ClickAsync();
        await card.GetByLabel("A recovery plan").CheckAsync();
        await card.GetByLabel("Why? The department and the board will read this").FillAsync("Cardiology brings a plan in April.");
        await page.PictureAsync("15-decide");
        await PracticePage.Button(card, "Send").ClickAsync();
        await Expect(page.Message("C-12 is decided")).ToContainTextAsync("Cardiology brings a plan in April.");
    }

    static ILocatorAssertions Expect(ILocator locator) => Assertions.Expect(locator);
}
