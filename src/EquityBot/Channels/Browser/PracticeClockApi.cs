using System.Text.Json.Serialization;
using NodaTime;
using NodaTime.Text;

namespace EquityBot.Channels.Browser;

/// <summary>Reading and moving the clock, and starting over.</summary>
static class PracticeClockApi
{
    static readonly LocalDateTimePattern[] Times =
    [
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm"),
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm:ss"),
        LocalDateTimePattern.ExtendedIso,
    ];

    static readonly LocalDate Earliest = new(1900, 1, 1);
    static readonly LocalDate Furthest = new(2100, 1, 1);

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/clock", async (Desk desk, CancellationToken ct) => PracticeJson.Answer(await desk.ShowAsync(await desk.SentAsync(ct), ct)));
        api.MapPost("/clock", MoveAsync);
        api.MapPost("/reset", async (Desk desk, CancellationToken ct) =>
        {
            await desk.Driver.StartOverAsync(desk.Sample.ResetAsync);
            return PracticeJson.Answer(await desk.ShowAsync(await desk.SentAsync(ct), ct));
        });
    }

    /// <summary>What the three calls need.</summary>
    internal sealed class Desk(PracticeSample sample, PracticeDriver driver, PracticeClock clock, PracticeLedger ledger, PracticePeople people)
    {
        public PracticeSample Sample => sample;

        public PracticeDriver Driver => driver;

        public PracticeClock Clock => clock;

        public async Task<DateTimeZone> ZoneAsync(CancellationToken ct) => (await people.RosterAsync(sample.Organization, ct)).Zone;

        public Task<IReadOnlyList<SentRow>> SentAsync(CancellationToken ct) => ledger.ReadAsync(sample.Organization, ct);

        public async Task<object> ShowAsync(IEnumerable<SentRow> sent, CancellationToken ct) => new Shown(
            PracticeJson.Utc(clock.Now)!,
            (await ZoneAsync(ct)).Id,
            PracticeJson.Utc(await driver.NextDueAsync(ct)),
            [.. sent.Select(row => new ShownRow(PracticeJson.Utc(row.At), row.To, PracticeJson.Word(row.Kind), row.Ref, row.Step, row.MessageId?.ToString("N"), row.State))]);
    }

    sealed record Shown(string Now, string Zone, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? NextDue, IReadOnlyList<ShownRow> Sent);

    sealed record ShownRow([property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? At, string To, string Kind, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Ref, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Step, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? MessageId, string State);

    sealed record Move(string? Advance, string? To, bool Outage);

    static async Task<IResult> MoveAsync(HttpRequest request, Desk desk, CancellationToken ct)
    {
        var (move, problem) = await PracticeBody.ReadAsync<Move>(request, ct);
        if (problem is not null)
        {
            return problem;
        }

        var zone = await desk.ZoneAsync(ct);
        if (Target(move!, desk.Clock.Now, zone) is not { } target)
        {
            return PracticeJson.Problem(400, "Where to?", "Send {\"advance\": \"P3D\"} or {\"to\": \"2026-03-20T09:00\"}, up to the year 2100.");
        }

        var before = (await desk.SentAsync(ct)).ToDictionary(row => row.Seq);
        if (!await desk.Driver.MoveAsync(target, move!.Outage))
        {
            return PracticeJson.Problem(409, "Backwards", "The clock only goes forwards; reset starts over.");
        }

        return PracticeJson.Answer(await desk.ShowAsync((await desk.SentAsync(ct)).Where(row => !before.TryGetValue(row.Seq, out var known) || known != row), ct));
    }

    /// <summary>Null where the sum lies outside any calendar.</summary>
    static LocalDateTime? Later(LocalDateTime now, Period period)
    {
        try
        {
            return now + period;
        }
        catch (Exception outside) when (outside is OverflowException or ArgumentOutOfRangeException)
        {
            return null;
        }
    }

    static Instant? Target(Move move, Instant now, DateTimeZone zone)
    {
        if (move.Advance is null == move.To is null)
        {
            return null;
        }

        LocalDateTime? local = null;
        if (move.Advance is { } advance)
        {
            var period = PeriodPattern.NormalizingIso.Parse(advance);
            local = period.Success ? Later(now.InZone(zone).LocalDateTime, period.Value) : null;
        }
        else
        {
            local = Times.Select(pattern => pattern.Parse(move.To!)).FirstOrDefault(parsed => parsed.Success)?.Value;
        }

        return local is { } target && target.Date < Furthest && target.Date > Earliest ? zone.AtLeniently(target).ToInstant() : null;
    }
}
