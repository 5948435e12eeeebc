using EquityBot.Doubles;
using EquityBot.People;

namespace EquityBot.Scenarios;

/// <summary>People leave, and nothing of theirs is lost: it is offered to others, and nobody has it before they take it.</summary>
public sealed class DepartureStories
{
    const string Promise = "we'll train every nurse on interpreter phones by 2026-03-13";

    static Task LeavesAsync(Hospital hospital, string handle) => hospital.PostAsync($"/practice/api/people/{handle}", new { leaves = "2026-03-03" });

    static async Task<string?> OwnerAsync(Hospital hospital, string promise) => (await hospital.StateAsync(promise)).GetProperty("owner").GetString();

    [Theory, OnOneDatabase]
    public async Task What_somebody_leaves_behind_is_offered_to_whoever_is_above_them_who_takes_it_with_one_tap(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var (ben, dana) = (hospital.As("ben.kowalski"), hospital.As("dana.reyes"));
        var promise = await ben.PromisesAsync(Promise);
        await LeavesAsync(hospital, "ben.kowalski");
        Assert.DoesNotContain(await hospital.MoveAsync("2026-03-03T23:00"), row => row.To == "dana.reyes");

        // His first day gone begins at midnight; hers at eight. Each of his promises is a question of its own.
        var sent = await hospital.MoveAsync("2026-03-04T12:00");
        Assert.Equal([("C-1", "2026-03-04T13:00:00Z"), (promise, "2026-03-04T13:00:00Z")], sent.Where(row => row is { To: "dana.reyes", Kind: "request" }).Select(row => (row.Ref, row.At!)).Order());
        var offered = await dana.SeesAsync($"Ben Kowalski has left, and {promise} needs an owner");
        offered.Says("It is yours only if you accept").Offers("Accept", "Ask Aisha Rahman");
        await dana.SeesAsync("Ben Kowalski has left, and C-1 needs an owner");
        Assert.Equal("ben.kowalski", await OwnerAsync(hospital, promise));
        (await hospital.As("anil.deshmukh").LooksAtAsync(promise)).Says("Ben Kowalski, who has left", "Dana Reyes is asked to take it over");
        (await dana.PressesAsync(offered, "Accept", reference: promise)).Done().Says($"{promise} is yours now");
        Assert.Equal("dana.reyes", await OwnerAsync(hospital, promise));
        Assert.DoesNotContain(await hospital.MoveAsync("2026-03-31T18:00"), row => row.To == "ben.kowalski");
        Assert.Contains(await hospital.LedgerAsync(), row => row is { To: "dana.reyes", Step: "owner" } && row.Ref == promise);
    }

    [Theory, OnOneDatabase]
    public async Task It_is_handed_on_with_one_tap_and_comes_back_where_the_other_declines(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var (dana, aisha, joel) = (hospital.As("dana.reyes"), hospital.As("aisha.rahman"), hospital.As("joel.benally"));
        await LeavesAsync(hospital, "ben.kowalski");
        await hospital.MoveAsync("2026-03-04T12:00");
        var offered = (await dana.SeesAsync("C-1 needs an owner")).Offers("Accept", "Ask Aisha Rahman", "Ask somebody else").DoesNotOffer("Decline");
        (await dana.PressesAsync(offered, "Ask Aisha Rahman")).Done().Says("Aisha Rahman is asked to take C-1");
        var asked = (await aisha.SeesAsync("Ben Kowalski has left, and C-1 needs an owner")).Says("It was asked of Dana Reyes before").Offers("Accept", "Decline");
        (await aisha.PressesAsync(asked, "Decline", new { reason = "my desk is full" })).Done();
        await dana.SeesAsync("Aisha Rahman does not take C-1", "my desk is full");

        // It does not end there: the next morning it is before her again, and she knows somebody else.
        await hospital.MoveAsync("2026-03-05T12:00");
        offered = await dana.SeesAsync("C-1 needs an owner");
        (await dana.PressesAsync(offered, "Ask somebody else", new { to = "joel.benally" })).Done();
        (await joel.PressesAsync(await joel.SeesAsync("C-1 needs an owner"), "Accept")).Done().Says("C-1 is yours now");
        Assert.Equal("joel.benally", await OwnerAsync(hospital, "C-1"));
        await dana.SeesAsync("Joel Benally has taken C-1");
    }

    // Domain model, chapter 5: the owner leaves.
    [Theory, OnOneDatabase]
    public async Task Until_somebody_takes_it_its_day_counts_and_it_escalates_to_whoever_is_responsible(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var promise = await hospital.As("ben.kowalski").PromisesAsync(Promise);
        await LeavesAsync(hospital, "ben.kowalski");
        var sent = await hospital.MoveAsync("2026-05-29T18:00");
        var steps = sent.Where(row => row.Ref == promise && row.Kind == "escalation").Select(row => $"{row.To} {row.Step}").ToList();
        Assert.Equal(["dana.reyes owner", "anil.deshmukh lead", "imani.brooks officer", "colleen.fitzgerald sponsor", "ruth.okafor board"], steps.Take(5));
        Assert.DoesNotContain(sent, row => row.To == "ben.kowalski");

        // Taken late, it goes on with the new owner, who is not blamed for the time before.
        var dana = hospital.As("dana.reyes");
        (await dana.PressesAsync(await dana.LooksAtAsync(promise), "Accept")).Done();
        Assert.Equal("dana.reyes", await OwnerAsync(hospital, promise));
    }

    [Theory, OnOneDatabase]
    public async Task What_was_proposed_to_them_is_anothers_to_accept(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var (imani, dana) = (hospital.As("imani.brooks"), hospital.As("dana.reyes"));
        var draft = await imani.SaysAsync("log for ben.kowalski: add signs in the clinic by 2026-06-30");
        var promise = (await imani.PressesAsync(draft, "Confirm")).Done().Ref!;
        await LeavesAsync(hospital, "ben.kowalski");
        await hospital.MoveAsync("2026-03-04T12:00");
        Assert.Equal("proposed", (await hospital.StateAsync(promise)).GetProperty("status").GetString());
        (await dana.PressesAsync(await dana.SeesAsync($"{promise} needs an owner"), "Accept", reference: promise)).Done().Says("is yours now");
        var state = await hospital.StateAsync(promise);
        Assert.Equal(("active", "dana.reyes"), (state.GetProperty("status").GetString(), state.GetProperty("owner").GetString()));
        await imani.SeesAsync($"Dana Reyes has taken {promise}");
    }

    [Theory, OnOneDatabase]
    public async Task What_waited_for_their_confirmation_waits_for_whoever_comes_after_them(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var (ben, aisha) = (hospital.As("ben.kowalski"), hospital.As("aisha.rahman"));
        var promise = await ben.PromisesAsync(Promise);
        await ben.SaysAsync($"{promise} is done, see the rota");
        await hospital.As("dana.reyes").SeesAsync($"Is {promise} done?");
        await LeavesAsync(hospital, "dana.reyes");
        await hospital.MoveAsync("2026-03-04T12:00");
        var asked = await aisha.SeesAsync($"Is {promise} done? Ben Kowalski says so");

        // She has her own time to answer: five working days from when she was asked.
        Assert.DoesNotContain(await hospital.MoveAsync("2026-03-11T18:00"), row => row.Kind == "escalation" && row.Ref == promise);
        (await aisha.PressesAsync(asked, "Confirm", reference: promise)).Done();
        Assert.Equal("met", (await hospital.StateAsync(promise)).GetProperty("status").GetString());
        (await hospital.As("imani.brooks").SeesAsync("Cardiology has no lead")).Says("Aisha Rahman, the deputy");
    }

    [Theory, OnOneDatabase]
    public async Task What_was_asked_of_them_is_asked_of_whoever_is_above_them(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var (ben, farah) = (hospital.As("ben.kowalski"), hospital.As("farah.siddiqui"));
        var promise = await ben.PromisesAsync("we'll train every nurse on interpreter phones by 2026-06-30");
        (await ben.PressesAsync(await ben.LooksAtAsync(promise), "I'm blocked", new { what = "the training room is taken", helper = "joel.benally" })).Done();
        await LeavesAsync(hospital, "joel.benally");
        await hospital.MoveAsync("2026-03-04T18:00");
        var asked = (await farah.SeesAsync($"Ben Kowalski asks for your help with {promise}")).Says("the training room is taken", "It was asked of Joel Benally before");
        (await farah.PressesAsync(asked, "Accept", reference: promise)).Done();
        await ben.SeesAsync($"Farah Siddiqui takes on what is in the way of {promise}");
    }

    [Theory, OnOneDatabase]
    public async Task Whoever_is_in_the_file_no_more_has_left_and_nobody_is_committed_by_the_import(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var outcome = await hospital.ImportAsync("people.csv", text => string.Join('\n', text.Split('\n').Where(line => !line.StartsWith("ben.kowalski,", StringComparison.Ordinal))), ("rooms.csv", ";ben.kowalski", ""));
        Assert.Equal(["ben.kowalski"], outcome.Changes.Single(file => file.File == "people.csv").Ended);
        await hospital.MoveAsync("PT1H");
        await hospital.As("dana.reyes").SeesAsync("Ben Kowalski has left, and C-1 needs an owner");
        Assert.Equal("ben.kowalski", await OwnerAsync(hospital, "C-1"));
    }

    // Domain model, chapter 5: the lead changes in the middle of a case.
    [Theory, OnOneDatabase]
    public async Task Whoever_leads_from_the_middle_of_a_cycle_hears_what_is_open_and_the_next_step_is_theirs(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var ben = hospital.As("ben.kowalski");
        var promise = await ben.PromisesAsync("we'll train every nurse on interpreter phones by 2026-03-06");
        var claimed = await ben.PromisesAsync("we'll print the consent forms in Spanish by 2026-06-30");
        await ben.SaysAsync($"{claimed} is done, see the rack");
        await hospital.MoveAsync("2026-03-10T12:00");
        var outcome = await hospital.ImportAsync("departments.csv", text => text.Replace("dana.reyes,aisha.rahman", "aisha.rahman,", StringComparison.Ordinal));
        Assert.Equal(["Cardiology (deputy, lead)"], Assert.Single(outcome.Changes).Changed);
        var sent = await hospital.MoveForAllAsync("2026-03-13T18:00");
        var aisha = hospital.As("aisha.rahman");
        (await aisha.SeesAsync("You lead Cardiology now")).Says("Open promises", "3", "Past their day", claimed).Offers("What is overdue", "What is due");
        await aisha.SeesAsync($"Is {claimed} done?");
        Assert.Contains(sent, row => row is { To: "aisha.rahman", Step: "lead" } && row.Ref == promise);
        Assert.DoesNotContain(sent, row => row is { To: "dana.reyes", Step: "lead" });
    }

    [Theory, OnOneDatabase]
    public async Task While_a_department_has_no_lead_the_deputy_hears_and_the_officer_knows(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var promise = await hospital.As("ben.kowalski").PromisesAsync("we'll train every nurse on interpreter phones by 2026-03-06");
        var outcome = await hospital.ImportAsync("departments.csv", text => text.Replace("dana.reyes,aisha.rahman", ",aisha.rahman", StringComparison.Ordinal));
        Assert.StartsWith("Cardiology has no lead", Assert.Single(outcome.Warnings).Words, StringComparison.Ordinal);
        var sent = await hospital.MoveForAllAsync("2026-03-13T18:00");
        (await hospital.As("imani.brooks").SeesAsync("Cardiology has no lead")).Says("Aisha Rahman, the deputy, meanwhile");
        Assert.Contains(sent, row => row is { To: "aisha.rahman", Step: "lead" } && row.Ref == promise);

        // Once is enough; and when somebody leads again, they hear.
        await hospital.ImportAsync("departments.csv", text => text.Replace("dana.reyes,aisha.rahman", ",aisha.rahman", StringComparison.Ordinal).Replace("Emergency,other", "Emergency,urgent", StringComparison.Ordinal));
        await hospital.MoveAsync("P1D");
        Assert.Single(await hospital.As("imani.brooks").InboxAsync(), message => message.Text.Contains("Cardiology has no lead", StringComparison.Ordinal));
        await hospital.ImportAsync("departments.csv", text => text);
        await hospital.MoveAsync("2026-03-17T18:00");
        await hospital.As("dana.reyes").SeesAsync("You lead Cardiology now");
    }
}
