using EquityBot.Doubles;

namespace EquityBot.Scenarios;

/// <summary>People say that they are away, and who acts for them meanwhile.</summary>
public sealed class AbsenceStories
{
    const string Sooner = "we'll train every nurse on interpreter phones by 2026-03-06";
    const string Later = "we'll print the consent forms in Spanish by 2026-06-30";

    [Theory, OnOneDatabase]
    public async Task Who_goes_away_hears_what_rests_and_what_does_not_move_and_it_ends_by_itself(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var ben = hospital.As("ben.kowalski");
        var promise = await ben.PromisesAsync(Sooner);
        await ben.PromisesAsync(Later);
        var said = await ben.SaysAsync("I'm away from March 3 to March 14");
        said.Says("You are away from Tuesday, March 3 until Saturday, March 14", "3 promises of yours rest meanwhile", "Due days do not move. One falls into this time: C-12 (Friday, March 6).", "from Sunday, March 15 on");
        said.Says("whoever leads you is asked to cover").Offers("Somebody stands in", "I'm not away", "Back on Saturday, March 14 already");
        Assert.Equal("2026-03-06", (await hospital.StateAsync(promise)).GetProperty("due").GetString());

        // Its day passes: whoever leads him is asked for cover, and nothing is sent to him before he is back.
        var sent = await hospital.MoveAsync("2026-03-13T18:00");
        Assert.DoesNotContain(sent, row => row.To == "ben.kowalski");
        Assert.Contains(sent, row => row is { To: "dana.reyes", Kind: "request" });
        Assert.Equal("waiting-for-cover", (await hospital.StateAsync(promise)).GetProperty("case").GetProperty("status").GetString());
        Assert.Contains(await hospital.MoveAsync("2026-03-16T18:00"), row => row is { To: "ben.kowalski", Step: "owner" } && row.Ref == promise);
    }

    [Theory, OnOneDatabase]
    public async Task Back_sooner_is_one_sentence_and_a_day_that_may_be_meant_is_one_tap(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var ben = hospital.As("ben.kowalski");
        var promise = await ben.PromisesAsync(Sooner);
        var said = await ben.SaysAsync("away until Monday");
        said.Says("You are away until Monday, March 9").Offers("Back on Monday, March 9 already");
        (await ben.PressesAsync(said, "Back on Monday, March 9 already")).Done().Says("You are away until Sunday, March 8");
        await hospital.MoveAsync("2026-03-05T10:00");
        (await ben.SaysAsync("I'm back")).Says("You are back", "2 promises are yours").Offers("Show mine");
        (await ben.SaysAsync("I'm back")).Says("You are not away");

        // Back before its day, he hears as if he had never been away.
        Assert.Contains(await hospital.MoveAsync("2026-03-09T18:00"), row => row is { To: "ben.kowalski", Step: "owner" } && row.Ref == promise);
        (await ben.SaysAsync("I'm out of office from May 4 to May 8")).Says("from Monday, May 4 until Friday, May 8");
        (await ben.SaysAsync("I'm back")).Says("You are not away then");
    }

    [Theory, OnOneDatabase]
    public async Task Days_that_are_none_are_answered_with_words_that_work(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var ben = hospital.As("ben.kowalski");
        foreach (var text in (string[])["away until the cows come home", "I'm away until 2026-02-01", "I'm away from March 14 to March 3", "away until 2028-01-01"])
        {
            (await ben.SaysAsync(text)).Says("Until when?", "I'm away from March 3 to March 14");
        }

        await ben.SaysAsync("away until Friday");
        (await ben.SaysAsync("I'm away from May 4 to May 8")).Says("You are away until Friday, March 6 already");
        (await ben.SaysAsync("I'm away from March 9 to 12")).Says("already");
        (await ben.SaysAsync("I'm away until March 12")).Says("until Thursday, March 12");
    }

    [Theory, OnOneDatabase]
    public async Task Who_stands_in_sees_and_may_do_what_the_owner_may_and_both_names_are_shown(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var (ben, aisha) = (hospital.As("ben.kowalski"), hospital.As("aisha.rahman"));
        var promise = await ben.PromisesAsync(Later);
        (await aisha.SaysAsync($"progress {promise} at risk: the printer is slow")).DoesNotSay("Noted");
        (await ben.SaysAsync("Aisha Rahman stands in for me until May 3")).Says("Aisha Rahman stands in for you until Sunday, May 3", "2 promises of yours are open", "both names are shown");
        (await aisha.SeesAsync("Ben Kowalski asks you to stand in until Sunday, May 3")).Says("You see and may do what Ben Kowalski may", $"{promise} · Print the consent forms in Spanish").Offers("Decline");
        (await aisha.SaysAsync($"progress {promise} at risk: the printer is slow")).Says("Noted");
        (await ben.SeesAsync($"Aisha Rahman reported on {promise} for you")).Says("the printer is slow");
        (await hospital.As("anil.deshmukh").LooksAtAsync(promise)).Says("Ben Kowalski; Aisha Rahman stands in", "the printer is slow");

        // What she says is done, somebody else confirms, and reads who said it for whom.
        (await aisha.SaysAsync($"{promise} is done, see the rack")).Says("Dana Reyes");
        await hospital.As("dana.reyes").SeesAsync($"Is {promise} done? Aisha Rahman says so for Ben Kowalski");

        // While he is away what he would hear goes to her; after the day it is over.
        (await ben.SaysAsync("I'm away until April 30")).Says("One promise of yours goes to Aisha Rahman meanwhile").DoesNotOffer("Somebody stands in");
        await hospital.MoveAsync("2026-05-04T10:00");
        (await aisha.SaysAsync("progress C-1 on track: all is well")).DoesNotSay("Noted");
    }

    [Theory, OnOneDatabase]
    public async Task Said_in_one_breath_and_ended_by_coming_back(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var (ben, aisha) = (hospital.As("ben.kowalski"), hospital.As("aisha.rahman"));
        var promise = await ben.PromisesAsync(Sooner);
        (await ben.SaysAsync("I'm away until March 20, Aisha Rahman covers for me")).Says("until Friday, March 20", "2 promises of yours go to Aisha Rahman meanwhile");
        Assert.Contains(await hospital.MoveAsync("2026-03-09T18:00"), row => row is { To: "aisha.rahman", Step: "owner" } && row.Ref == promise);
        (await ben.SaysAsync("back")).Says("You are back", "One of them is past its day");
        await aisha.SeesAsync("You stand in for Ben Kowalski no more");
        (await aisha.SaysAsync($"progress {promise} on track: nearly there")).DoesNotSay("Noted");
    }

    [Theory, OnOneDatabase]
    public async Task Nobody_stands_in_for_themselves_or_in_a_circle_and_whoever_does_not_says_so(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var (ben, aisha) = (hospital.As("ben.kowalski"), hospital.As("aisha.rahman"));
        (await ben.SaysAsync("Ben Kowalski stands in for me until May 3")).Says("You cannot stand in for yourself");
        (await ben.SaysAsync("Nemo stands in for me until May 3")).Says("I know no “Nemo” here");
        (await ben.SaysAsync("aisha.rahman stands in for me")).Says("Until when?");
        (await ben.SaysAsync("aisha.rahman stands in for me until May 3")).Says("stands in for you until Sunday, May 3");
        (await aisha.SaysAsync("Joel Benally stands in for me until May 3")).Says("Joel Benally stands in for you");
        (await hospital.As("joel.benally").SaysAsync("Ben Kowalski stands in for me until May 3")).Says("leads back to you");

        (await aisha.PressesAsync(await aisha.SeesAsync("Ben Kowalski asks you to stand in"), "Decline")).Done().Says("You do not stand in; Ben Kowalski hears so");
        (await ben.SeesAsync("Aisha Rahman cannot stand in for you")).Says("Name somebody else");
        (await ben.SaysAsync("nobody stands in for me")).Says("Nobody stands in for you");
        (await aisha.SaysAsync("nobody stands in for me")).Says("Joel Benally stands in for you no more");
        await hospital.As("joel.benally").SeesAsync("You stand in for Aisha Rahman no more");
    }

    // Domain model, chapter 5: a chain of delegates.
    [Theory, OnOneDatabase]
    public async Task Where_the_stand_in_is_away_too_their_stand_in_acts_for_both(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var (ben, joel) = (hospital.As("ben.kowalski"), hospital.As("joel.benally"));
        var promise = await ben.PromisesAsync(Sooner);
        await hospital.As("aisha.rahman").SaysAsync("I'm away until April 30, Joel Benally covers");
        (await ben.SaysAsync("I'm away until April 30, Aisha Rahman covers")).Says("Aisha Rahman is away then too");
        Assert.Contains(await hospital.MoveAsync("2026-03-09T18:00"), row => row is { To: "joel.benally", Step: "owner" } && row.Ref == promise);
        (await joel.PressesAsync(await joel.SeesAsync("was due Friday, March 6"), "Acknowledge", new { due = "2026-03-31", reason = "the vendor is late", need = "a signature" })).Done();
        Assert.Equal("acknowledged", (await hospital.StateAsync(promise)).GetProperty("case").GetProperty("status").GetString());
    }
}
