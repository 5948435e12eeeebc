using EquityBot.Doubles;

namespace EquityBot.Scenarios;

/// <summary>What was done with partners, told in one message; what follows from it; and agreements that end.</summary>
public sealed class PartnershipStories
{
    // Monday, March 2, 2026, nine in the morning.
    [Theory, OnOneDatabase]
    public async Task One_message_and_one_tap_log_what_was_done(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var dana = hospital.As("dana.reyes");
        var draft = await dana.SaysAsync("met with Desert Families Network yesterday, 12 people, they invited us, they decided the opening hours");
        draft.Says("Desert Families Network", "Sunday, March 1", "12", "Community-led: the opening hours", "The partner").Offers("Confirm", "Edit");
        var receipt = (await dana.PressesAsync(draft, "Confirm")).Done();
        receipt.Says("P-1 is logged", "Community-led: the opening hours").DoesNotOffer("Us").Offers("Follow up", "Show");
        Assert.Equal("P-1", receipt.Ref);
        (await dana.SaysAsync("show Desert Families")).Says("One thing done together", "P-1, Sunday, March 1: Meeting attended, Community-led", "Looked after by", "Imani Brooks");
        (await dana.SaysAsync("our partners")).Says("4 partners", "Last together on Sunday, March 1.", "Nothing logged yet. · agreement until Wednesday, June 30, 2027");
        Assert.Equal("repeat", (await dana.PressesAsync(draft, "Confirm")).Outcome);
    }

    [Theory, OnOneDatabase]
    public async Task Who_had_the_say_and_who_started_it_are_a_tap_each_where_the_sentence_left_them_open(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var mateo = hospital.As("mateo.vargas");
        var draft = await mateo.SaysAsync("called the county health department on February 26 about the needs assessment");
        draft.Says("Riverbend County Health Department", "Thursday, February 26", "Joint needs assessment", "Who had the say?").Offers("Informed", "Consulted", "Decided together", "Community-led", "Edit").DoesNotOffer("Confirm");

        // Where the community decides, the decision is asked for.
        Assert.Equal(["decision"], draft.Asks("Decided together"));
        Assert.Empty(draft.Asks("Consulted"));
        (await mateo.PressesAsync(draft, "Community-led", new { decision = " " })).Was("refused");
        var receipt = (await mateo.PressesAsync(draft, "Consulted")).Done();
        receipt.Says("P-1 is logged", "Consulted", "Who started it?");
        (await mateo.PressesAsync(receipt, "Both")).Done().Says("Started by", "Both").DoesNotSay("Corrected");
    }

    [Theory, OnOneDatabase]
    public async Task A_partner_that_may_be_one_of_two_becomes_two_buttons_and_an_unknown_one_may_be_new(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var dana = hospital.As("dana.reyes");
        await dana.SaysAsync("new partner Eastside Food Bank");
        await dana.SaysAsync("new partner Westside Food Bank");
        var which = await dana.SaysAsync("met with the food bank on Friday, we agreed on two pick-up days");
        which.Says("Which partner is “food bank”?").Offers("Eastside Food Bank", "Westside Food Bank");
        (await dana.PressesAsync(which, "Westside Food Bank")).Done().Says("P-1 is logged", "Westside Food Bank", "Decided together: two pick-up days", "Friday, February 27");
        (await dana.SaysAsync("met with Eastsid on Friday, 3 people")).Says("Eastside Food Bank");

        var unknown = await dana.SaysAsync("met with Northside Legal Aid, 3 people, told them about the plan");
        unknown.Says("I know no partner “Northside Legal Aid”").Offers("New partner: Northside Legal Aid");
        Assert.Equal(3, unknown.Titles.Count);
        (await dana.PressesAsync(unknown, "New partner: Northside Legal Aid")).Done().Says("P-2 is logged", "Northside Legal Aid", "Informed");
        (await dana.SaysAsync("show Northside")).Says("Northside Legal Aid", "Looked after by", "you");
    }

    [Theory, OnOneDatabase]
    public async Task A_day_to_come_a_name_and_a_record_number_are_refused_in_words_and_not_kept(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var dana = hospital.As("dana.reyes");
        (await dana.SaysAsync("met with Desert Families tomorrow")).Says("Tuesday, March 3, 2026 is still to come");
        (await dana.SaysAsync("met with Desert Families, resident Maria Gomez spoke about the bus")).Says("I keep counts, never names");
        (await dana.SaysAsync("met with Desert Families about MRN 12345678")).Says("I have not kept that");
        Assert.DoesNotContain(await hospital.StoredTextsAsync(), text => text.Contains("Gomez", StringComparison.Ordinal));
        var draft = await dana.SaysAsync("met with Desert Families last week");
        draft.Says("On which day was it?");
        Assert.Equal(["on"], draft.Asks("Consulted"));
        (await dana.PressesAsync(draft, "Consulted", new { on = "2026-03-03" })).Was("refused").Says("still to come");
        (await dana.PressesAsync(draft, "Consulted", new { on = "2026-02-24" })).Done().Says("Tuesday, February 24");
        (await hospital.As("hannah.adler").SaysAsync("met with Desert Families, told them about the plan")).Says("Work with partners is logged by departments");
    }

    [Theory, OnOneDatabase]
    public async Task A_correction_is_added_and_what_it_said_before_stays(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var dana = hospital.As("dana.reyes");
        await dana.PressesAsync(await dana.SaysAsync("met with Desert Families yesterday, 12 people, told them about the plan"), "Confirm");
        var card = await dana.SaysAsync("correct P-1");

        // A form's values are screened, and an id may look like a record number.
        Assert.All(card.Action("Correct").GetProperty("inputs")[0].GetProperty("choices").EnumerateArray(), choice => Assert.StartsWith("N-", choice.GetProperty("value").GetString()!, StringComparison.Ordinal));
        (await dana.PressesAsync(card, "Correct", new { people = "many", reason = "a slip" })).Was("refused").Says("is no count of people");
        (await dana.PressesAsync(card, "Correct", new { people = "21", power = "CoDecided", reason = "numbers swapped" })).Was("refused").Says("needs the decision");
        (await dana.PressesAsync(card, "Correct", new { people = "21", reason = "numbers swapped" })).Done().Says("21", "Corrected by you on Monday, March 2: numbers swapped", "People: 12", "Who had the say: Informed");
        (await hospital.As("ben.kowalski").LooksAtAsync("P-1")).Says("Corrected by Dana Reyes").DoesNotOffer("Correct");
        (await hospital.As("imani.brooks").LooksAtAsync("P-1")).Offers("Correct");

        // Whoever had the card open before is shown what changed.
        (await dana.PressesAsync(card, "Correct", new { people = "22", reason = "again" })).Was("repeat");
    }

    [Theory, OnOneDatabase]
    public async Task A_follow_up_is_one_message_and_reminds_in_the_morning_bundle(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var dana = hospital.As("dana.reyes");
        var noted = await dana.SaysAsync("follow up with Desert Families by March 12: send the draft MOU");
        noted.Says("F-1 is noted", "Desert Families Network", "Thursday, March 12").Offers("Done", "Another day", "Drop");
        static IEnumerable<string> Rows(IEnumerable<Sent> sent) => sent.Where(row => row.Ref == "F-1").Select(row => $"{row.At} {row.To} {row.Kind} {row.State}");
        Assert.Equal(["2026-03-11T12:00:00Z dana.reyes reminder sent"], Rows(await hospital.MoveForAllAsync("2026-03-12T18:00")));
        (await dana.SeesAsync("F-1 is due Thursday, March 12")).Says("Send the draft MOU");
        Assert.Equal(["2026-03-13T12:00:00Z dana.reyes reminder sent", "2026-03-20T12:00:00Z dana.reyes reminder sent"], Rows(await hospital.MoveForAllAsync("2026-04-30T18:00")));
        var late = await dana.SeesAsync("F-1 was due Thursday, March 12");
        (await dana.SaysAsync("my follow-ups")).Says("One follow-up is yours", "Send the draft MOU");
        (await hospital.As("ben.kowalski").SaysAsync("F-1 done")).Says("somebody else's");
        (await dana.PressesAsync(late, "Done", reference: "F-1")).Done().Says("Done");
        (await dana.SaysAsync("my follow-ups")).Says("No follow-up is open");
        (await dana.SaysAsync("F-1 done")).Says("closed already");
    }

    [Theory, OnOneDatabase]
    public async Task A_follow_up_can_be_moved_and_its_day_may_be_read_in_two_ways(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var dana = hospital.As("dana.reyes");
        var either = await dana.SaysAsync("follow up with Desert Families by next Friday: call the director");
        either.Says("Which day do you mean?").Offers("Friday, March 13, 2026", "Friday, March 6, 2026");
        (await dana.PressesAsync(either, "Friday, March 6, 2026")).Done().Says("F-1 is noted", "Friday, March 6");
        (await dana.SaysAsync("move F-1 to March 20")).Says("Friday, March 20");
        Assert.DoesNotContain(await hospital.MoveForAllAsync("2026-03-18T18:00"), row => row.Ref == "F-1");

        // Away without a delegate: the lead hears, here the lead is Dana's own supervisor's officer.
        await hospital.PostAsync("/practice/api/people/dana.reyes", new { awayUntil = "2026-03-27", @delegate = "aisha.rahman" });
        Assert.Equal(["aisha.rahman"], (await hospital.MoveForAllAsync("2026-03-20T06:00")).Where(row => row.Ref == "F-1").Select(row => row.To));
        var form = await dana.SaysAsync("follow up with Desert Families");
        Assert.Equal(["what", "due"], form.Asks("Confirm"));
        (await dana.PressesAsync(form, "Confirm", new { what = "send the minutes", due = "2026-03-01" })).Was("refused").Says("has passed");
        (await dana.PressesAsync(form, "Confirm", new { what = "send the minutes", due = "2026-04-01" })).Done().Says("F-2 is noted");
    }

    [Theory, OnOneDatabase]
    public async Task An_agreement_that_ends_is_reminded_of_and_renewed_with_a_tap_and_a_date(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var officer = hospital.As("imani.brooks");
        static IEnumerable<string> Rows(IEnumerable<Sent> sent) => sent.Where(row => row.Ref == "N-1").Select(row => $"{row.At} {row.To} {row.Kind}");
        // Desert Families Network, until September 30: sixty days before is a Saturday.
        Assert.Equal(["2026-08-03T12:00:00Z imani.brooks reminder"], Rows(await hospital.MoveForAllAsync("2026-08-04T18:00")));
        var reminder = await officer.SeesAsync("The agreement with Desert Families Network ends on Wednesday, September 30");
        (await officer.PressesAsync(reminder, "Renewed", new { until = "2026-01-31" }, "N-1")).Was("refused").Says("is no day that an agreement can end on");
        (await officer.PressesAsync(reminder, "Renewed", new { until = "2027-09-30" }, "N-1")).Done().Says("until Thursday, September 30, 2027");
        Assert.Empty(Rows(await hospital.MoveForAllAsync("2026-12-31T18:00")));

        // The others' end unrenewed, and the one that is funded says so.
        (await officer.LooksAtAsync("N-4")).DoesNotSay("agreement ended");
        await hospital.MoveForAllAsync("2027-01-04T18:00");
        (await officer.SeesAsync("The agreement with Two Rivers Health Equity Collaborative ended")).Says("We fund this partner");
        (await officer.LooksAtAsync("N-4")).Says("The agreement ended on Thursday, December 31, 2026");
    }

    [Theory, OnOneDatabase]
    public async Task A_partner_that_is_funded_without_an_agreement_needs_a_word_on_why(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var officer = hospital.As("imani.brooks");
        var card = await officer.SaysAsync("show Saguaro Bend");
        (await officer.PressesAsync(card, "Edit", new { funded = "yes" })).Was("refused").Says("needs an agreement with its last day, or a note on why");
        (await officer.PressesAsync(card, "Edit", new { funded = "yes", note = "paid by a grant of the state" })).Done().Says("Why there is no agreement: paid by a grant of the state");
        (await officer.SaysAsync("agreement with Saguaro Bend until June 30, 2027")).Says("until Wednesday, June 30, 2027");
        (await hospital.As("ben.kowalski").SaysAsync("agreement with Saguaro Bend until June 30, 2028")).Says("Only whoever looks after that partner");
        (await hospital.As("ben.kowalski").SaysAsync("show Saguaro Bend")).DoesNotOffer("Edit", "Renewed", "Link for the partner").Offers("Rate", "Follow up");
    }
}
