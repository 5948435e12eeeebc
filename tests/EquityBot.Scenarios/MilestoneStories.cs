using EquityBot.Doubles;

namespace EquityBot.Scenarios;

/// <summary>A milestone's day comes and goes: its owner is reminded and asked alone, and only silence brings it to whoever leads the department.</summary>
public sealed class MilestoneStories
{
    const string Sentence = "goal: cut the no-show rate of Spanish-speaking patients from 22 % to 15 % by 2026-05-29";

    // Due on Thursday, March 12.
    static async Task<(Hospital Hospital, Somebody Ben, Somebody Dana, string Goal)> WithMilestoneAsync(Engine engine)
    {
        var hospital = await Hospital.OpenAsync(engine);
        var ben = hospital.As("ben.kowalski");
        var goal = (await ben.PressesAsync(await ben.SaysAsync(Sentence), "Confirm")).Done().Ref!;
        await ben.SaysAsync($"{goal} milestone: interpreters hired by March 12");
        return (hospital, ben, hospital.As("dana.reyes"), goal);
    }

    [Theory, OnOneDatabase]
    public async Task Reminded_the_working_day_before_asked_the_working_day_after_and_every_answer_is_one_button(Engine engine)
    {
        var (hospital, ben, dana, goal) = await WithMilestoneAsync(engine);
        await using var _ = hospital;
        await hospital.MoveAsync("2026-03-10T18:00");
        await ben.NeverSeesAsync("Milestone 1 of G-1 is due");
        await hospital.MoveAsync("2026-03-11T12:00");
        (await ben.SeesAsync("Milestone 1 of G-1 is due Thursday, March 12")).Says("Interpreters hired", "If something is in the way, say so").Offers("Done", "New day", "I'm blocked", "Drop it");

        await hospital.MoveAsync("2026-03-13T12:00");
        var asked = await ben.SeesAsync("Milestone 1 of G-1 was due Thursday, March 12");
        asked.Says("What is in the way, if anything?", "whoever leads Cardiology hears, on Friday, March 20");
        (await ben.LooksAtAsync(goal)).Says("◷ 1. Interpreters hired, was due Thursday, March 12");
        (await ben.PressesAsync(asked, "New day", new { due = "2026-06-30" })).Was("refused").Says("is after the day of G-1");
        (await ben.PressesAsync(asked, "New day", new { due = "2026-03-27" })).Done().Says("Milestone 1 of G-1 is moved to Friday, March 27", "◷ 1. Interpreters hired, by Friday, March 27; first planned for Thursday, March 12");

        // It begins anew. What is in the way is an answer that rests for five working days; Good Friday is none.
        await hospital.MoveAsync("2026-03-30T12:00");
        await ben.SeesAsync("Milestone 1 of G-1 is due Friday, March 27");
        asked = await ben.SeesAsync("Milestone 1 of G-1 was due Friday, March 27");
        (await ben.PressesAsync(asked, "I'm blocked", new { what = "the vendor has not signed" })).Done().Says("Noted what is in the way", "in the way: the vendor has not signed");
        await hospital.MoveAsync("PT1M");
        (await dana.SeesAsync("Ben Kowalski says what is in the way of a milestone of G-1")).Says("in the way: the vendor has not signed");
        await hospital.MoveAsync("2026-04-06T18:00");
        Assert.Single(await ben.InboxAsync(), message => message.Text.Contains("was due Friday, March 27", StringComparison.Ordinal) && message.Kind == "reminder");
        await hospital.MoveAsync("2026-04-07T12:00");
        asked = await ben.SeesAsync("Milestone 1 of G-1 was due Friday, March 27", "In the way since Monday, March 30: the vendor has not signed");
        (await ben.PressesAsync(asked, "Done", new { evidence = "the rota of April" })).Done().Says("Milestone 1 of G-1 is done").Offers("Undo");
        await hospital.MoveAsync("2026-05-20T18:00");
        await dana.NeverSeesAsync("no word has come");
    }

    [Theory, OnOneDatabase]
    public async Task Without_a_word_it_is_missed_and_whoever_leads_the_department_hears_once_and_nobody_above(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var (ben, dana) = (hospital.As("ben.kowalski"), hospital.As("dana.reyes"));
        var promise = await ben.PromisesAsync("we'll cut the no-show rate of rural patients from 20 % to 12 % by 2026-09-30");
        await ben.PressesAsync(await ben.SaysAsync($"smart goal for {promise}"), "Confirm");
        await ben.SaysAsync("G-1 milestone: interpreters hired by March 12");
        await hospital.MoveAsync("2026-03-19T18:00");
        await dana.NeverSeesAsync("G-1");

        await hospital.MoveAsync("2026-03-20T12:00");
        var told = await dana.SeesAsync("Cardiology: milestone 1 of G-1 was due Thursday, March 12, and no word has come");
        told.Says("Interpreters hired", "Ask what is in the way first", $"G-1 belongs to {promise}, due Wednesday, September 30").DoesNotSay("Ben Kowalski").Offers("Show", $"Show {promise}");
        (await dana.LooksAtAsync("G-1")).Says("◆ 1. Interpreters hired, was due Thursday, March 12");
        await hospital.MoveAsync("2026-04-30T18:00");
        Assert.Single(await dana.InboxAsync(), message => message.Text.Contains("no word has come", StringComparison.Ordinal));
        foreach (var above in new[] { "imani.brooks", "anil.deshmukh", "colleen.fitzgerald", "ruth.okafor" })
        {
            await hospital.As(above).NeverSeesAsync("G-1");
        }

        // Late is better than never.
        (await ben.SaysAsync("milestone 1 of G-1 done")).Says("✔ 1. Interpreters hired");
    }

    [Theory, OnOneDatabase]
    public async Task Who_stands_in_is_asked_and_what_could_not_be_said_is_not_missed(Engine engine)
    {
        var (hospital, ben, dana, _) = await WithMilestoneAsync(engine);
        await using var hold = hospital;
        await hospital.PostAsync("/practice/api/people/ben.kowalski", new { awayUntil = "2026-03-12", @delegate = "aisha.rahman" });
        await hospital.MoveAsync("2026-03-11T12:00");
        (await hospital.As("aisha.rahman").SeesAsync("Milestone 1 of G-1 is due Thursday, March 12")).Offers("Done", "New day", "I'm blocked", "Drop it");
        await ben.NeverSeesAsync("Milestone 1 of G-1 is due");

        await hospital.FailsAsync("ben.kowalski", "permanent");
        await hospital.MoveAsync("2026-03-20T12:00");
        await dana.NeverSeesAsync("no word has come");
        await ben.SeesAsync("Milestone 1 of G-1 was due Thursday, March 12", "on Friday, March 27");
        await hospital.MoveAsync("2026-03-27T12:00");
        await dana.SeesAsync("no word has come");
    }

    [Theory, OnOneDatabase]
    public async Task What_was_settled_or_closed_can_be_taken_back_for_ten_minutes(Engine engine)
    {
        var (hospital, ben, dana, goal) = await WithMilestoneAsync(engine);
        await using var _ = hospital;
        await ben.SaysAsync($"{goal} is at 18 %");
        var done = await ben.SaysAsync($"milestone 1 of {goal} done");
        (await ben.PressesAsync(done, "Undo")).Done().Says("Milestone 1 of G-1 is open again", "◷ 1. Interpreters hired, by Thursday, March 12");

        // Said, the last thing goes first.
        await ben.SaysAsync($"drop milestone 1 of {goal} because the vendor does it");
        (await ben.SaysAsync($"undo {goal}")).Says("Milestone 1 of G-1 is open again");
        (await ben.SaysAsync($"undo {goal}")).Says("that number is taken back");
        await ben.SaysAsync($"milestone 1 of {goal} done");
        await ben.SaysAsync($"{goal} is at 14 %");
        (await ben.SaysAsync($"undo {goal}")).Says("that number is taken back");
        await hospital.MoveAsync("PT11M");
        (await ben.SaysAsync($"undo {goal}")).Says("Undo works for 10 minutes");

        await ben.SaysAsync($"{goal} is at 14 %");
        var closed = await ben.SaysAsync($"close {goal}");
        closed.Says("G-1 is achieved").Offers("Undo");
        (await dana.SaysAsync($"undo {goal}")).DoesNotSay("runs again");
        (await ben.PressesAsync(closed, "Undo")).Done().Says("G-1 runs again").Offers("Report the number");
        Assert.Equal("draft", (await hospital.StateAsync(goal)).GetProperty("status").GetString());
        await hospital.MoveAsync("PT1M");
        await dana.SeesAsync("Ben Kowalski took back that G-1 is closed");
        await ben.SaysAsync($"close {goal}");
        await hospital.MoveAsync("PT11M");
        (await ben.SaysAsync($"undo {goal}")).Says("Undo works for 10 minutes");
    }
}
