using EquityBot.Doubles;
using Microsoft.Playwright;
using Xunit.Abstractions;

namespace EquityBot.Scenarios.Browser;

/// <summary>What each flow costs a thumb. What other people do, and the clock, is told over the practice contract.</summary>
[Collection(InTheBrowser.Name)]
public sealed partial class PracticeTaps(Chromium chromium, ITestOutputHelper output)
{
    /// <summary>The most taps from the message on the screen to the receipt. Typing is none; a list or calendar that has to be opened is one. To give a promise back is the rarest wish, and waits under More.</summary>
    static readonly Dictionary<string, int> Most = new()
    {
        ["Log"] = 1, ["Undo"] = 1, ["Set a SMART goal"] = 6, ["Take the suggested status"] = 1,
        ["No change"] = 1, ["No change, with opening"] = 2, ["Report progress"] = 3, ["I'm blocked"] = 3, ["Snooze"] = 1,
        ["Done"] = 2, ["Confirm met"] = 1, ["Not yet"] = 2,
        ["Push"] = 2, ["Acknowledge"] = 2, ["Ask for a later day"] = 2, ["Approve a later day"] = 1,
        ["Withdraw"] = 3, ["Approve a withdrawal"] = 1, ["Hand over"] = 3, ["Accept a hand-over"] = 1,
        ["Offer help"] = 2, ["Accept help"] = 2, ["Waive"] = 2, ["Accept cover"] = 1,
        ["Log work with a partner"] = 1, ["Note a follow-up"] = 1, ["Finish a follow-up"] = 1, ["Rate a partner"] = 5,
        ["Make a first promise"] = 2, ["Decide"] = 3, ["Add a follow-up promise"] = 3, ["Show from a digest"] = 1,
    };

    /// <summary>Somebody's phone, with their newest message that says this on the screen.</summary>
    async Task FlowAsync(PracticePage page, string flow, string handle, string words, Func<Thumb, ILocator, Task> taps, string receipt)
    {
        await page.BecomeAsync(handle);
        var thumb = new Thumb(page, output);
        await taps(thumb, await thumb.BeginsAsync(flow, page.Message(words)));
        await thumb.EndsAsync(receipt, Most[flow]);
    }

    static Func<Thumb, ILocator, Task> Tap(string title) => (thumb, message) => thumb.TapAsync(message, title);

    /// <summary>Opens a form, types into its only field and sends it.</summary>
    static Func<Thumb, ILocator, Task> TapAndSay(string title, string field, string words) => async (thumb, message) =>
    {
        await thumb.TapAsync(message, title);
        await message.GetByLabel(field).FillAsync(words);
        await thumb.TapAsync(message, "Send");
    };

    static Func<Thumb, ILocator, Task> TapAndMove(string title, string day) => async (thumb, message) =>
    {
        await thumb.TapAsync(message, title);
        await thumb.DateAsync(message.GetByLabel("New date"), day);
        await message.GetByLabel("What is in the way?").FillAsync("The agency contract is late");
        await message.GetByLabel("What do you need to keep it?").FillAsync("A signature");
        await thumb.TapAsync(message, "Send");
    };

    static async Task<string> WeeklyAsync(Hospital hospital)
    {
        var owner = hospital.As("ben.kowalski");
        return (await owner.PressesAsync(await owner.SaysAsync("log"), "Confirm", new { what = "offer an interpreter at every visit", due = "2026-06-30", owner = "ben.kowalski", cadence = "weekly" })).Done().Ref!;
    }

    [Fact]
    public async Task A_promise_is_logged_with_one_tap_and_taken_back_with_one()
    {
        await using var hospital = await Hospital.OpenAsync(Engine.Sqlite);
        await using var page = await chromium.OpenAsync(hospital, 390, 844);
        await page.BecomeAsync("dana.reyes");
        await page.SayAsync("we'll offer an interpreter at every cardiology discharge by March 13");
        await FlowAsync(page, "Log", "dana.reyes", "Is this the promise?", Tap("Confirm"), "C-12 is on the plan");
        await FlowAsync(page, "Undo", "dana.reyes", "C-12 is on the plan", Tap("Undo"), "C-12 is taken back");
    }

    [Fact]
    public async Task Check_ins_are_answered_from_the_bundle_they_came_in()
    {
        await using var hospital = await Hospital.OpenAsync(Engine.Sqlite);
        var (first, second) = (await WeeklyAsync(hospital), await WeeklyAsync(hospital));
        await hospital.MoveAsync("2026-03-09T12:00");
        await using var page = await chromium.OpenAsync(hospital, 390, 844);
        const string Ben = "ben.kowalski";
        await FlowAsync(page, "No change", Ben, $"How does {first} go?", (thumb, message) => thumb.TapAsync(PracticePage.Button(message, "No change").First), $"{first}: no change");

        await page.ShowAsync("people");
        var phone = new Thumb(page, output);
        await phone.BeginsAsync("No change, with opening", page.Page.GetByTestId($"person-{Ben}"));
        await phone.TapAsync(page.Page.GetByTestId($"person-{Ben}"));
        await phone.TapAsync(PracticePage.Button(page.Message($"How does {second} go?"), "No change").Last);
        await phone.EndsAsync($"{second}: no change", Most["No change, with opening"]);

        await hospital.MoveAsync("2026-03-17T12:00");
        await FlowAsync(page, "Report progress", Ben, $"How does {first} go?", async (thumb, message) =>
        {
            await thumb.TapAsync(PracticePage.Button(message, "Report progress").First);
            await thumb.ChooseAsync(message, "At risk");
            await message.GetByLabel("One line on where it stands").First.FillAsync("One shift is open");
            await thumb.TapAsync(PracticePage.Button(message, "Send").First);
        }, $"Noted for {first}");
        await FlowAsync(page, "I'm blocked", Ben, $"How does {second} go?", async (thumb, message) =>
        {
            await thumb.TapAsync(PracticePage.Button(message, "I'm blocked").Last);
            await message.GetByLabel("What is in the way?").Last.FillAsync("The training room is taken");
            await thumb.PickAsync(message.GetByLabel("Who could clear it?").Last, "joel.benally");
            await thumb.TapAsync(PracticePage.Button(message, "Send").Last);
        }, "Joel Benally is asked");

        await hospital.MoveAsync("2026-03-25T12:00");
        await FlowAsync(page, "Snooze", Ben, $"How does {first} go?", (thumb, message) => thumb.TapAsync(PracticePage.Button(message, "Snooze").First), $"{first} comes back on");
    }

    [Fact]
    public async Task Done_is_claimed_and_confirmed_or_sent_back()
    {
        await using var hospital = await Hospital.OpenAsync(Engine.Sqlite);
        var owner = hospital.As("ben.kowalski");
        await owner.PromisesAsync("we'll train every nurse on interpreter phones by 2026-03-13");
        await owner.PromisesAsync("we'll put up signs in four languages by 2026-03-16");
        await hospital.MoveAsync("2026-03-10T12:00");
        await owner.SaysAsync("done C-13");
        await using var page = await chromium.OpenAsync(hospital, 390, 844);
        await FlowAsync(page, "Done", "ben.kowalski", "C-12 is due Friday", TapAndSay("Done", "What shows that it is done?", "The rota of March"), "C-12 waits for");
        await FlowAsync(page, "Confirm met", "dana.reyes", "Is C-12 done?", Tap("Confirm"), "C-12 is kept");
        await FlowAsync(page, "Not yet", "dana.reyes", "Is C-13 done?", TapAndSay("Not yet", "What is still missing?", "Two languages"), "C-13 goes on");
    }

    [Fact]
    public async Task A_day_is_moved_twice_and_the_third_time_the_sponsor_allows_it()
    {
        await using var hospital = await Hospital.OpenAsync(Engine.Sqlite);
        await hospital.As("ben.kowalski").PromisesAsync("we'll train every nurse on interpreter phones by 2026-03-13");
        await hospital.MoveAsync("2026-03-10T12:00");
        await using var page = await chromium.OpenAsync(hospital, 390, 844);
        await FlowAsync(page, "Push", "ben.kowalski", "C-12 is due Friday", TapAndMove("Push", "2026-03-20"), "C-12 is now due Friday, March 20");
        await hospital.MoveAsync("2026-03-23T12:00");
        await FlowAsync(page, "Acknowledge", "ben.kowalski", "C-12 was due Friday, March 20", TapAndMove("Acknowledge", "2026-03-27"), "C-12 has a new date");
        await hospital.MoveAsync("2026-03-24T12:00");
        await FlowAsync(page, "Ask for a later day", "ben.kowalski", "C-12 is due Friday, March 27", TapAndMove("Ask for a later day", "2026-04-17"), "was moved twice already");
        await FlowAsync(page, "Approve a later day", "colleen.fitzgerald", "Ben Kowalski asks for a later day", Tap("Approve"), "has its later day");
    }

    [Fact]
    public async Task A_promise_is_handed_over_or_given_back()
    {
        await using var hospital = await Hospital.OpenAsync(Engine.Sqlite);
        var owner = hospital.As("ben.kowalski");
        await owner.PromisesAsync("we'll train every nurse on interpreter phones by 2026-03-31");
        await owner.PromisesAsync("we'll put up signs in four languages by 2026-03-31");
        await using var page = await chromium.OpenAsync(hospital, 390, 844);
        await page.BecomeAsync("ben.kowalski");
        await page.SayAsync("show C-12");
        await FlowAsync(page, "Hand over", "ben.kowalski", "C-12 · ", async (thumb, message) =>
        {
            await thumb.TapAsync(message, "Hand over");
            await thumb.PickAsync(message.GetByLabel("Who takes it?"), "aisha.rahman");
            await thumb.TapAsync(message, "Send");
        }, "Aisha Rahman is asked to take");
        await FlowAsync(page, "Accept a hand-over", "aisha.rahman", "asks you to take", Tap("Accept"), "is yours now");
        await page.BecomeAsync("ben.kowalski");
        await page.SayAsync("show C-13");
        await FlowAsync(page, "Withdraw", "ben.kowalski", "C-13 · ", async (thumb, message) =>
        {
            await thumb.TapAsync(message, "More");
            await TapAndSay("Withdraw", "Why give it back?", "The clinic moves")(thumb, message);
        }, "Dana Reyes is asked to approve");
        await FlowAsync(page, "Approve a withdrawal", "dana.reyes", "asks to give", Tap("Approve"), "C-13 is withdrawn");
    }

    [Fact]
    public async Task Whoever_hears_helps_covers_or_waives()
    {
        await using var hospital = await Hospital.OpenAsync(Engine.Sqlite);
        await hospital.As("ben.kowalski").PromisesAsync("we'll train every nurse on interpreter phones by 2026-03-06");
        await hospital.As("dana.reyes").PromisesAsync("we'll put up signs in four languages by 2026-03-06");
        await hospital.MoveAsync("2026-03-16T17:00");
        await using var page = await chromium.OpenAsync(hospital, 390, 844);
        await FlowAsync(page, "Show from a digest", "anil.deshmukh", "The equity plan on", (thumb, message) => thumb.TapAsync(PracticePage.Button(message, "Show").First), "C-13 · Put up signs");
        await FlowAsync(page, "Offer help", "anil.deshmukh", "C-13 (Cardiology) has been open", TapAndSay("Offer help", "What could you do?", "I can free a nurse"), "hears that you offer help");
        await FlowAsync(page, "Accept help", "dana.reyes", "Anil Deshmukh offers help", TapAndSay("Accept", "When and how suits you?", "Gladly"), "hears that you take the help");
        await page.BecomeAsync("imani.brooks");
        await page.SayAsync("show C-12");
        await FlowAsync(page, "Waive", "imani.brooks", "C-12 · ", TapAndSay("Waive", "Why does it end here?", "The state closed the program"), "waived");

        await hospital.As("ben.kowalski").PromisesAsync("we'll train every driver by 2026-03-20");
        await hospital.PostAsync("/practice/api/people/ben.kowalski", new { awayUntil = "2026-04-30" });
        await hospital.MoveAsync("2026-03-24T17:00");
        await FlowAsync(page, "Accept cover", "dana.reyes", "needs cover", Tap("Accept"), "You act for the owner of C-14");
    }

    [Fact]
    public async Task A_silent_department_promises_on_its_card_and_the_board_decides()
    {
        await using var hospital = await Hospital.OpenAsync(Engine.Sqlite);
        await hospital.As("dana.reyes").PromisesAsync("we'll put up signs in four languages by 2026-03-06");
        await hospital.MoveAsync("2026-04-06T17:00");
        var silent = (await hospital.GetAsync("/practice/api/people")).GetProperty("people").EnumerateArray()
            .Single(one => one.GetProperty("department").GetString() == "Emergency" && one.GetProperty("roles").EnumerateArray().Any(role => role.GetString() == "DepartmentLead")).GetProperty("handle").GetString()!;
        await using var page = await chromium.OpenAsync(hospital, 390, 844);
        await FlowAsync(page, "Make a first promise", silent, "Emergency has promised nothing yet", async (thumb, message) =>
        {
            await message.GetByLabel("What").First.FillAsync("ask every patient for their language");
            await thumb.DateAsync(message.GetByLabel("By when"), "2026-06-30");
            await thumb.TapAsync(message, "Make a first promise");
        }, "is on the plan");
        await FlowAsync(page, "Decide", "ruth.okafor", "no answer since March 6", async (thumb, message) =>
        {
            await thumb.TapAsync(message, "Decide");
            await thumb.ChooseAsync(message, "A recovery plan");
            await message.GetByLabel("Why?").FillAsync("Cardiology brings a plan in April.");
            await thumb.TapAsync(message, "Send");
        }, "C-12 is decided");
        await page.PictureAsync("60-decided");
        await page.Page.SetViewportSizeAsync(390, 844);
        await FlowAsync(page, "Add a follow-up promise", "ruth.okafor", "C-12 is decided", async (thumb, message) =>
        {
            await thumb.TapAsync(message, "Add a follow-up promise");
            await message.GetByLabel("What is to be done").FillAsync("bring the plan for every clinic");
            await thumb.DateAsync(message.GetByLabel("By when"), "2026-04-30");
            await thumb.TapAsync(message, "Send");
        }, "to accept");
        await page.PictureAsync("61-follow-up");
    }

    // The page asks for news every two seconds; under load it may ask while an answer is on its way.
    [Fact]
    public async Task An_answer_that_the_inbox_could_have_brought_first_is_in_sight_all_the_same()
    {
        await using var hospital = await Hospital.OpenAsync(Engine.Sqlite);
        await hospital.As("ben.kowalski").PromisesAsync("we'll put up signs in four languages by 2026-03-13");
        await hospital.As("ben.kowalski").SaysAsync("done C-12");
        await using var page = await chromium.OpenAsync(hospital, 390, 844);
        await page.Page.RouteAsync("**/practice/api/press", async route =>
        {
            var answer = await route.FetchAsync();
            await page.Page.EvaluateAsync("""
                async () => {
                    const inbox = await import("/practice/inbox.js");
                    window.news = inbox.refresh("dana.reyes");
                    for (let asked = 0; asked < 5; asked++) await fetch("/practice/api/clock").then(answer => answer.text());
                }
                """);
            await route.FulfillAsync(new() { Response = answer });
        });
        await FlowAsync(page, "Not yet", "dana.reyes", "Is C-12 done?", TapAndSay("Not yet", "What is still missing?", "Two languages"), "C-12 goes on");
        await page.Page.EvaluateAsync("window.news");
    }

    // The tour's own sentences, followed to the letter: no more than eight taps and one sentence.
    [Fact]
    public async Task The_tour_takes_a_newcomer_to_the_first_escalation_in_eight_taps_and_one_sentence()
    {
        await using var hospital = await Hospital.OpenAsync(Engine.Sqlite);
        await using var page = await chromium.OpenAsync(hospital, 390, 844);
        var (tour, thumb) = (page.Page.GetByTestId("tour"), new Thumb(page, output));
        await Expect(tour).ToContainTextAsync("Say what you will do and by when, then press Confirm on the card.");
        await thumb.BeginsAsync("Tour", tour);
        await page.Page.GetByTestId("composer").FillAsync("we'll offer an interpreter at every discharge by March 6");
        await page.Page.GetByTestId("composer").PressAsync("Enter");
        await thumb.TapAsync(page.Message("Is this the promise?"), "Confirm");
        await Expect(tour).ToContainTextAsync("press To next event until somebody above the owner hears");
        await thumb.TapAsync(page.Page.GetByTestId("tab-clock"));
        var clock = page.Page.Locator("#clock");
        for (var go = page.Page.GetByTestId("tour-go"); !await go.IsVisibleAsync(); await Expect(clock).Not.ToHaveAttributeAsync("aria-busy", "true", new() { Timeout = 30_000 }))
        {
            var now = await page.Page.GetByTestId("clock-now").TextContentAsync();
            await thumb.TapAsync(page.Page.GetByTestId("clock-next-event"));
            await Expect(page.Page.GetByTestId("clock-now")).Not.ToHaveTextAsync(now!);
        }

        await Expect(tour).ToContainTextAsync("it went one step up");
        await thumb.TapAsync(page.Page.GetByTestId("tour-go"));
        await Expect(tour).ToContainTextAsync("That is the loop");
        await thumb.EndsAsync("has been open since March 6", 8);
    }

    static ILocatorAssertions Expect(ILocator locator) => Assertions.Expect(locator);
}
