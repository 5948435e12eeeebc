using System.Diagnostics;
using System.Globalization;
using EquityBot.Chat;
using EquityBot.Commitments;
using EquityBot.Doubles;
using EquityBot.Escalation;
using EquityBot.People;
using EquityBot.Storage;
using EquityBot.Tests.Given;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Xunit.Abstractions;

namespace EquityBot.Tests.Tales;

/// <summary>
/// Random hospitals live on the databases, by the whole engine: sweeps, writers, postman and switchboard. Shortened; <c>EQUITYBOT_SOAK=1</c> lives ten years, half
/// of them on each database, and <c>EQUITYBOT_SEED</c> one again.
/// </summary>
public sealed class DatabaseYearTests(ITestOutputHelper output)
{
    static readonly bool Soaks = Environment.GetEnvironmentVariable("EQUITYBOT_SOAK") == "1";
    static readonly int Days = Soaks ? 365 : 28;
    static readonly int Years = Soaks ? 5 : 1;

    [Theory, OnBothDatabases] // T6, T8, T10, P5
    public async Task After_a_year_on_a_database_every_case_has_ended_or_stands_where_its_schedule_says_and_nobody_heard_twice_a_day_or_out_of_hours(Engine engine)
    {
        var given = int.TryParse(Environment.GetEnvironmentVariable("EQUITYBOT_SEED"), CultureInfo.InvariantCulture, out var seed);
        for (var year = 0; year < (given ? 1 : Years); year++)
        {
            var story = RandomStory.Lasting(Days, given ? seed : Soaks ? Random.Shared.Next() : 7);
            Console.WriteLine($"{Days} days on {engine} of EQUITYBOT_SEED={story.Seed}");
            var started = Stopwatch.GetTimestamp();
            await using var telling = await Telling.OpenAsync(story, engine);
            await telling.JumpAsync();
            var wrongs = (await Wrongs.OfAsync(story, telling)).Concat(await UnexplainedAsync(story, telling)).ToList();
            Assert.True(wrongs.Count == 0, $"EQUITYBOT_SEED={story.Seed}\n{string.Join('\n', wrongs)}");
            await using var db = telling.Read();
            var statuses = (await db.Set<EscalationCase>().Select(one => one.Status).ToListAsync()).GroupBy(one => one).OrderBy(one => one.Key).Select(one => $"{one.Count()} {one.Key}").ToList();
            Console.WriteLine($"{await db.Set<Commitment>().CountAsync()} promises, {telling.Letters.All.Count} letters, {string.Join(", ", statuses)} in {Stopwatch.GetElapsedTime(started).TotalSeconds:F0} s");
            output.WriteLine($"EQUITYBOT_SEED={story.Seed}: {string.Join(", ", statuses)}");
            Assert.NotEmpty(statuses);
        }
    }

    static async Task<IEnumerable<string>> UnexplainedAsync(RandomStory story, Telling telling)
    {
        await using var db = telling.Read();
        var roster = await Roster.LoadAsync(db, CancellationToken.None);
        var promises = await db.Set<Commitment>().ToDictionaryAsync(one => one.Id);
        var cases = await db.Set<EscalationCase>().ToListAsync();
        var missed = (await db.Set<CommitmentEvent>().Where(one => one.What == "missed").Select(one => new { one.CommitmentId, one.OldDue }).ToListAsync()).Select(one => (one.CommitmentId, one.OldDue)).ToHashSet();
        var waiting = await (
            from notice in db.Set<Notice>()
            join delivery in db.Set<Delivery>() on notice.DeliveryId equals delivery.Id into found
            from delivery in found.DefaultIfEmpty()
            where notice.SupersededAt == null
            select new { notice.Id, Next = notice.DeliveryId == null ? notice.NotBefore : notice.FollowUpAt ?? delivery.NextAt }).ToDictionaryAsync(one => one.Id, one => one.Next);
        var steps = (await db.Set<CaseStep>().Where(one => one.DeliveredAt != null).OrderBy(one => one.Seq).ToListAsync()).ToLookup(one => one.CaseId);
        return
        [
            .. cases.Where(one => one.IsOpen && !IsExplained(one)).Select(one => $"{one.Ref} about {one.AboutRef} is {one.Status} at {one.Next} of {one.PlanInForce.CaseSteps.Count}, pending {one.Pending}, next at {one.NextAt}"),
            .. cases.GroupBy(one => (one.AboutId, one.Line)).Where(same => same.Count(one => one.IsOpen) > 1).Select(same => $"two open cases on {same.Key.Line}"),
            .. cases.SelectMany(one => OutOfOrder(one, [.. steps[one.Id]])),
            .. promises.Values.Where(one => one.IsWatched && one.LookAt is null && one.WaitsSince is null && !missed.Contains((one.Id, one.Due))).Select(one => $"{one.Ref} is {one.Status} and nobody looks at it"),
        ];

        // Open with a time to come, or where only a person or the board can move it.
        bool IsExplained(EscalationCase @case) => @case switch
        {
            { NextAt: { } at } => at > story.Town.End,
            { Pending: { } pending } => waiting.GetValueOrDefault(pending) > story.Town.End,
            { HeldSince: not null } => true,
            { Status: CaseStatus.Acknowledged } => promises[@case.CommitmentId!.Value] is { LookAt: not null } or { WaitsSince: not null } or { Status: CommitmentStatus.DoneUnconfirmed },
            _ => NextStep.Of(@case.Position, @case.PlanInForce, @case.PlanInForce.CalendarFor(roster[@case.OwnerId], roster)) is null && (@case.Status == CaseStatus.Exhausted || @case.Trigger == Triggers.CheckIn),
        };
    }

    /// <summary>Within one round each step comes after the one before it.</summary>
    static IEnumerable<string> OutOfOrder(EscalationCase @case, IReadOnlyList<CaseStep> arrived)
    {
        var backwards = arrived.Zip(arrived.Skip(1)).Count(pair => pair.Second.Trigger == pair.First.Trigger && pair.Second.Place < pair.First.Place);
        return backwards > @case.Round ? [$"{@case.Ref}: steps went back {backwards} times in {@case.Round} rounds"] : [];
    }
}
