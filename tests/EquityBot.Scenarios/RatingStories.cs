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

    static async Task RateAsync(Hospital hospital, string link, int trust, string comment = "", string factor = "")
    {
        using var visitor = new Visitor(hospital);
        await visitor.OpenAsync(link);
        await visitor.SubmitAsync("Send", ("v.trust", $"{trust}"), ("v.collaboration", "3"), ("v.learning", "3"), ("v.comment", comment), ("v.factor-1", factor));
        Assert.Equal((200, "Thank you"), (visitor.Status, visitor.Page.QuerySelector("h1")!.TextContent));
    }

    [Theory, OnOneDatabase]
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

    [Theory, OnOneDatabase]
    public async Task A_factor_that_was_named_stands_on_both_sides_forms_and_its_gap_is_flagged(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var officer = hospital.As("imani.brooks");
        (await hospital.As("mateo.vargas").SaysAsync("rating factor for Desert Families: say over money")).Says("Only whoever looks after that partner");
        (await officer.SaysAsync("rating factor for Desert Families: say over money")).Says("say over money stands on both sides' forms", "Also rated: say over money");
        (await officer.SaysAsync("add say over money as a rating factor for Desert Families")).Says("on the forms for Desert Families Network already");
        foreach (var handle in (string[])["dana.reyes", "mateo.vargas", "imani.brooks"])
        {
            var form = await hospital.As(handle).SaysAsync("rate Desert Families");
            Assert.Equal(["trust", "collaboration", "learning", "factor-1", "comment"], form.Asks("Rate"));
            (await hospital.As(handle).PressesAsync(form, "Rate", new { trust = "3", collaboration = "3", learning = "3" })).Done();
            await hospital.As(handle).PressesAsync(await hospital.As(handle).SaysAsync("rate Desert Families"), "Rate", new Dictionary<string, string> { ["trust"] = "3", ["collaboration"] = "3", ["learning"] = "3", ["factor-1"] = "5" });
        }

        foreach (var factor in (string[])["2", "2", ""])
        {
            await RateAsync(hospital, await LinkAsync(hospital), 3, factor: factor);
        }

        // Optional: three rated, but only two of them this.
        (await officer.LooksAtAsync("N-1")).Says("Partner (3)", "say over money").DoesNotSay("Worth a conversation");
        await RateAsync(hospital, await LinkAsync(hospital), 3, factor: "3");
        (await officer.LooksAtAsync("N-1")).Says("say over money: we say 5.0, the partner says 2.3. Worth a conversation.").DoesNotSay("Trust: we say");
        await officer.SeesAsync("The two sides see the work with Desert Families Network differently", "say over money");

        (await officer.SaysAsync("drop rating factor for Desert Families: say over money")).Says("no more", "2.3").DoesNotSay("Also rated");
        Assert.Equal(["trust", "collaboration", "learning", "comment"], (await hospital.As("dana.reyes").SaysAsync("rate Desert Families")).Asks("Rate"));
        (await officer.SaysAsync("drop rating factor for Desert Families: say over money")).Says("Nothing stands on the forms");
    }

    [Theory, OnOneDatabase]
    public async Task Comments_are_shown_without_a_name_from_three_raters_of_a_side_on_to_those_who_may_see_details(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var officer = hospital.As("imani.brooks");
        await RateAsync(hospital, await LinkAsync(hospital), 3, "Write to us sooner");
        await RateAsync(hospital, await LinkAsync(hospital), 3, "More evenings");
        (await officer.LooksAtAsync("N-1")).DoesNotSay("Write to us sooner", "More evenings");
        await RateAsync(hospital, await LinkAsync(hospital), 3);
        var card = await officer.LooksAtAsync("N-1");
        card.Says("In the partner's words, in no order:", "Write to us sooner", "More evenings").DoesNotSay("In our own words");
        Assert.True(card.Text.IndexOf("More evenings", StringComparison.Ordinal) < card.Text.IndexOf("Write to us sooner", StringComparison.Ordinal));
        (await hospital.As("dana.reyes").SaysAsync("show Desert Families")).Says("Partner (3)").DoesNotSay("Write to us sooner", "More evenings");

        // Our own side's pass the same screen.
        (await officer.PressesAsync(await officer.SaysAsync("rate Desert Families"), "Rate", new { trust = "3", collaboration = "3", learning = "3", comment = "call them at 617-555-0134" })).Was("refused");
        foreach (var handle in (string[])["dana.reyes", "mateo.vargas", "imani.brooks"])
        {
            await hospital.As(handle).PressesAsync(await hospital.As(handle).SaysAsync("rate Desert Families"), "Rate", new { trust = "3", collaboration = "3", learning = "3", comment = handle == "dana.reyes" ? "They know us by now" : "" });
        }

        (await officer.LooksAtAsync("N-1")).Says("In our own words, in no order:", "They know us by now").DoesNotSay("Dana Reyes");
    }

    [Theory, OnOneDatabase]
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

    [Theory, OnOneDatabase]
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

    [Theory, OnOneDatabase]
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
