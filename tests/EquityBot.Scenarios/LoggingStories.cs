using EquityBot.Doubles;

namespace EquityBot.Scenarios;

/// <summary>From words to a promise on the plan.</summary>
public sealed class LoggingStories
{
    const string Sentence = "we'll offer an interpreter at every discharge by March 31";

    [Theory, OnOneDatabase]
    public async Task A_sentence_and_one_tap_put_a_promise_on_the_plan(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var lead = hospital.As("dana.reyes");
        var draft = await lead.SaysAsync(Sentence);
        draft.Says("Offer an interpreter at every discharge", "Tuesday, March 31, 2026", "you (Cardiology)", "not named").Offers("Confirm", "Edit");
        Assert.Equal(("reply", "current"), (draft.Kind, draft.State));
        Assert.Empty(draft.Asks("Confirm"));
        Assert.Equal("draft", (await hospital.StateAsync("C-12")).GetProperty("status").GetString());

        var receipt = (await lead.PressesAsync(draft, "Confirm")).Done();
        receipt.Says("C-12 is on the plan", "Offer an interpreter at every discharge", "Tuesday, March 31", "not named").Offers("Show");
        Assert.Equal((draft.Id, draft.Rev + 1, "C-12"), (receipt.Id, receipt.Rev, receipt.Ref));
        Assert.DoesNotContain("Confirm", receipt.Titles);
        var state = await hospital.StateAsync("C-12");
        Assert.Equal(("active", "dana.reyes", "2026-03-31"), (state.GetProperty("status").GetString(), state.GetProperty("owner").GetString(), state.GetProperty("due").GetString()));
        Assert.Equal([receipt.Id], (await lead.InboxAsync()).Select(message => message.Id));
    }

    [Theory, OnOneDatabase]
    public async Task The_card_asks_for_whom_then_goal_then_driver_and_each_may_be_left_open(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var lead = hospital.As("dana.reyes");
        string[] answers = ["Rural patients", "4.1 Make care encounters more equitable", "Structural"];
        for (var taps = 0; taps <= answers.Length; taps++)
        {
            var card = await lead.SaysAsync(Sentence);
            foreach (var answer in answers.Take(taps))
            {
                var next = (await lead.PressesAsync(card, answer)).Done();
                Assert.Equal((card.Id, card.Rev + 1), (next.Id, next.Rev));
                Assert.DoesNotContain(answer, next.Titles);
                card = next;
            }

            card.Says(answers.Take(taps).ToArray());
            Assert.Equal(taps == 3 ? ["Confirm", "Edit"] : taps == 2 ? ["Confirm", "Edit", "Social", "Structural"] : card.Titles, card.Titles);
            Assert.Equal(taps == 1, card.Titles.Contains(answers[1]));
            (await lead.PressesAsync(card, "Confirm")).Done().Says($"C-{12 + taps} is on the plan", taps == 0 ? "not named" : "Rural patients");
        }

        (await lead.SaysAsync("we'll call Spanish-speaking patients before every procedure by April 30")).Says("For whom: Spanish-speaking patients").DoesNotOffer("Rural patients");
    }

    [Theory, OnOneDatabase]
    public async Task A_field_that_is_left_out_keeps_what_was_filled_in(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var lead = hospital.As("dana.reyes");
        var form = await lead.SaysAsync("log");
        (await lead.PressesAsync(form, "Confirm", new { what = "Hire a second interpreter", due = "2026-03-20" })).Done().Says("C-12 is on the plan", "Owner: you");
        var edit = (await lead.PressesAsync(await lead.SaysAsync(Sentence), "Edit")).Done();
        (await lead.PressesAsync(edit, "Confirm", new { due = "2026-04-15" })).Done().Says("C-13 is on the plan", "Offer an interpreter at every discharge", "Wednesday, April 15");
    }

    [Theory, OnOneDatabase]
    public async Task The_form_logs_a_promise_and_edit_opens_the_same_fields(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var lead = hospital.As("dana.reyes");
        string[] fields = ["what", "due", "owner", "forWhom", "level", "driver", "cadence", "audience", "goals", "money", "staff"];
        var form = await lead.SaysAsync("log");
        Assert.Equal(fields, form.Asks("Confirm"));
        Assert.Equal(["what", "due", "owner"], Required(form));

        (await lead.PressesAsync(form, "Confirm", new { what = "Hire a second interpreter", owner = "dana.reyes" })).Was("refused").Says("By when is missing");
        var receipt = (await lead.PressesAsync(form, "Confirm", new { what = "hire a second interpreter.", due = "3/20", owner = "dana.reyes", forWhom = "Night visitors", level = "organization", driver = "structural" })).Done();
        receipt.Says("C-12 is on the plan", "Hire a second interpreter", "Friday, March 20", "Night visitors");

        var draft = await lead.SaysAsync(Sentence);
        var edit = (await lead.PressesAsync(draft, "Edit")).Done();
        Assert.Equal(fields, edit.Asks("Confirm"));
        Assert.Equal(["Offer an interpreter at every discharge", "2026-03-31", "dana.reyes"], Values(edit).Take(3));
        (await lead.PressesAsync(edit, "Confirm", new { what = "Offer two interpreters", due = "2026-04-15", owner = "dana.reyes" })).Done().Says("C-13 is on the plan", "Offer two interpreters", "Wednesday, April 15");
        Assert.Equal("2026-04-15", (await hospital.StateAsync("C-13")).GetProperty("due").GetString());
    }

    static IEnumerable<string> Required(Seen form) =>
        form.Action("Confirm").GetProperty("inputs").EnumerateArray().Where(input => input.GetProperty("required").GetBoolean()).Select(input => input.GetProperty("id").GetString()!);

    static IEnumerable<string?> Values(Seen form) =>
        form.Action("Confirm").GetProperty("inputs").EnumerateArray().Select(input => input.TryGetProperty("value", out var value) ? value.GetString() : null);

    [Theory, OnOneDatabase]
    public async Task Nobody_commits_another_who_accepts_or_declines_and_the_author_hears(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var (lead, nurse) = (hospital.As("dana.reyes"), hospital.As("ben.kowalski"));
        var draft = await lead.SaysAsync("log for ben.kowalski: call every patient after discharge by 2026-04-17");
        draft.Says("Ben Kowalski", "Friday, April 17, 2026", "Call every patient after discharge");
        await nurse.HasSeenNothingAsync();
        (await lead.PressesAsync(draft, "Confirm")).Done().Says("C-12 waits for Ben Kowalski to accept");
        Assert.Equal("proposed", (await hospital.StateAsync("C-12")).GetProperty("status").GetString());

        var request = await nurse.SeesAsync("Dana Reyes proposes C-12 to you", "Friday, April 17");
        Assert.Equal(("request", "C-12"), (request.Kind, request.Ref));
        request.Offers("Accept", "Decline");
        (await nurse.PressesAsync(request, "Accept")).Done().Says("C-12 is on the plan");
        Assert.Equal("active", (await hospital.StateAsync("C-12")).GetProperty("status").GetString());
        await lead.SeesAsync("Ben Kowalski accepted C-12");

        await lead.PressesAsync(await lead.SaysAsync("log for Ben Kowalski: open a walk-in hour by April 30"), "Confirm");
        var second = await nurse.SeesAsync("proposes C-13");
        (await nurse.PressesAsync(second, "Decline", new { reason = "No room before June" })).Done().Says("C-13 is declined");
        Assert.Equal("withdrawn", (await hospital.StateAsync("C-13")).GetProperty("status").GetString());
        await lead.SeesAsync("Ben Kowalski declined C-13", "No room before June");

        Assert.Equal(
            ["request C-12 ben.kowalski sent", "reply C-12 dana.reyes sent", "request C-13 ben.kowalski sent", "reply C-13 dana.reyes sent"],
            (await hospital.LedgerAsync()).Select(row => $"{row.Kind} {row.Ref} {row.To} {row.State}"));
    }

    [Theory, OnOneDatabase]
    public async Task Every_usual_way_to_name_a_day_is_understood(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var lead = hospital.As("dana.reyes");
        var number = 12;
        foreach (var (words, due) in new[]
        {
            ("by March 31", "2026-03-31"), ("by Friday", "2026-03-06"), ("in two weeks", "2026-03-16"), ("by end of month", "2026-03-31"), ("by 3/20", "2026-03-20"), ("by 2027-03-31", "2027-03-31"),
        })
        {
            var reference = await lead.PromisesAsync($"we'll offer an interpreter at every discharge {words}");
            Assert.Equal($"C-{number++}", reference);
            var state = await hospital.StateAsync(reference);
            Assert.Equal((words, due), (words, state.GetProperty("due").GetString()));
            (await lead.LooksAtAsync(reference)).Says("Offer an interpreter at every discharge");
        }

        var asked = await lead.SaysAsync("we'll offer an interpreter at every discharge");
        asked.Says("By when?");
        (await lead.PressesAsync(asked, "Confirm", new { what = "Offer an interpreter at every discharge", due = "end of month", owner = "dana.reyes" })).Done().Says("Tuesday, March 31");
        (await lead.SaysAsync("we'll offer an interpreter at every discharge by 2026-02-27")).Says("Friday, February 27, 2026 has passed");
    }

    [Theory, OnOneDatabase]
    public async Task The_lists_show_what_is_mine_what_falls_due_and_what_is_late(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var (lead, nurse, board) = (hospital.As("dana.reyes"), hospital.As("ben.kowalski"), hospital.As("ruth.okafor"));
        (await lead.SaysAsync("mine")).Says("Nothing is yours right now");
        await lead.PromisesAsync("we'll offer an interpreter at every discharge by March 13");
        await lead.PromisesAsync("we'll print the leaflet in Spanish by March 30");

        var mine = await lead.SaysAsync("mine");
        mine.Says("2 promises are yours", "C-12", "C-13");
        (await lead.PressesAsync(mine, "Show", reference: "C-13")).Done().Says("Print the leaflet in Spanish").Offers("Report progress", "Done", "Push");
        (await lead.SaysAsync("due")).Says("One promise falls due in two weeks", "C-12", "Friday, March 13");
        (await nurse.SaysAsync("due")).Says("Nothing falls due");
        (await lead.SaysAsync("overdue")).Says("Nothing is overdue");

        await hospital.MoveAsync("2026-03-16T17:00");
        (await lead.SaysAsync("overdue")).Says("One promise is past its day", "C-12");
        (await board.SaysAsync("overdue")).Says("C-12");
        (await lead.SaysAsync("due")).Says("C-13");
        (await lead.SaysAsync("show C-12")).Says("C-12", "Past its day", "Friday, March 13", "Cardiology").Offers("Report progress", "Done", "Acknowledge");
        (await lead.SaysAsync("show C-99")).Says("I know no C-99");
    }

    [Theory, OnOneDatabase]
    public async Task Help_lists_what_works_and_a_near_miss_offers_the_nearest(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var lead = hospital.As("dana.reyes");
        (await lead.SaysAsync("help")).Says("mine", "due", "overdue", "show C-1", "by March 31", "never patients");
        (await lead.SaysAsync("shwo me the overdeu ones")).Says("I did not understand that", "Nothing was kept", "help");
        Assert.Equal(404, (await hospital.AskAsync(HttpMethod.Get, "/practice/api/state/C-12")).Status);
    }
}
