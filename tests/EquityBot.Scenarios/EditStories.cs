using EquityBot.Commitments;
using EquityBot.Doubles;
using Microsoft.EntityFrameworkCore;

namespace EquityBot.Scenarios;

/// <summary>Two people, or one with two devices, edit the same thing from two cards that are open at once. The second is shown theirs, the first's and what stands now. // D1</summary>
public sealed class EditStories
{
    const string Owner = "ben.kowalski";
    const string Lead = "dana.reyes";
    const string Officer = "imani.brooks";
    static readonly object Push = new { due = "2026-07-31", reason = "the contract is late", need = "a signature" };
    static readonly object Report = new { status = "at-risk", note = "one shift is open" };

    // D1
    [Theory, OnOneDatabase]
    public async Task Whoever_saves_second_sees_theirs_the_others_and_what_stands_and_saves_after_all(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var (owner, lead) = (hospital.As(Owner), hospital.As(Lead));
        await owner.PromisesAsync("we'll train every nurse on interpreter phones by 2026-06-30");
        var (theirs, mine) = (await lead.LooksAtAsync("C-12"), await owner.LooksAtAsync("C-12"));
        (await lead.PressesAsync(theirs, "Report progress", Report)).Done();
        var state = (await hospital.StateAsync("C-12")).GetRawText();

        var refused = (await owner.PressesAsync(mine, "Push", Push)).Was("superseded");
        refused.Says("nothing of yours was saved", "What others changed", "Dana Reyes reported progress on Monday, March 2");
        refused.Says("Yours, not saved: Push", "New date: 2026-07-31", "the contract is late", "a signature");
        refused.Says("At risk", "one shift is open", "Tuesday, June 30");
        Assert.Equal(state, (await hospital.StateAsync("C-12")).GetRawText());

        // What was written is filled in again: one more press, and nothing of either is lost.
        (await owner.PressesAsync(refused, "Push")).Done().Says("Friday, July 31");
        Assert.Equal(["logged", "progress-reported one shift is open", "due-moved the contract is late"], await HistoryAsync(hospital));
        (await owner.PressesAsync(mine, "Push", Push)).Was("superseded").Says("Dana Reyes reported progress", "Ben Kowalski moved the due day");
        Assert.Equal(3, (await HistoryAsync(hospital)).Count);
    }

    static async Task<IReadOnlyList<string>> HistoryAsync(Hospital hospital)
    {
        await using var everywhere = hospital.Store.AcrossOrganizations();
        var promise = await everywhere.Rows<Commitment>().SingleAsync(one => one.Number == 12);
        return await everywhere.Rows<CommitmentEvent>().Where(one => one.CommitmentId == promise.Id).OrderBy(one => one.Seq).Select(one => one.Note == null ? one.What : one.What + " " + one.Note).ToListAsync();
    }

    // D1: pressed in the same moment, whichever wins.
    [Theory, OnOneDatabase]
    public async Task Pressed_together_one_is_saved_and_the_other_reads_whose(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var (owner, lead) = (hospital.As(Owner), hospital.As(Lead));
        for (var round = 0; round < 6; round++)
        {
            var promise = await owner.PromisesAsync($"we'll train nurse {round} on interpreter phones by 2026-06-30");
            var (theirs, mine) = (await lead.LooksAtAsync(promise), await owner.LooksAtAsync(promise));
            var presses = await Task.WhenAll(lead.PressesAsync(theirs, "Report progress", Report), owner.PressesAsync(mine, "Push", Push));
            Assert.Equal(["done", "superseded"], presses.Select(press => press.Outcome).Order(StringComparer.Ordinal));
            var late = presses.Single(press => press.Outcome == "superseded").Replies[0];
            late.Says(presses[0].Outcome == "done" ? "Dana Reyes reported progress" : "Ben Kowalski moved the due day", presses[0].Outcome == "done" ? "a signature" : "one shift is open");
            Assert.Equal(presses[0].Outcome == "done" ? "2026-06-30" : "2026-07-31", (await hospital.StateAsync(promise)).GetProperty("due").GetString());
        }
    }

    // D1, in an open case; and where the first has left nothing to press, what was written is still there to be read. What looks like a patient's is not.
    [Theory, OnOneDatabase]
    public async Task What_was_written_is_shown_even_where_it_can_be_saved_no_more(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var (owner, lead) = (hospital.As(Owner), hospital.As(Lead));
        await owner.PromisesAsync("we'll train every nurse on interpreter phones by 2026-03-06");
        await hospital.MoveAsync("2026-03-10T12:00");
        var (theirs, mine, other) = (await lead.LooksAtAsync("C-12"), await owner.LooksAtAsync("C-12"), await owner.LooksAtAsync("C-12"));
        (await owner.PressesAsync(other, "Done", new { evidence = "see the rota" })).Done();
        var late = (await owner.PressesAsync(mine, "Acknowledge", Push)).Was("superseded");
        late.Says("Ben Kowalski said on Tuesday, March 10 that it is done", "Yours, not saved: Acknowledge", "New date: 2026-07-31", "What do you need to keep it?: a signature").DoesNotOffer("Acknowledge", "Push");
        (await lead.PressesAsync(theirs, "Report progress", new { status = "at-risk", note = "MRN 12345678 waits" })).Was("superseded").Says("At risk").DoesNotSay("12345678");
    }

    // D1: a form that is filled in beforehand is compared field by field, and what the second had not touched stays the first's.
    [Theory, OnOneDatabase]
    public async Task Two_edits_of_a_schedule_lose_nothing_of_each_other(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var officer = hospital.As(Officer);
        var (first, second, third) = (await officer.SaysAsync("show S-1"), await officer.SaysAsync("show S-1"), await officer.SaysAsync("show S-1"));
        (await officer.PressesAsync(first, "Change the rest", Filled(first, ("extensions", "3")))).Done();

        var late = (await officer.PressesAsync(second, "Change the rest", Filled(second, ("coverDays", "7"), ("extensions", "1")))).Was("superseded");
        late.Says("Imani Brooks changed the draft on Monday, March 2", "How often may the owner move the date?: 1 (was 2, is now 3)", "Working days to wait for cover: 7 (was 10)").DoesNotSay("Name: ");
        var later = (await officer.PressesAsync(third, "Change the rest", Filled(third, ("coverDays", "8")))).Was("superseded");
        (await officer.PressesAsync(later, "Change the rest", Filled(later))).Done().Says("How often the owner may move the date: 2 → 3", "Working days to wait for cover: 10 → 8");

        var (mine, theirs) = (await officer.SaysAsync("show S-1"), await officer.SaysAsync("show S-1"));
        (await officer.PressesAsync(theirs, "Change a step", new { step = "lead", offset = "6" })).Done();
        (await officer.PressesAsync(mine, "Change a step", new { step = "lead", offset = "7", remove = "false" })).Was("superseded")
            .Says("Working days after the due day (before it: a minus): 7", "Department lead: day +5 → +6").DoesNotSay("false");
    }

    /// <summary>All fields of the form as a client sends them, some changed.</summary>
    static Dictionary<string, string> Filled(Seen card, params (string Id, string Value)[] changed)
    {
        var fields = card.Action("Change the rest").GetProperty("inputs").EnumerateArray().ToDictionary(input => input.GetProperty("id").GetString()!, input => input.TryGetProperty("value", out var value) ? value.GetString()! : "");
        changed.ToList().ForEach(change => fields[change.Id] = change.Value);
        return fields;
    }

    // D1, on the page.
    [Theory, OnOneDatabase]
    public async Task Two_open_pages_lose_nothing_of_each_other(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        using var first = new Visitor(hospital);
        using var second = new Visitor(hospital);
        using var third = new Visitor(hospital);
        foreach (var one in new[] { first, second, third })
        {
            await one.OpenAsync($"/escalation/S-1?as={Officer}");
        }

        var yaml = third.Page.QuerySelector("textarea[name=yaml]")!.TextContent;
        await first.SubmitAsync("Change the rest", ("v.extensions", "3"));
        await second.SubmitAsync("Change the rest", ("v.coverDays", "7"));
        Assert.Equal(422, second.Status);
        Assert.Contains("Somebody has changed it meanwhile", second.Text, StringComparison.Ordinal);
        Assert.Contains("Imani Brooks changed the draft on Monday, March 2", second.Text, StringComparison.Ordinal);
        Assert.Contains("Working days to wait for cover7 (was 10)", second.Text, StringComparison.Ordinal);
        Assert.Contains("How often the owner may move the date: 2 → 3", second.Text, StringComparison.Ordinal);
        await second.SubmitAsync("Change the rest");
        Assert.Equal(200, second.Status);
        Assert.Contains("How often the owner may move the date: 2 → 3", second.Text, StringComparison.Ordinal);
        Assert.Contains("Working days to wait for cover: 10 → 7", second.Text, StringComparison.Ordinal);

        await third.SubmitAsync("Make this the draft", ("yaml", yaml.Replace("offset: 5", "offset: 6", StringComparison.Ordinal)));
        Assert.Equal(422, third.Status);
        Assert.Contains("Your file against how it stands now", third.Text, StringComparison.Ordinal);
        Assert.Contains("Working days to wait for cover: 7 → 10", third.Text, StringComparison.Ordinal);
        Assert.Contains("Department lead: day +5 → +6", third.Text, StringComparison.Ordinal);

        // Proposed meanwhile, there is nothing left to press; what was filled in is still there to be read.
        await first.OpenAsync("/escalation/S-1");
        await second.SubmitAsync("Ask for approval", ("v.reason", "sooner"));
        await first.SubmitAsync("Change a step", ("v.step", "lead"), ("v.offset", "9"));
        Assert.Contains("Imani Brooks asked for approval", first.Text, StringComparison.Ordinal);
        Assert.Contains("lead9", first.Text, StringComparison.Ordinal);
    }
}
