using EquityBot.Doubles;

namespace EquityBot.Scenarios;

/// <summary>From one sentence to a whole SMART goal, its numbers, and how it stands.</summary>
public sealed class GoalStories
{
    const string Sentence = "goal: cut the no-show rate of Spanish-speaking patients from 22 % to 15 % by March 30";

    // Said on Monday, March 2, 2026: from 22 to 15 in 28 days.
    static async Task<(Hospital Hospital, Somebody Dana, string Goal)> WithGoalAsync(Engine engine, string sentence = Sentence)
    {
        var hospital = await Hospital.OpenAsync(engine);
        var dana = hospital.As("dana.reyes");
        return (hospital, dana, await SetsAsync(dana, sentence));
    }

    static async Task<string> SetsAsync(Somebody dana, string sentence) => (await dana.PressesAsync(await dana.SaysAsync(sentence), "Confirm")).Done().Ref!;

    [Theory, OnOneDatabase]
    public async Task One_message_and_six_taps_at_most_make_a_whole_SMART_goal(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var dana = hospital.As("dana.reyes");
        string[] answers = ["Nothing more", "Confidence 4, fairly sure", "4.1 More equitable care", "Every month", "Confirm"];
        var (card, taps) = (await dana.SaysAsync(Sentence), 0);
        card.Says("Is this the goal?", "no-show rate: 22 % down to 15 %", "Spanish-speaking patients", "Cardiology", "Monday, March 30, 2026", "Not yet: Achievable, Relevant, Time-bound").Offers("Confirm", "Edit");
        foreach (var answer in answers)
        {
            var id = card.Id;
            (card, taps) = ((await dana.PressesAsync(card, answer)).Done(), taps + 1);
            Assert.Equal(id, card.Id);
        }

        card.Says("G-1 is on the plan", "All five letters of SMART hold.").Offers("Undo", "Show");
        (await dana.LooksAtAsync("G-1")).Says("Specific: yes", "nothing that the department is at reaches the community or societal level", "Time-bound: yes; no milestone before the midpoint");
        Assert.Equal("valid", (await hospital.StateAsync("G-1")).GetProperty("status").GetString());
        Assert.Equal("2026-03-30", (await hospital.StateAsync("G-1")).GetProperty("due").GetString());
        Assert.Equal(5, taps);

        // Where the sentence names nobody and its day can be read in two ways, it is six.
        answers = ["Rural patients", "Staff time", "Confidence 3, either way", "4.1 More equitable care", "Every quarter", "Confirm for Wednesday, September 30, 2026"];
        (card, taps) = (await dana.SaysAsync("goal: shorten the wait for an appointment from 30 days to 14 days by end of Q3"), 0);
        foreach (var answer in answers)
        {
            (card, taps) = ((await dana.PressesAsync(card, answer)).Done(), taps + 1);
        }

        card.Says("G-2 is on the plan", "All five letters of SMART hold.");
        (await dana.LooksAtAsync("G-2")).Says("Rural patients", "Wednesday, September 30");
        Assert.Equal("valid", (await hospital.StateAsync("G-2")).GetProperty("status").GetString());
        Assert.Equal(6, taps);
    }

    [Theory, OnOneDatabase]
    public async Task What_is_missing_is_said_letter_by_letter_and_never_in_the_way(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var dana = hospital.As("dana.reyes");
        var receipt = (await dana.PressesAsync(await dana.SaysAsync("goal: improve access by June 30"), "Confirm")).Done();
        receipt.Says("G-1 is on the plan", "It counts as it is", "Specific: not yet; say for whom; say what is done, beginning with a verb", "Measurable: not yet; the number now is missing; the target is missing", "Achievable: not yet", "Relevant: not yet", "Time-bound: not yet");
        Assert.Equal("draft", (await hospital.StateAsync("G-1")).GetProperty("status").GetString());

        // Filled in later, it is whole, and then it stands.
        var form = (await dana.PressesAsync(receipt, "Edit")).Done();
        (await dana.PressesAsync(form, "Confirm", new { baseline = "many" })).Was("refused").Says("“many” is no number");
        (await dana.PressesAsync(form, "Confirm", new
        {
            what = "Raise the share of visits with an interpreter", who = "Patients with limited English", measure = "visits with an interpreter", unit = "percent", better = "higher", baseline = "41", target = "80",
            resources = "staff", confidence = "3", framework = "4.1", cadence = "monthly",
        })).Done().Says("G-1 is filled in", "Raise the share of visits with an interpreter", "41 % up to 80 %", "All five letters of SMART hold.");
        Assert.Equal("valid", (await hospital.StateAsync("G-1")).GetProperty("status").GetString());
        (await dana.LooksAtAsync("G-1")).DoesNotOffer("Edit");
    }

    [Theory, OnOneDatabase]
    public async Task A_number_suggests_its_status_which_is_one_tap_and_another_asks_for_the_reason(Engine engine)
    {
        var (hospital, dana, goal) = await WithGoalAsync(engine);
        await using var _ = hospital;
        await hospital.MoveAsync("2026-03-16T09:00"); // half of the way should be gone
        var noted = await dana.SaysAsync($"{goal} is at 18 %: two clinics call the day before");
        noted.Says("Noted for G-1: 18 %", "57 % of the way: 18 %, where 18.5 % was the pace", "From its pace it is: On track. Is that so?").Offers("On track, as its pace says", "At risk", "Off track", "Undo");
        Assert.Empty(noted.Asks("On track, as its pace says"));
        Assert.Equal(["reason"], noted.Asks("At risk"));
        (await dana.PressesAsync(noted, "On track, as its pace says")).Done().Says("G-1: On track", "✔ On track", "two clinics call the day before");

        noted = await dana.SaysAsync($"{goal} is at 19.5 % as of March 15");
        (await dana.LooksAtAsync(goal)).Says("Now: 18 % (Monday, March 16, typed by you)"); // the newest by its day
        noted = await dana.SaysAsync($"{goal} is at 19.5 %");
        noted.Says("From its pace it is: At risk").Offers("At risk, as its pace says");
        (await dana.PressesAsync(noted, "On track")).Was("refused");
        (await dana.PressesAsync(noted, "On track", new { reason = "the third clinic starts on Monday" })).Done().Says("G-1: On track", "the third clinic starts on Monday");
        await hospital.As("imani.brooks").NeverSeesAsync(goal);
        (await dana.SaysAsync($"{goal} off track")).Says("Say why it is otherwise");
        (await dana.SaysAsync($"{goal} off track because the vendor left")).Says("G-1: Off track", "the vendor left");
    }

    [Theory, OnOneDatabase]
    public async Task A_green_word_over_a_red_number_is_asked_of_its_owner_alone_and_stands_only_when_repeated_with_a_reason(Engine engine)
    {
        var (hospital, dana, goal) = await WithGoalAsync(engine);
        await using var _ = hospital;
        await hospital.MoveAsync("2026-03-16T09:00");
        var noted = await dana.SaysAsync($"{goal} is at 22 %");
        noted.Says("From its pace it is: Off track");
        var asked = (await dana.PressesAsync(noted, "On track", new { reason = "it will come" })).Done();
        asked.Says("on track, although its number is off track?", "22 %", "Only you see this, and nothing has changed").Offers("Off track", "On track all the same");
        (await dana.LooksAtAsync(goal)).Says("No status yet");
        await hospital.MoveAsync("P1D");
        await hospital.As("imani.brooks").NeverSeesAsync(goal);

        (await dana.PressesAsync(asked, "On track all the same")).Was("refused");
        (await dana.PressesAsync(asked, "On track all the same", new { reason = "the June count is late; May was 16 %" })).Done().Says("G-1: On track", "May was 16 %");
        await hospital.MoveAsync("P1D");
        (await hospital.As("imani.brooks").SeesAsync("G-1 is said to be on track while its number is off track", "May was 16 %")).DoesNotSay("No status yet");
    }

    [Theory, OnOneDatabase]
    public async Task Somebody_elses_green_word_over_a_red_number_reaches_the_owner_first(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var (ben, dana) = (hospital.As("ben.kowalski"), hospital.As("dana.reyes"));
        var goal = await SetsAsync(ben, Sentence);
        await hospital.MoveAsync("2026-03-16T09:00");
        await dana.SaysAsync($"{goal} is at 22 %");
        await hospital.MoveAsync("PT1M");
        await ben.SeesAsync("Dana Reyes reported the number of G-1 for you", "22 %");
        (await dana.SaysAsync($"{goal} on track because it will come")).Says("Ben Kowalski is asked first");
        (await dana.SaysAsync($"{goal} on track because it will come")).Says("Ben Kowalski is asked first"); // the lead's repetition is not the owner's
        await hospital.MoveAsync("PT1M");
        var asked = await ben.SeesAsync("on track, although its number is off track?");
        await hospital.As("imani.brooks").NeverSeesAsync(goal);
        (await ben.PressesAsync(asked, "Off track")).Done().Says("G-1: Off track");
        await hospital.MoveAsync("P1D");
        await hospital.As("imani.brooks").NeverSeesAsync(goal);
        (await dana.LooksAtAsync(goal)).Says("◆ Off track");
    }

    [Theory, OnOneDatabase]
    public async Task A_number_finds_its_goal_by_the_words_of_the_measure_and_two_become_two_buttons(Engine engine)
    {
        var (hospital, dana, first) = await WithGoalAsync(engine);
        await using var _ = hospital;
        (await dana.SaysAsync("no-show rate is down to 20 %")).Says("Noted for G-1: 20 %");
        var second = await SetsAsync(dana, "goal: cut the no-show rate of Black patients from 18 % to 12 % by end of September");
        var which = await dana.SaysAsync("no-show rate is down to 14 %");
        which.Says("Which goal: “no-show rate”?");
        (await dana.PressesAsync(which, "G-2 · Cut the no-show rate of Black patients from 18 % to 12 %")).Done().Says("Noted for G-2: 14 %");
        (await dana.SaysAsync("no-show rate of Black patients is at 13 %")).Says("Noted for G-2: 13 %");
        (await dana.SaysAsync("mortality is at 3 %")).Says("I know no goal of yours that measures “mortality”");
        (await dana.SaysAsync($"{first} is at 30 minutes")).Says("G-1 is counted in %; you said minutes");
        (await hospital.As("hannah.adler").SaysAsync("no-show rate is down to 5 %")).Says("I know no goal of yours");
        (await dana.SaysAsync("my goals")).Says("2 goals are yours", "20 % on Monday, March 2", "13 % on Monday, March 2").Offers("Report the number", "Show");
        Assert.NotEqual(first, second);
    }

    [Theory, OnOneDatabase]
    public async Task A_gap_that_narrows_only_because_the_other_group_got_worse_is_not_closed(Engine engine)
    {
        var (hospital, dana, goal) = await WithGoalAsync(engine, "gap goal: close the no-show gap between Spanish-speaking and English-speaking patients from 22 % vs 12 % to 4 points by March 30");
        await using var _ = hospital;
        (await dana.LooksAtAsync(goal)).Says("no-show: gap of 10 points down to 4 points", "Spanish-speaking patients, against English-speaking patients");
        (await dana.SaysAsync($"{goal} is at 18 %")).Says("is a gap and takes two numbers");
        await hospital.MoveAsync("2026-03-16T09:00");
        var worse = await dana.SaysAsync($"{goal} is at 22 % vs 19 %");
        worse.Says("The gap is narrower only because English-speaking patients got worse. That does not count.", "0 % of the way: 10 points", "Off track").DoesNotOffer("Close as achieved");
        (await dana.SaysAsync($"close {goal}")).Says("its target is not reached");
        var closed = await dana.SaysAsync($"{goal} is at 15 % vs 12 %");
        closed.Says("G-1 has reached its target", "117 % of the way: 3 points").DoesNotSay("does not count");
        (await dana.PressesAsync(closed, "Close as achieved", new { note = "calls in Spanish the day before" })).Done().Says("G-1 is achieved", "calls in Spanish the day before");
        Assert.Equal("achieved", (await hospital.StateAsync(goal)).GetProperty("status").GetString());
        (await dana.SaysAsync($"{goal} is at 14 % vs 12 %")).Says("takes nothing now");
    }

    [Theory, OnOneDatabase]
    public async Task Milestones_have_days_of_their_own_never_after_the_goals(Engine engine)
    {
        var (hospital, dana, goal) = await WithGoalAsync(engine);
        await using var _ = hospital;
        (await dana.SaysAsync($"{goal} milestone: interpreters hired by March 20")).Says("G-1 has a milestone: Interpreters hired, by Friday, March 20", "◷ 1. Interpreters hired, by Friday, March 20");
        (await dana.SaysAsync($"{goal} milestone: everything done by April 1")).Says("is after the day of G-1");
        (await dana.SaysAsync($"{goal} milestone: everything done")).Says("A milestone needs words and a day");
        var card = await dana.LooksAtAsync(goal);
        (await dana.PressesAsync(card, "Add a milestone", new { what = "Calls in Spanish at both sites", due = "2026-03-06" })).Done().Says("2. Calls in Spanish at both sites");
        (await dana.SaysAsync($"milestone 1 of {goal} done, see the roster of May")).Says("Milestone 1 of G-1 is done", "✔ 1. Interpreters hired, done Monday, March 2");
        (await dana.SaysAsync($"milestone 1 of {goal} done")).Says("There is no open milestone 1");
        await hospital.MoveAsync("2026-03-09T09:00");
        (await dana.LooksAtAsync(goal)).Says("◷ 2. Calls in Spanish at both sites, was due Friday, March 6").DoesNotSay("no milestone before the midpoint");
        (await dana.SaysAsync($"drop milestone 2 of {goal} because the vendor does it")).Says("Milestone 2 of G-1 is dropped");
    }

    [Theory, OnOneDatabase]
    public async Task What_was_said_last_can_be_taken_back_for_ten_minutes(Engine engine)
    {
        var (hospital, dana, goal) = await WithGoalAsync(engine);
        await using var _ = hospital;
        var noted = await dana.SaysAsync($"{goal} is at 71 %");
        (await dana.PressesAsync(noted, "Undo")).Done().Says("that number is taken back").DoesNotSay("71 %");
        await dana.SaysAsync($"{goal} is at 17 %");
        await hospital.MoveAsync("PT11M");
        (await dana.SaysAsync($"undo {goal}")).Says("Undo works for 10 minutes");
        var second = await SetsAsync(dana, "goal: hire 5 interpreters by July 31");
        (await dana.SaysAsync($"undo {second}")).Says("G-2 is taken back");
        Assert.Equal("retired", (await hospital.StateAsync(second)).GetProperty("status").GetString());
        (await dana.SaysAsync("my goals")).Says("One goal is yours");
    }

    [Theory, OnOneDatabase]
    public async Task A_goal_for_a_promise_starts_from_its_words_and_is_shown_beside_it(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var dana = hospital.As("dana.reyes");
        var promise = await dana.PromisesAsync("we'll cut the no-show rate of rural patients from 20 % to 12 % by 2026-09-30");
        (await hospital.As("ben.kowalski").SaysAsync($"smart goal for {promise}")).Says("is Dana Reyes's promise");
        var draft = await dana.SaysAsync($"smart goal for {promise}");
        draft.Says("Cut the no-show rate of rural patients", "20 % down to 12 %", "Rural patients", "Wednesday, September 30, 2026");
        await hospital.As("ben.kowalski").SaysAsync("show G-1");
        await hospital.As("ben.kowalski").SeesAsync("I know no G-1"); // a draft is its author's
        await dana.PressesAsync(draft, "Confirm");
        (await dana.LooksAtAsync(promise)).Says("Goal G-1, not SMART yet");
    }

    [Theory, OnOneDatabase]
    public async Task Only_those_who_answer_for_a_goal_report_on_it(Engine engine)
    {
        var (hospital, dana, goal) = await WithGoalAsync(engine);
        await using var _ = hospital;
        var other = hospital.As("hannah.adler");
        (await other.LooksAtAsync(goal)).DoesNotOffer("Report the number", "Retire", "How sure?");
        (await other.SaysAsync($"{goal} is at 5 %")).Says("is reported by its owner or the department lead");
        (await other.SaysAsync($"retire {goal} because it is old")).Says("is closed by its owner or the department lead");
        (await other.SaysAsync($"{goal} confidence 1")).Says("is for its owner to say");
        (await dana.SaysAsync($"{goal} confidence 2")).Says("Noted for G-1: Confidence 2, doubtful", "Cardiology · Confidence 2, doubtful");
        (await dana.SaysAsync($"retire {goal}")).Says("Say why");
        (await dana.SaysAsync($"retire {goal} because the clinic moves")).Says("G-1 is retired", "the clinic moves");
        (await dana.SaysAsync("MRN 12345678 goal")).Says("medical record number");
    }
}
