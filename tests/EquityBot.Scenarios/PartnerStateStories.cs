using EquityBot.Doubles;

namespace EquityBot.Scenarios;

/// <summary>Partnerships begin, rest, end and begin anew; and what was said about them by mistake is taken back.</summary>
public sealed class PartnerStateStories
{
    [Theory, OnOneDatabase]
    public async Task A_partnership_pauses_and_ends_with_a_reason_and_is_active_again(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var officer = hospital.As("imani.brooks");
        var why = await officer.SaysAsync("pause Desert Families");
        why.Says("Why does the work with Desert Families Network pause?");
        Assert.Equal(["reason"], why.Asks("Pause"));
        var paused = (await officer.PressesAsync(why, "Pause", new { reason = "their director changed" })).Done();
        paused.Says("Desert Families Network is paused", "Since Monday, March 2, by you.", "their director changed").Offers("Undo", "Make active", "Edit").DoesNotOffer("Rate", "Renewed", "Link for the partner");
        Assert.Equal("N-1", paused.Ref);
        (await officer.SaysAsync("pause Desert Families because of the move")).Says("is paused already");
        (await hospital.As("mateo.vargas").SaysAsync("our partners")).Says("Paused · Nothing logged yet.", "Active · Nothing logged yet.");
        Assert.Contains(await hospital.StoredTextsAsync(), text => text.Contains("\"partner-paused\"", StringComparison.Ordinal));

        // Undo gives back how it stood; once.
        (await officer.PressesAsync(paused, "Undo")).Done().Says("N-1 stands as before", "Active").DoesNotSay("their director changed");
        (await officer.SaysAsync("undo N-1")).Says("nothing of yours to undo");

        var ended = await officer.SaysAsync("we ended the partnership with the county health department because it has a bureau of its own now");
        ended.Says("The partnership with Riverbend County Health Department has ended", "it has a bureau of its own now").Offers("Undo", "Make active");
        var list = await officer.SaysAsync("our partners");
        list.Says("Ended · Nothing logged yet.");
        Assert.True(list.Text.IndexOf("Two Rivers", StringComparison.Ordinal) < list.Text.IndexOf("Riverbend County", StringComparison.Ordinal));
        (await officer.PressesAsync(ended, "Make active")).Done().Says("Riverbend County Health Department is active").DoesNotSay("bureau");

        // Whoever may not change a partner may not pause it, and a department is no partner.
        (await hospital.As("ben.kowalski").SaysAsync("pause Saguaro Bend because of the move")).Says("Only whoever looks after that partner");
        (await hospital.As("hannah.adler").SaysAsync("pause Saguaro Bend because of the move")).Says("Work with partners is logged by departments");
        (await officer.SaysAsync("pause Cardiology because of the flood")).Says("is a department, not a partner");
        (await officer.SaysAsync("Saguaro Bend is active again")).Says("is active already");
    }

    [Theory, OnOneDatabase]
    public async Task How_a_partnership_stands_is_taken_back_by_whoever_said_it_for_ten_minutes(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var (officer, dana) = (hospital.As("imani.brooks"), hospital.As("dana.reyes"));
        await officer.SaysAsync("pause N-1 because of the move");
        await dana.SaysAsync("we ended our work with Saguaro Bend");
        (await dana.SaysAsync("undo N-1")).Says("nothing of yours to undo");
        await dana.SaysAsync("we ended the work with Desert Families because it closed");
        (await dana.SaysAsync("undo N-1")).Says("N-1 stands as before", "Paused", "of the move");
        await officer.SaysAsync("N-1 is active again");
        await hospital.MoveForAllAsync("2026-03-02T09:11");
        (await officer.SaysAsync("undo N-1")).Says("Undo works for 10 minutes. Say how N-1 stands instead");
    }

    [Theory, OnOneDatabase]
    public async Task The_first_thing_done_with_a_prospect_makes_it_a_partner_and_undo_a_prospect_again(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var dana = hospital.As("dana.reyes");
        (await dana.SaysAsync("new prospect Northside Legal Aid")).Says("N-5 · Northside Legal Aid", "Prospect");
        (await dana.SaysAsync("our partners")).Says("Prospect · Nothing logged yet.");
        var receipt = (await dana.PressesAsync(await dana.SaysAsync("met with Northside Legal Aid yesterday, told them about the plan"), "Confirm")).Done();
        receipt.Says("P-1 is logged", "Northside Legal Aid was a prospect and is an active partner from now on").Offers("Undo", "Follow up", "Show");
        (await dana.SaysAsync("show Northside")).Says("Active", "One thing done together");
        (await dana.PressesAsync(receipt, "Undo")).Done().Says("P-1", "Taken back by you on Monday, March 2").DoesNotOffer("Correct");
        (await dana.SaysAsync("show Northside")).Says("Prospect", "Nothing logged yet.").DoesNotSay("P-1");
        (await dana.SaysAsync("our partners")).DoesNotSay("Last together");

        // With something else done together it stays a partner.
        foreach (var done in (string[])["met with Northside Legal Aid yesterday, told them about the plan", "met with Northside Legal Aid today, told them about the dates"])
        {
            await dana.PressesAsync(await dana.SaysAsync(done), "Confirm");
        }

        await dana.SaysAsync("undo P-2");
        (await dana.SaysAsync("show Northside")).Says("Active", "One thing done together");
        (await dana.SaysAsync("Northside Legal Aid is a prospect")).Says("Northside Legal Aid is a prospect").Offers("Make active");

        // It was another one after all.
        (await dana.SaysAsync("new prospect Harbor Clinic")).Says("N-6");
        (await dana.PressesAsync(await dana.SaysAsync("correct P-3"), "Correct", new { partner = "N-6", reason = "it was the clinic" })).Done().Says("Harbor Clinic");
        (await dana.LooksAtAsync("N-6")).Says("Active", "One thing done together");
    }

    [Theory, OnOneDatabase]
    public async Task What_was_logged_is_taken_back_by_its_author_for_ten_minutes_until_it_is_corrected(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var dana = hospital.As("dana.reyes");
        foreach (var _ in Enumerable.Range(1, 3))
        {
            await dana.PressesAsync(await dana.SaysAsync("met with Desert Families yesterday, 12 people, told them about the plan"), "Confirm");
        }

        (await hospital.As("ben.kowalski").SaysAsync("undo P-1")).Says("Only whoever did it can undo it");
        (await hospital.As("imani.brooks").SaysAsync("undo P-1")).Says("Only whoever did it can undo it");
        (await dana.SaysAsync("undo P-1")).Says("Taken back by you");
        (await dana.SaysAsync("undo P-1")).Says("nothing of yours to undo");
        (await hospital.As("imani.brooks").LooksAtAsync("P-1")).Says("Taken back by Dana Reyes on Monday, March 2").DoesNotOffer("Correct");
        await dana.PressesAsync(await dana.SaysAsync("correct P-2"), "Correct", new { people = "21", reason = "numbers swapped" });
        (await dana.SaysAsync("undo P-2")).Says("nothing of yours to undo");
        await hospital.MoveForAllAsync("2026-03-02T09:11");
        (await dana.SaysAsync("undo P-3")).Says("Undo works for 10 minutes. Say correct P-3");
        (await dana.SaysAsync("show Desert Families")).Says("2 things done together").DoesNotSay("P-1");
    }

    [Theory, OnOneDatabase]
    public async Task A_partnership_that_rests_is_neither_rated_nor_reminded_of_until_it_goes_on(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var (dana, officer) = (hospital.As("dana.reyes"), hospital.As("imani.brooks"));
        static IEnumerable<string> Rows(IEnumerable<Sent> sent) => sent.Where(row => row.Ref == "N-1").Select(row => $"{row.At} {row.To} {row.Kind}").Order(StringComparer.Ordinal);
        await dana.PressesAsync(await dana.SaysAsync("met with Desert Families yesterday, told them about the plan"), "Confirm");
        await officer.SaysAsync("pause Desert Families because their director changed");
        (await dana.PressesAsync(await dana.SaysAsync("met with Desert Families today, told them about the plan"), "Confirm")).Done().Says("Desert Families Network still stands as: Paused. If you work together again");
        Assert.Empty(Rows(await hospital.MoveForAllAsync("2026-03-19T18:00")));
        await officer.SaysAsync("Desert Families is active again");
        Assert.Equal(["2026-03-20T12:00:00Z dana.reyes check-in", "2026-03-20T12:00:00Z imani.brooks check-in"], Rows(await hospital.MoveForAllAsync("2026-03-31T18:00")));

        // The agreement ends on September 30; what was due meanwhile is said once it goes on.
        await officer.SaysAsync("we ended the partnership with Desert Families because it closed");
        Assert.Empty(Rows(await hospital.MoveForAllAsync("2026-08-12T18:00")));
        await officer.SaysAsync("N-1 is active again");
        Assert.Equal(["2026-08-13T12:00:00Z imani.brooks reminder"], Rows(await hospital.MoveForAllAsync("2026-08-14T18:00")));
    }
}
