using EquityBot.Doubles;

namespace EquityBot.Scenarios;

/// <summary>Who hears what and when, row by row, when nobody reacts. The rows were worked out by hand from the sample's calendars.</summary>
public sealed class LedgerStories
{
    static IEnumerable<string> Rows(IEnumerable<Sent> sent) =>
        sent.Where(row => row.Kind is "reminder" or "escalation").OrderBy(row => row.At, StringComparer.Ordinal).ThenBy(row => row.To, StringComparer.Ordinal).ThenBy(row => row.Ref, StringComparer.Ordinal).Select(row => row.ToString());

    // T1, T8, T10: both sites, people who work other days, holidays of the owner's and of the recipient's site, March 8 in New York.
    static readonly string[] Spring =
    [
        "2026-03-03T13:00:00Z dana.reyes reminder C-12 reminder sent",
        "2026-03-09T12:00:00Z dana.reyes escalation C-12 owner sent",
        "2026-03-09T15:00:00Z omar.haddad escalation C-13 owner sent",
        "2026-03-10T11:00:00Z thuy.nguyen reminder C-14 reminder sent",
        "2026-03-13T11:30:00Z anil.deshmukh escalation C-12 lead sent",
        "2026-03-13T14:00:00Z patricia.yazzie escalation C-13 lead sent",
        "2026-03-17T11:00:00Z thuy.nguyen escalation C-14 owner sent",
        "2026-03-20T12:00:00Z imani.brooks escalation C-12 officer sent",
        "2026-03-20T12:00:00Z imani.brooks escalation C-13 officer sent",
        "2026-03-23T12:00:00Z marcus.hale escalation C-14 lead sent",
        "2026-03-24T15:00:00Z roberta.begay reminder C-15 reminder sent",
        "2026-03-27T11:30:00Z colleen.fitzgerald escalation C-12 sponsor sent",
        "2026-03-27T11:30:00Z terrence.boyd escalation C-13 sponsor sent",
        "2026-03-30T12:00:00Z imani.brooks escalation C-14 officer sent",
        "2026-03-30T15:00:00Z roberta.begay escalation C-15 owner sent",
        "2026-04-06T11:30:00Z colleen.fitzgerald escalation C-15 lead sent",
        "2026-04-06T13:00:00Z ruth.okafor escalation C-12 board sent",
        "2026-04-06T13:00:00Z ruth.okafor escalation C-13 board sent",
        "2026-04-07T11:30:00Z colleen.fitzgerald escalation C-14 sponsor sent",
        "2026-04-13T12:00:00Z imani.brooks escalation C-15 officer sent",
        "2026-04-14T13:00:00Z ruth.okafor escalation C-14 board sent",
        "2026-04-20T11:30:00Z anil.deshmukh escalation C-15 sponsor sent",
        "2026-04-21T13:00:00Z samuel.lindqvist escalation C-12 board-deputy sent",
        "2026-04-21T13:00:00Z samuel.lindqvist escalation C-13 board-deputy sent",
        "2026-04-27T13:00:00Z ruth.okafor escalation C-15 board sent",
        "2026-04-29T13:00:00Z samuel.lindqvist escalation C-14 board-deputy sent",
        "2026-05-12T13:00:00Z samuel.lindqvist escalation C-15 board-deputy sent",
    ];

    static async Task PromiseInSpringAsync(Hospital hospital)
    {
        foreach (var (owner, day) in new[] { ("dana.reyes", "2026-03-06"), ("omar.haddad", "2026-03-05"), ("thuy.nguyen", "2026-03-13"), ("roberta.begay", "2026-03-27") })
        {
            await hospital.As(owner).PromisesAsync($"we'll offer an interpreter at every visit by {day}");
        }
    }

    [Theory, OnOneDatabase]
    public async Task Each_step_comes_once_on_a_working_day_within_the_hours_of_whoever_hears_it(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        await PromiseInSpringAsync(hospital);
        var sent = await hospital.MoveAsync("2026-06-30T17:00");
        Assert.Equal(Spring, Rows(sent));

        var together = sent.Where(row => row is { To: "imani.brooks", Ref: "C-12" or "C-13" }).Select(row => row.MessageId).Distinct();
        var bundle = (await hospital.As("imani.brooks").InboxAsync()).Single(message => message.Id == Assert.Single(together));
        Assert.Equal(["escalation C-12 officer", "escalation C-13 officer"], bundle.Items.Order());
        Assert.Equal("EquityBot: 2 items need you", bundle.Preview);
        Assert.Equal(Spring, Rows(await hospital.LedgerAsync()));
        foreach (var reference in new[] { "C-12", "C-13", "C-14", "C-15" })
        {
            Assert.Equal("exhausted", (await hospital.StateAsync(reference)).GetProperty("case").GetProperty("status").GetString());
        }
    }

    // T2: November 1 in New York; Phoenix has no such day. Veterans Day and Thanksgiving fall inside.
    [Theory, OnOneDatabase]
    public async Task The_end_of_daylight_saving_moves_no_local_hour(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        await hospital.MoveAsync("2026-10-12T09:00");
        await hospital.As("ben.kowalski").PromisesAsync("we'll offer a ride home by 2026-10-23");
        await hospital.As("joel.benally").PromisesAsync("we'll open on Saturdays by 2026-10-30");
        Assert.Equal(
            [
                "2026-10-20T11:00:00Z ben.kowalski reminder C-12 reminder sent",
                "2026-10-26T11:00:00Z ben.kowalski escalation C-12 owner sent",
                "2026-10-27T15:00:00Z joel.benally reminder C-13 reminder sent",
                "2026-10-30T12:00:00Z dana.reyes escalation C-12 lead sent",
                "2026-11-02T15:00:00Z joel.benally escalation C-13 owner sent",
                "2026-11-06T13:00:00Z imani.brooks escalation C-12 officer sent",
                "2026-11-06T15:00:00Z farah.siddiqui escalation C-13 lead sent",
                "2026-11-16T12:30:00Z colleen.fitzgerald escalation C-12 sponsor sent",
                "2026-11-16T13:00:00Z imani.brooks escalation C-13 officer sent",
                "2026-11-23T12:30:00Z terrence.boyd escalation C-13 sponsor sent",
                "2026-11-23T14:00:00Z ruth.okafor escalation C-12 board sent",
                "2026-12-01T14:00:00Z ruth.okafor escalation C-13 board sent",
                "2026-12-09T14:00:00Z samuel.lindqvist escalation C-12 board-deputy sent",
                "2026-12-16T14:00:00Z samuel.lindqvist escalation C-13 board-deputy sent",
            ],
            Rows(await hospital.MoveAsync("2026-12-18T17:00")));
    }

    /// <summary>A story with answers of every kind, on one database; returns all that was sent and all that anybody sees, without ids.</summary>
    static async Task<string> TellAsync(Engine engine, Func<Hospital, string, Task> move)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        await PromiseInSpringAsync(hospital);
        await move(hospital, "2026-03-10T10:00");
        await hospital.As("dana.reyes").SaysAsync("progress C-12 at risk: one shift is open");
        await hospital.As("omar.haddad").SaysAsync("acknowledge C-13 by March 18 because the form is late, need a printer");
        await move(hospital, "2026-03-18T10:00");
        await hospital.As("thuy.nguyen").SaysAsync("done C-14, see the rota");
        await move(hospital, "2026-03-20T10:00");
        await hospital.As("marcus.hale").SaysAsync("not yet C-14 because nights are open");
        await move(hospital, "2026-03-27T18:00");
        var story = string.Join('\n', (await hospital.LedgerAsync()).Select(row => row.ToString()).Order(StringComparer.Ordinal));
        foreach (var person in (await hospital.GetAsync("/practice/api/people")).GetProperty("people").EnumerateArray().Select(person => person.GetProperty("handle").GetString()!))
        {
            story += $"\n\n{person}\n" + string.Join('\n', (await hospital.As(person).InboxAsync()).Select(message => $"{message.At:O} {message.Rev} {message.State} {message.Text}").Order(StringComparer.Ordinal));
        }

        return story;
    }

    static Task Jump(Hospital hospital, string to) => hospital.MoveAsync(to);

    static async Task Tick(Hospital hospital, string to)
    {
        var until = (await hospital.GetAsync("/practice/api/clock")).GetProperty("now").GetDateTimeOffset();
        var end = TimeZoneInfo.ConvertTimeToUtc(DateTime.Parse(to, System.Globalization.CultureInfo.InvariantCulture), TimeZoneInfo.FindSystemTimeZoneById("America/New_York"));
        var hours = until.UtcDateTime < new DateTime(2026, 3, 17) ? 1 : 5;
        for (; until.UtcDateTime.AddHours(hours) <= end; until = until.AddHours(hours))
        {
            await hospital.MoveAsync($"PT{hours}H");
        }

        await hospital.MoveAsync(to);
    }

    [Fact]
    public async Task Both_databases_tell_the_same_story() => Assert.Equal(await TellAsync(Engine.Sqlite, Jump), await TellAsync(Engine.Postgres, Jump));

    [Theory, OnOneDatabase]
    public async Task Jumping_tells_the_same_story_as_ticking_by_the_hour(Engine engine) => Assert.Equal(await TellAsync(engine, Jump), await TellAsync(engine, Tick));

    // T6, T11
    [Theory, OnOneDatabase]
    public async Task After_six_weeks_without_power_everybody_hears_once_and_nobody_jumps_to_the_board(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        await PromiseInSpringAsync(hospital);
        await hospital.As("dana.reyes").PromisesAsync("we'll print the leaflet in Spanish by 2026-03-20");
        await hospital.As("dana.reyes").PromisesAsync("we'll print the leaflet in Hmong by 2026-04-15");

        var back = await hospital.MoveAsync("2026-04-13T09:00", outage: true);
        Assert.Equal(
            [
                "2026-04-13T13:00:00Z dana.reyes escalation C-12 owner sent",
                "2026-04-13T13:00:00Z dana.reyes escalation C-16 owner sent",
                "2026-04-13T13:00:00Z dana.reyes reminder C-17 reminder sent",
            ],
            Rows(back.Where(row => row.State == "sent")));
        Assert.Single(back.Where(row => row.State == "sent").Select(row => row.MessageId).Distinct());
        var bundle = await hospital.As("dana.reyes").SeesAsync("C-12", "C-16", "C-17");
        Assert.Equal(["escalation C-12 owner", "escalation C-16 owner", "reminder C-17 reminder"], bundle.Items);

        // The others were asleep or off at nine in New York; they hear the same morning or the next.
        Assert.Equal(
            [
                "2026-04-13T15:00:00Z omar.haddad escalation C-13 owner sent",
                "2026-04-13T15:00:00Z roberta.begay escalation C-15 owner sent",
                "2026-04-14T11:00:00Z thuy.nguyen escalation C-14 owner sent",
                "2026-04-16T12:00:00Z dana.reyes escalation C-17 owner sent",
                "2026-04-17T11:30:00Z anil.deshmukh escalation C-12 lead sent",
                "2026-04-17T11:30:00Z anil.deshmukh escalation C-16 lead sent",
                "2026-04-17T11:30:00Z colleen.fitzgerald escalation C-15 lead sent",
                "2026-04-17T14:00:00Z patricia.yazzie escalation C-13 lead sent",
                "2026-04-20T12:00:00Z marcus.hale escalation C-14 lead sent",
                "2026-04-22T11:30:00Z anil.deshmukh escalation C-17 lead sent",
                "2026-04-24T12:00:00Z imani.brooks escalation C-12 officer sent",
                "2026-04-24T12:00:00Z imani.brooks escalation C-13 officer sent",
                "2026-04-24T12:00:00Z imani.brooks escalation C-15 officer sent",
                "2026-04-24T12:00:00Z imani.brooks escalation C-16 officer sent",
            ],
            Rows(await hospital.MoveAsync("2026-04-24T17:00")));
        await hospital.As("ruth.okafor").HasSeenNothingAsync();
        Assert.Single((await hospital.MoveAsync("2026-05-08T17:00")).Where(row => row is { To: "ruth.okafor", Step: "board" }).Select(row => row.MessageId).Distinct());
    }
}
