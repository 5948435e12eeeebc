using System.Net;
using EquityBot.Doubles;

namespace EquityBot.Scenarios;

/// <summary>Both sides say how a partnership goes, apart from one another and without their names.</summary>
public sealed class RatingStories
{
    static object Scores(int trust) => new { trust = $"{trust}", collaboration = "3", learning = "3" };

    static async Task<string> LinkAsync(Hospital hospital, string partner = "Desert Families")
    {
        var card = await hospital.As("imani.brooks").SaysAsync($"link for {partner}");
        var address = card.Json.GetProperty("card").GetRawText();
        var start = address.IndexOf("/rate/", StringComparison.Ordinal);
        return address.Substring(start, "/rate/".Length + 43);
    }

    static async Task RateAsync(Hospital hospital, string link, int trust, string comment = "")
    {
        using var visitor = new Visitor(hospital);
        await visitor.OpenAsync(link);
        await visitor.SubmitAsync("Send", ("v.trust", $"{trust}"), ("v.collaboration", "3"), ("v.learning", "3"), ("v.comment", comment));
        Assert.Equal((200, "Thank you"), (visitor.Status, visitor.Page.QuerySelector("h1")!.TextContent));
    }

    [Theory, OnBothDatabases]
    public async Task From_three_raters_of_a_side_on_its_average_is_shown_and_a_gap_is_flagged(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        foreach (var (handle, trust) in new[] { ("dana.reyes", 5), ("mateo.vargas", 5), ("imani.brooks", 4) })
        {
            var form = await hospital.As(handle).SaysAsync("rate Desert Families");
            Assert.Equal(["trust", "collaboration", "learning", "comment"], form.Asks("Rate"));
            (await hospital.As(handle).PressesAsync(form, "Rate", Scores(trust))).Done().Says("is kept");
        }

        (await hospital.As("dana.reyes").SaysAsync("show Desert Families")).Says("How both sides see it in 2026-Q1", "4.7", "withheld (fewer than 3)").DoesNotSay("Worth a conversation");
        await RateAsync(hospital, await LinkAsync(hospital), 2);
        await RateAsync(hospital, await LinkAsync(hospital), 2);
        (await hospital.As("dana.reyes").SaysAsync("show Desert Families")).Says("Partner (2)", "withheld (fewer than 3)");
        await RateAsync(hospital, await LinkAsync(hospital), 3);
        (await hospital.As("dana.reyes").SaysAsync("show Desert Families")).Says("4.7", "2.3", "Trust: we say 4.7, the partner says 2.3. Worth a conversation.").DoesNotSay("collaboration: we say");
        Assert.Equal(["imani.brooks"], (await hospital.RowsAsync()).Where(row => row.Ref == "N-1").Select(row => row.To));
        await hospital.As("imani.brooks").SeesAsync("The two sides see the work with Desert Families Network differently");
    }

    [Theory, OnBothDatabases]
    public async Task Thinking_again_in_the_same_quarter_replaces_ones_own_answer(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var dana = hospital.As("dana.reyes");
        foreach (var trust in new[] { 1, 5, 4 })
        {
            (await dana.PressesAsync(await dana.SaysAsync("rate Desert Families"), "Rate", Scores(trust))).Done();
        }

        (await dana.SaysAsync("show Desert Families")).Says("Us (1)", "withheld");
        (await dana.PressesAsync(await dana.SaysAsync("rate Desert Families"), "Rate", new { trust = "7", collaboration = "3", learning = "3" })).Was("refused").Says("a number from 1 to 5");
        (await hospital.As("hannah.adler").SaysAsync("rate Desert Families")).Says("Work with partners is logged by departments");
    }

    [Theory, OnBothDatabases]
    public async Task A_link_that_scanners_opened_still_takes_one_answer_and_no_second(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var link = await LinkAsync(hospital);
        for (var prefetch = 0; prefetch < 3; prefetch++)
        {
            using var scanner = new Visitor(hospital);
            await scanner.OpenAsync(link);
            Assert.Equal((200, "How do we work together?"), (scanner.Status, scanner.Page.QuerySelector("h1")!.TextContent));
        }

        using (var visitor = new Visitor(hospital))
        {
            await visitor.OpenAsync(link);
            Assert.Contains("Riverbend Health asks Desert Families Network about 2026-Q1", visitor.Text, StringComparison.Ordinal);
            await visitor.SubmitAsync("Send", ("v.trust", "4"), ("v.collaboration", ""), ("v.learning", "3"));
            Assert.Equal(422, visitor.Status);
            Assert.Contains("Each of the three questions needs an answer", visitor.Text, StringComparison.Ordinal);
            await visitor.SubmitAsync("Send", ("v.trust", "4"), ("v.collaboration", "4"), ("v.learning", "3"), ("v.comment", "patient MRN 12345678 told us"));
            Assert.Equal(422, visitor.Status);
            Assert.Contains("medical record number", visitor.Text, StringComparison.Ordinal);
        }

        await RateAsync(hospital, link, 4, "more time together");
        using var late = new Visitor(hospital);
        await late.OpenAsync(link);
        Assert.Equal(410, late.Status);
        Assert.Contains("This link has been used", late.Text, StringComparison.Ordinal);
        (await hospital.As("dana.reyes").SaysAsync("show Desert Families")).Says("Partner (1)").DoesNotSay("more time together");

        // Without the form's own token, and with a link that nobody gave out, nothing is kept.
        await late.GoAsync(new(HttpMethod.Post, await LinkAsync(hospital)) { Content = new FormUrlEncodedContent([KeyValuePair.Create("v.trust", "1")]) });
        Assert.Equal(400, late.Status);
        await late.OpenAsync("/rate/" + new string('a', 43));
        Assert.Equal(404, late.Status);
        Assert.DoesNotContain(await hospital.StoredTextsAsync(), text => text.Contains("12345678", StringComparison.Ordinal));
        Assert.DoesNotContain(hospital.Errors.Lines, line => line.Contains(link["/rate/".Length..], StringComparison.Ordinal));
    }

    [Theory, OnBothDatabases]
    public async Task In_the_last_two_weeks_of_a_quarter_those_who_worked_with_a_partner_are_asked_once(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var dana = hospital.As("dana.reyes");
        await dana.PressesAsync(await dana.SaysAsync("met with Desert Families yesterday, told them about the plan"), "Confirm");
        static IEnumerable<string> Rows(IEnumerable<Sent> sent) => sent.Where(row => row.Ref.StartsWith("N-", StringComparison.Ordinal) && row.Kind == "check-in").Select(row => $"{row.At} {row.To} {row.Ref}").Order(StringComparer.Ordinal);
        Assert.Equal(["2026-03-18T12:00:00Z dana.reyes N-1", "2026-03-18T12:00:00Z imani.brooks N-1"], Rows(await hospital.MoveForAllAsync("2026-03-31T18:00")));
        (await hospital.As("imani.brooks").SeesAsync("How does it go with Desert Families Network?")).Says("hand a link on").Offers("Rate", "Link for the partner");
        (await dana.PressesAsync(await dana.SeesAsync("How does it go with Desert Families Network?"), "Rate", Scores(4), "N-1")).Done();

        // Nothing was done in the next quarter, so nobody is asked.
        Assert.Empty(Rows(await hospital.MoveForAllAsync("2026-07-10T18:00")));
    }
}
