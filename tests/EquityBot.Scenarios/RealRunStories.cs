using EquityBot.Channels.Browser;
using EquityBot.Chat;
using EquityBot.Doubles;
using EquityBot.Sweeps;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using NodaTime.Text;

namespace EquityBot.Scenarios;

/// <summary>The product without practice mode: what rings, sends and stops is what does so in a hospital.</summary>
public sealed class RealRunStories
{
    const string Promise = "we'll offer an interpreter at every discharge by 2026-03-06";
    static readonly Instant End = Instant.FromUtc(2026, 4, 22, 21, 0);

    [Theory, OnBothDatabases]
    public async Task Rung_by_the_machine_the_first_story_is_the_one_that_practice_tells(Engine engine)
    {
        await using var rehearsal = await Rehearsal.OpenAsync(engine);
        var promise = await rehearsal.PromisesAsync("dana.reyes", Promise);
        await rehearsal.PassToAsync(End);

        await using var practice = await Hospital.OpenAsync(engine);
        Assert.Equal(await practice.As("dana.reyes").PromisesAsync(Promise), promise);
        await practice.MoveAsync("2026-04-22T17:00");
        var zones = (await practice.GetAsync("/practice/api/people")).GetProperty("people").EnumerateArray()
            .ToDictionary(person => person.GetProperty("handle").GetString()!, person => DateTimeZoneProviders.Tzdb[person.GetProperty("zone").GetString()!]);
        var told = (await practice.RowsAsync()).Select(row => $"{row.To} {row.Kind} {row.Ref} {row.Step} {row.State} {Day(row.At is null ? null : InstantPattern.General.Parse(row.At).Value, row.To)}");
        var ledger = await rehearsal.LedgerAsync();
        Assert.Equal(told.Order(StringComparer.Ordinal), ledger.Select(row => $"{row.To} {PracticeWord(row.Kind)} {row.Ref} {row.Step} {row.State} {Day(row.At, row.To)}").Order(StringComparer.Ordinal));
        Assert.Contains(ledger, row => row is { To: "ruth.okafor", Step: "board", State: "sent" });

        // What the platform took is what the ledger says was sent, to whom and on which day, each message once.
        Assert.Equal(
            ledger.Where(row => row.State == "sent").Select(row => $"{row.MessageId} {row.To} {Day(row.At, row.To)}").Distinct().Order(StringComparer.Ordinal),
            rehearsal.Recorder.Taken.Select(one => $"{one.Message.MessageId} {one.Message.Address} {Day(one.At, one.Message.Address)}").Order(StringComparer.Ordinal));

        string Day(Instant? at, string handle) => at is null ? "" : LocalDatePattern.Iso.Format(at.Value.InZone(zones[handle]).Date);
    }

    static string PracticeWord(MessageKind kind) => kind == MessageKind.CheckIn ? "check-in" : kind.ToString().ToLowerInvariant();

    [Theory, OnBothDatabases]
    public async Task Stopped_while_a_message_is_on_its_way_it_waits_for_it_and_leaves_nothing_half_done(Engine engine)
    {
        await using var rehearsal = await Rehearsal.OpenAsync(engine);
        await rehearsal.PromisesAsync("dana.reyes", Promise);
        var onItsWay = rehearsal.Recorder.HoldNext();
        var passing = rehearsal.PassToAsync(Instant.FromUtc(2026, 3, 3, 21, 0));
        await onItsWay;
        var stopping = rehearsal.StopAsync();
        Assert.False(stopping.IsCompleted);
        rehearsal.Recorder.Release();
        await stopping;
        await passing;

        await using var everywhere = rehearsal.Afterwards.AcrossOrganizations();
        Assert.Equal([DeliveryState.Sent], await everywhere.Rows<Delivery>().Select(one => one.State).Distinct().ToListAsync());
        Assert.Single(rehearsal.Recorder.Taken);
    }

    [Fact]
    public async Task A_sweep_in_trouble_is_told_to_whoever_asks_whether_all_is_ready_and_stops_nobody()
    {
        await using var rehearsal = await Rehearsal.OpenAsync(Engine.Postgres, bell: false);
        Assert.Equal((200, "ok", "ok"), await ReadyAsync());
        var incident = Guid.NewGuid();
        await KeepAsync(SweepOutcome.Failed, incident);
        Assert.Equal((200, "degraded", $"due failed (incident {incident}) at 2026-03-02T14:00:00Z"), await ReadyAsync());
        await KeepAsync(SweepOutcome.Finished, null);
        Assert.Equal((200, "ok", "ok"), await ReadyAsync());

        Task KeepAsync(SweepOutcome outcome, Guid? id) => rehearsal.Get<SweepHistory>().KeepAsync(
            new SweepRun { Sweep = "due", StartedAt = rehearsal.Now, EndedAt = rehearsal.Now, Done = 0, Failed = 0, Outcome = outcome, Incident = id }, CancellationToken.None);

        async Task<(int, string?, string?)> ReadyAsync()
        {
            var answer = await rehearsal.AskAsync("/readyz");
            var check = answer.Json.GetProperty("checks").EnumerateArray().Single(one => one.GetProperty("name").GetString() == "sweeps");
            return (answer.Status, answer.Json.GetProperty("status").GetString(), check.GetProperty(check.GetProperty("status").GetString() == "ok" ? "status" : "detail").GetString());
        }
    }
}
