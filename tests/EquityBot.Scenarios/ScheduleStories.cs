using EquityBot.Doubles;

namespace EquityBot.Scenarios;

/// <summary>An equity officer configures who hears when; nobody's hand alone reaches the board.</summary>
public sealed class ScheduleStories
{
    const string Officer = "imani.brooks";
    const string Promise = "we'll train every nurse on interpreter phones by 2026-03-06";

    [Theory, OnOneDatabase]
    public async Task A_schedule_is_drafted_previewed_approved_by_somebody_else_and_followed_from_the_next_day(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var officer = hospital.As(Officer);
        var draft = (await officer.SaysAsync("new schedule for Cardiology from brisk")).Says("Version 1 is a draft", "Department lead");
        await officer.PressesAsync(draft, "Change a step", new { step = "lead", offset = "3", answerWithin = "2" });
        var shown = await officer.SaysAsync("show S-2");
        var proposed = (await officer.PressesAsync(shown, "Ask for approval", new { reason = "heart patients cannot wait" })).Done();
        proposed.Says("waits for a second pair of eyes");
        (await officer.SaysAsync("approve S-2")).Says("second pair of eyes must approve");

        // Nobody follows it yet; the board's owner is asked, since there is no second officer.
        var board = hospital.As("ruth.okafor");
        var asked = await board.SeesAsync("asks you to approve version 1 of S-2");
        asked.Says("heart patients cannot wait");
        (await board.PressesAsync(asked, "Approve")).Done();
        var promise = await hospital.As("ben.kowalski").PromisesAsync(Promise);
        var sent = await hospital.MoveAsync("2026-03-31T18:00");
        Assert.Equal(
            ["2026-03-09 ben.kowalski owner", "2026-03-11 dana.reyes lead", "2026-03-12 imani.brooks officer", "2026-03-17 colleen.fitzgerald sponsor", "2026-03-20 ruth.okafor board", "2026-03-30 samuel.lindqvist board-deputy"],
            sent.Where(row => row.Ref == promise && row.Kind == "escalation").Select(row => $"{row.At![..10]} {row.To} {row.Step}"));
        (await officer.SaysAsync("schedules")).Says("S-1 · Standard", "S-2 · Brisk");
    }

    [Theory, OnOneDatabase]
    public async Task A_case_keeps_the_schedule_it_was_opened_with_until_somebody_asks_for_more(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var promise = await hospital.As("ben.kowalski").PromisesAsync(Promise);
        await hospital.MoveAsync("2026-03-10T12:00");
        var officer = hospital.As(Officer);
        await Change("officer", "8", openCases: false);
        await hospital.MoveAsync("2026-03-13T12:00");
        Assert.StartsWith("2026-03-20", (await hospital.StateAsync(promise)).GetProperty("case").GetProperty("nextAt").GetString(), StringComparison.Ordinal);

        (await Change("officer", "7", openCases: true)).Says("its next step would change in 1", $"{promise}: Equity officer on Friday, March 20 → Equity officer on Tuesday, March 17");
        await hospital.MoveAsync("2026-03-14T12:00");
        Assert.StartsWith("2026-03-17", (await hospital.StateAsync(promise)).GetProperty("case").GetProperty("nextAt").GetString(), StringComparison.Ordinal);
        var sent = await hospital.MoveAsync("2026-03-18T12:00");
        Assert.Contains(sent, row => row.Ref == promise && row is { Step: "officer", To: Officer });

        // Back to the first version, by the same rules.
        var back = await officer.SaysAsync("roll back S-1 to 1 because it came too early");
        back.Says("waits for a second pair of eyes");
        (await hospital.As("anil.deshmukh").SaysAsync("approve S-1")).Says("From then on", "version 4, from Thursday, March 19");

        async Task<Seen> Change(string step, string offset, bool openCases)
        {
            var edited = (await officer.PressesAsync(await officer.SaysAsync("show S-1"), "Change a step", new { step, offset })).Done();
            await officer.PressesAsync(await officer.SaysAsync("show S-1"), "Ask for approval", new { reason = "sooner", openCases = openCases ? "true" : "false" });
            await hospital.As("anil.deshmukh").SaysAsync("approve S-1");
            return edited;
        }
    }

    [Theory, OnOneDatabase]
    public async Task Mistakes_are_refused_in_words_and_change_nothing(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var officer = hospital.As(Officer);
        var shown = await officer.SaysAsync("show S-1");
        foreach (var (values, words) in new (object, string)[]
        {
            (new { step = "lead", offset = "10" }, "must come on a later day than"),
            (new { step = "lead", offset = "soon" }, "“soon” is no whole number"),
            (new { step = "lead", to = "president" }, "whom nobody knows"),
            (new { step = "board", remove = "true" }, "must reach the board-level owner"),
            (new { step = "new", offset = "3" }, "needs to whom it goes"),
            (new { step = "nobody", offset = "3" }, "There is no step nobody"),
        })
        {
            var pressed = await officer.PressesAsync(shown, "Change a step", values);
            pressed.Was("refused").Says(words);
        }

        (await officer.SaysAsync("show S-1")).Says("version 1, from").DoesNotSay("draft");
        (await officer.SaysAsync("new schedule from standard")).Says("is for these promises already");
        (await hospital.As("ben.kowalski").SaysAsync("show S-1")).Says("Schedules are shown to").DoesNotSay("Working day");
        (await hospital.As("dana.reyes").SaysAsync("new schedule from brisk")).Says("changed by an equity officer");
        (await hospital.As("dana.reyes").SaysAsync("show S-1")).Says("Working day").DoesNotOffer("Change a step", "Roll back");
    }

    [Theory, OnOneDatabase]
    public async Task The_officer_sends_a_case_straight_to_the_sponsor_with_a_reason(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var promise = await hospital.As("ben.kowalski").PromisesAsync(Promise);
        await hospital.MoveAsync("2026-03-10T12:00");
        (await hospital.As("ben.kowalski").SaysAsync($"escalate {promise} because I want to")).Says("sent on by the equity officer");
        (await hospital.As(Officer).SaysAsync($"escalate {promise} to the president because it burns")).Says("To which step? One of lead, officer, sponsor, board, board-deputy");
        (await hospital.As(Officer).SaysAsync($"escalate {promise} to sponsor because patients are waiting")).Says("goes on to: Executive sponsor");
        (await hospital.As("ben.kowalski").SeesAsync("sent C-12 on before its day")).Says("patients are waiting");
        await hospital.MoveAsync("2026-04-10T12:00");
        Assert.Equal(
            ["2026-03-09 ben.kowalski owner", "2026-03-10 colleen.fitzgerald sponsor", "2026-04-06 ruth.okafor board"],
            (await hospital.LedgerAsync()).Where(row => row.Ref == promise && row.Kind == "escalation").Select(row => $"{row.At![..10]} {row.To} {row.Step}"));
    }

    [Theory, OnOneDatabase]
    public async Task While_a_department_rests_nothing_of_it_escalates_and_no_day_counts(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var promise = await hospital.As("ben.kowalski").PromisesAsync(Promise);
        var other = await hospital.As("marcus.hale").PromisesAsync(Promise);
        await hospital.MoveAsync("2026-03-09T12:00");
        (await hospital.As("dana.reyes").SaysAsync("pause Cardiology until March 20 because of the flood")).Says("paused by an equity officer");
        (await hospital.As(Officer).SaysAsync("pause the moon until March 20 because of the flood")).Says("Pause whom?");
        (await hospital.As(Officer).SaysAsync("pause Cardiology until March 20 because of the flood")).Says("Cardiology rests until Friday, March 20");
        (await hospital.As("dana.reyes").SeesAsync("paused escalations for Cardiology until Friday, March 20")).Says("the flood");
        var sent = await hospital.MoveAsync("2026-03-27T18:00");
        Assert.DoesNotContain(sent, row => row.Ref == promise && string.CompareOrdinal(row.At, "2026-03-21") < 0);
        Assert.Equal(["2026-03-27 dana.reyes lead"], sent.Where(row => row.Ref == promise && row.Kind == "escalation").Select(row => $"{row.At![..10]} {row.To} {row.Step}"));
        Assert.Contains(sent, row => row.Ref == other && row.At!.StartsWith("2026-03-13", StringComparison.Ordinal));
    }

    [Theory, OnOneDatabase]
    public async Task A_preview_says_who_would_hear_what_and_the_clock_proves_it(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var promise = await hospital.As("ben.kowalski").PromisesAsync(Promise);
        var preview = await hospital.As(Officer).SaysAsync($"preview {promise}");
        preview.Says($"If nobody does anything: {promise}", "Monday, March 9, 07:00", "Ben Kowalski", $"{promise}, as Department lead", "Ruth Okafor: 1 on Monday, April 6");
        (await hospital.As(Officer).SaysAsync("preview Cardiology")).Says(promise);
        (await hospital.As(Officer).SaysAsync("preview the quarter")).Says("every promise");
        (await hospital.As("marcus.hale").SaysAsync($"preview {promise}")).Says("A preview is for");
        (await hospital.As(Officer).SaysAsync("preview the moon")).Says("Preview whose future?");
        Assert.Contains(await hospital.MoveAsync("2026-04-06T18:00"), row => row is { To: "ruth.okafor", Step: "board" });
    }

    [Theory, OnOneDatabase]
    public async Task A_recovery_plan_is_asked_for_given_and_heard_by_everybody_who_was_told(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        await hospital.As(Officer).SaysAsync("new schedule for Cardiology from community");
        await hospital.As(Officer).SaysAsync("propose S-2 because promises to the community come first");
        await hospital.As("anil.deshmukh").SaysAsync("approve S-2");
        var promise = await hospital.As("ben.kowalski").PromisesAsync(Promise);
        await hospital.MoveAsync("2026-03-09T12:00");
        (await hospital.As("ben.kowalski").SeesAsync("Imani Brooks offers help")).Offers("Accept", "Decline");
        await hospital.MoveAsync("2026-03-11T18:00");
        var lead = hospital.As("dana.reyes");
        var asked = await lead.SeesAsync("Please bring a plan by which it is still kept");
        (await lead.PressesAsync(asked, "Recovery plan", new { plan = "two nurses train the night shift by April 15" })).Done();
        (await hospital.As("ben.kowalski").SeesAsync("brings a recovery plan for")).Says("two nurses train the night shift");
    }
}
