using System.Globalization;
using EquityBot.Commitments;
using EquityBot.Escalation;
using EquityBot.Tests.Given;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Xunit.Abstractions;

namespace EquityBot.Tests.Tales;

/// <summary>A year of many random hospitals in memory, by the code that the engine runs. <c>EQUITYBOT_SOAK=1</c> lives other years than last time, <c>EQUITYBOT_SEED</c> one again.</summary>
public sealed class YearTests(ITestOutputHelper output)
{
    static readonly bool Soaks = Environment.GetEnvironmentVariable("EQUITYBOT_SOAK") == "1";
    static readonly int Hospitals = Soaks ? 2000 : 200;

    [Fact] // T6, T8, T10, P5
    public void After_a_year_every_case_has_ended_or_stands_where_its_schedule_says_and_nobody_heard_twice_a_day_or_out_of_hours()
    {
        var actions = Wiring.Unopened().GetServices<IEscalationAction>().ToDictionary(action => action.Kind);
        var given = int.TryParse(Environment.GetEnvironmentVariable("EQUITYBOT_SEED"), CultureInfo.InvariantCulture, out var seed);
        var first = given ? seed : Soaks ? Random.Shared.Next() : 1;
        var (messages, statuses, started) = (0, new Dictionary<CaseStatus, int>(), System.Diagnostics.Stopwatch.GetTimestamp());
        Console.WriteLine($"Years of EQUITYBOT_SEED={first} and on");
        for (var number = first; number < first + (given ? 1 : Hospitals); number++)
        {
            var hospital = new RandomHospital(number, actions);
            try
            {
                hospital.Live();
            }
            catch (InvalidOperationException noisy)
            {
                Assert.Fail($"EQUITYBOT_SEED={number}: {noisy.Message}");
            }

            var wrongs = Wrongs(hospital).ToList();
            Assert.True(wrongs.Count == 0, $"EQUITYBOT_SEED={number}\n{string.Join('\n', wrongs)}");
            messages += hospital.World.Sent.Count;
            foreach (var @case in hospital.World.Cases)
            {
                statuses[@case.Status] = statuses.GetValueOrDefault(@case.Status) + 1;
            }
        }

        output.WriteLine($"{messages} messages, {string.Join(", ", statuses.OrderBy(one => one.Key).Select(one => $"{one.Value} {one.Key}"))} in {System.Diagnostics.Stopwatch.GetElapsedTime(started).TotalSeconds:F1} s");
        Assert.All(Enum.GetValues<CaseStatus>(), status => Assert.True(given || statuses.GetValueOrDefault(status) > 0, $"No case is {status}: the stories tell too little."));
    }

    static IEnumerable<string> Wrongs(RandomHospital hospital)
    {
        var (world, roster, end) = (hospital.World, hospital.Roster, RandomHospital.Opens + Duration.FromDays(365));
        return
        [
            .. world.Sent.GroupBy(one => (one.RecipientId, one.On)).Where(day => day.Select(one => one.At).Distinct().Count() > 1).Select(day => $"two bundles to {roster[day.Key.RecipientId].Handle} on {day.Key.On}"),
            .. world.Sent.Where(one => !roster.HoursOf(roster[one.RecipientId]).IsOpen(one.At)).Select(one => $"{one.Trigger} to {roster[one.RecipientId].Handle} at {one.At}, outside their hours"),
            .. world.Sent.Where(one => roster[one.RecipientId].LeavesOn < one.On).Select(one => $"{one.Trigger} to {roster[one.RecipientId].Handle} at {one.At}, who has left"),
            .. world.Steps.Where(one => one.DeliveredOn is { } on && roster.Rests(roster[world.Cases.Single(other => other.Id == one.CaseId).OwnerId], on)).Select(one => $"step {one.Step} on {one.DeliveredOn}, while its department rests"),
            .. world.Cases.GroupBy(one => (one.AboutId, one.Line)).Where(same => same.Count(one => one.IsOpen) > 1).Select(same => $"two open cases on {same.Key.Line}"),
            .. world.Cases.SelectMany(one => OutOfOrder(one, world)),
            .. world.Cases.Where(one => one.IsOpen && !IsExplained(one, hospital, end)).Select(one => $"{one.Ref} about {one.AboutRef} is {one.Status} at {one.Next} of {one.PlanInForce.CaseSteps.Count}, pending {one.Pending}, next at {one.NextAt}"),
            .. world.Promises.Where(one => one.IsWatched && one.LookAt is null && one.WaitsSince is null).Select(one => $"{one.Ref} is {one.Status} and nobody looks at it"),
        ];
    }

    /// <summary>Open with a time to come, or where only a person or the board can move it.</summary>
    static bool IsExplained(EscalationCase @case, RandomHospital hospital, Instant end) => @case switch
    {
        { NextAt: { } at } => at > end,
        { Pending: not null } => hospital.World.Post.NextAt > end,
        { HeldSince: not null } => true,
        { Status: CaseStatus.Acknowledged } => hospital.World.Promises.Single(one => one.Id == @case.CommitmentId) is { LookAt: not null } or { WaitsSince: not null } or { Status: CommitmentStatus.DoneUnconfirmed },
        _ => NextStep.Of(@case.Position, @case.PlanInForce, @case.PlanInForce.CalendarFor(hospital.Roster[@case.OwnerId], hospital.Roster)) is null && (@case.Status == CaseStatus.Exhausted || @case.Trigger == Triggers.CheckIn),
    };

    /// <summary>Within one round each step comes after the one before it.</summary>
    static IEnumerable<string> OutOfOrder(EscalationCase @case, World world)
    {
        var arrived = world.Steps.Where(one => one.CaseId == @case.Id && one.DeliveredAt is not null).ToList();
        var backwards = arrived.Zip(arrived.Skip(1)).Count(pair => pair.Second.Trigger == pair.First.Trigger && pair.Second.Place < pair.First.Place);
        return backwards > @case.Round ? [$"{@case.Ref}: steps went back {backwards} times in {@case.Round} rounds"] : [];
    }
}
