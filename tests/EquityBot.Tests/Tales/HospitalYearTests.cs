using System.Diagnostics;
using System.Globalization;
using EquityBot.Chat;
using EquityBot.Commitments;
using EquityBot.Cycles;
using EquityBot.Doubles;
using EquityBot.Escalation;
using EquityBot.Goals;
using EquityBot.Partnerships;
using EquityBot.People;
using EquityBot.Storage;
using EquityBot.Sweeps;
using EquityBot.Tests.Given;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Xunit.Abstractions;

namespace EquityBot.Tests.Tales;

/// <summary>
/// The sample hospital through four quarters, with all that its people can say. Asked after each of its days: one open update a promise, one bundle a person,
/// no reminder of what was answered, nothing lost. Shortened; <c>EQUITYBOT_SOAK=1</c> lives the whole year, <c>EQUITYBOT_SEED</c> another one.
/// </summary>
public sealed class HospitalYearTests(ITestOutputHelper output)
{
    static readonly int Days = Environment.GetEnvironmentVariable("EQUITYBOT_SOAK") == "1" ? 365 : 20;

    [Theory, OnBothDatabases] // R1, T8, T10
    public async Task After_each_day_of_a_year_nobody_was_asked_twice_and_nothing_is_lost(Engine engine)
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("EQUITYBOT_SEED"), CultureInfo.InvariantCulture, out var given) ? given : 1;
        var started = Stopwatch.GetTimestamp();
        await using var hospital = await Riverbend.OpenAsync(engine);
        var year = new HospitalYear(hospital, seed, Days);
        var seen = new Seen();
        await year.LiveAsync(async day =>
        {
            var wrongs = await WrongsAsync(hospital, year, seen);
            Assert.True(wrongs.Count == 0, $"EQUITYBOT_SEED={seed}, {HospitalYear.FirstDay.PlusDays(day)}\n{string.Join('\n', wrongs)}");
        });
        await using var db = hospital.Read();
        var (promises, checkIns, goals) = (await db.Set<Commitment>().CountAsync(), await db.Set<CheckIn>().CountAsync(), await db.Set<SmartGoal>().CountAsync());
        var (activities, cases, seconds) = (await db.Set<PartnershipActivity>().CountAsync(), await db.Set<EscalationCase>().CountAsync(), Stopwatch.GetElapsedTime(started).TotalSeconds);
        var told = $"{Days} days of Riverbend on {engine}, EQUITYBOT_SEED={seed}: {promises} promises, {checkIns} check-ins, {goals} goals, {activities} activities, {cases} cases, {hospital.Letters.Count} letters in {seconds:F0} s";
        Console.WriteLine(told);
        output.WriteLine(told);
        Assert.NotEmpty(year.Promised);
        Assert.NotEmpty(year.Reported);
        Assert.NotEmpty(year.Met);
    }

    /// <summary>How far the days before have been looked through.</summary>
    sealed class Seen
    {
        public int Letters { get; set; }

        public int Promised { get; set; }

        public int Reported { get; set; }

        public int Met { get; set; }
    }

    static async Task<IReadOnlyList<string>> WrongsAsync(Riverbend hospital, HospitalYear year, Seen seen)
    {
        await using var db = hospital.Read();
        var roster = await Roster.LoadAsync(db, CancellationToken.None);
        var promises = await db.Set<Commitment>().AsNoTracking().ToListAsync();
        IReadOnlyList<string> wrongs =
        [
            .. await AskedTwiceAsync(db),
            .. await SentWronglyAsync(db, roster, [.. hospital.Letters.Skip(seen.Letters)]),
            .. await LostAsync(db, promises, [.. year.Promised.Skip(seen.Promised)], [.. year.Reported.Skip(seen.Reported)], [.. year.Met.Skip(seen.Met)]),
            .. await LeftLyingAsync(db, roster, promises, hospital.Clock.Now),
        ];
        (seen.Letters, seen.Promised, seen.Reported, seen.Met) = (hospital.Letters.Count, year.Promised.Count, year.Reported.Count, year.Met.Count);
        return wrongs;
    }

    static async Task<IEnumerable<string>> AskedTwiceAsync(EquityDb db)
    {
        var open = await db.Set<CheckIn>().Where(one => one.LookAt != null).GroupBy(one => one.CommitmentId).Where(same => same.Count() > 1).Select(same => same.Key).ToListAsync();
        var periods = await db.Set<CheckIn>().GroupBy(one => new { one.CommitmentId, one.Period }).Where(same => same.Count() > 1).Select(same => same.Key.CommitmentId).ToListAsync();
        return [.. open.Select(one => $"two open updates of {one}"), .. periods.Select(one => $"two updates of {one} for one period")];
    }

    static async Task<IEnumerable<string>> SentWronglyAsync(EquityDb db, Roster roster, IReadOnlyList<Arrived> letters)
    {
        var ids = letters.Select(one => one.MessageId).ToList();
        var deliveries = await db.Set<Delivery>().AsNoTracking().Where(one => one.MessageId != null && ids.Contains(one.MessageId.Value)).ToDictionaryAsync(one => one.MessageId!.Value);
        var carried = deliveries.Values.Select(one => one.Id).ToList();
        var asked = await (
            from notice in db.Set<Notice>()
            join checkIn in db.Set<CheckIn>() on notice.SubjectId equals checkIn.Id
            where notice.Trigger == CheckInNotice.Name && notice.DeliveryId != null && carried.Contains(notice.DeliveryId.Value) && checkIn.AnsweredAt != null
            select new { notice.DeliveryId, notice.Ref, checkIn.Period, checkIn.AnsweredAt }).ToListAsync();
        var at = letters.Where(one => deliveries.ContainsKey(one.MessageId)).ToLookup(one => deliveries[one.MessageId].Id, one => one.At);
        return
        [
            .. letters.Where(one => deliveries.GetValueOrDefault(one.MessageId) is { Slot: "morning" }).GroupBy(one => (one.To, Day: one.At.InZone(roster.ZoneOf(roster.ByHandle(one.To)!)).Date)).Where(day => day.Count() > 1).Select(day => $"{day.Count()} bundles to {day.Key.To} on {day.Key.Day}"),
            .. letters.Where(one => deliveries.GetValueOrDefault(one.MessageId) is { Slot: "morning" } && !roster.HoursOf(roster.ByHandle(one.To)!).IsOpen(one.At)).Select(one => $"a bundle to {one.To} at {one.At}, outside their hours"),
            .. letters.GroupBy(one => one.MessageId).Where(same => same.Count() > 1).Select(same => $"message {same.Key} sent {same.Count()} times"),
            .. asked.Where(one => at[one.DeliveryId!.Value].Any(sent => sent > one.AnsweredAt)).Select(one => $"{one.Ref} was asked about {one.Period} after its update of {one.AnsweredAt}"),
        ];
    }

    static async Task<IEnumerable<string>> LostAsync(EquityDb db, IReadOnlyList<Commitment> promises, IReadOnlyList<(string Ref, string What)> promised, IReadOnlyList<(string Ref, string Note)> reported, IReadOnlyList<string> met)
    {
        var byRef = promises.ToDictionary(one => one.Ref);
        var events = await db.Set<CommitmentEvent>().Where(one => one.Note != null && one.Note.Contains("more sites agreed")).Select(one => new { one.CommitmentId, one.Note }).ToListAsync();
        var activities = await db.Set<PartnershipActivity>().Select(one => one.Decision).ToListAsync();
        return
        [
            .. promised.Where(one => byRef.GetValueOrDefault(one.Ref)?.Statement.Equals(one.What, StringComparison.OrdinalIgnoreCase) != true).Select(one => $"{one.Ref} was acknowledged as “{one.What}” and is “{byRef.GetValueOrDefault(one.Ref)?.Statement}”"),
            .. reported.Where(one => events.Count(other => other.CommitmentId == byRef[one.Ref].Id && other.Note == one.Note) != 1).Select(one => $"“{one.Note}” about {one.Ref} was acknowledged and is not there once"),
            .. met.Where(one => activities.Count(other => other!.Contains(one, StringComparison.Ordinal)) != 1).Select(one => $"the meeting that decided to {one} was acknowledged and is not there once"),
        ];
    }

    /// <summary>What should have moved by now: the hospital's own auditor is asked too, and is believed in neither direction.</summary>
    static async Task<IEnumerable<string>> LeftLyingAsync(EquityDb db, Roster roster, IReadOnlyList<Commitment> promises, Instant now)
    {
        var notices = await db.Set<Notice>().Where(one => one.DeliveryId == null && one.SupersededAt == null && one.NotBefore < now).Select(one => new { one.Trigger, one.Ref, one.NotBefore }).ToListAsync();
        var cases = (await db.Set<EscalationCase>().AsNoTracking().Where(one => one.CommitmentId != null).ToListAsync()).ToLookup(one => one.CommitmentId!.Value);
        return
        [
            .. notices.Select(one => $"notice of {one.Trigger} about {one.Ref} lies since {one.NotBefore}"),
            .. promises.Where(one => one is { IsRunning: true, Due: { } due, LookAt: null, WaitsSince: null } && roster.TodayOf(roster[one.OwnerId], now) > due && !cases[one.Id].Any()).Select(one => $"{one.Ref} was due on {one.Due} and nobody looks at it"),
            .. (await db.Set<Delivery>().Where(one => one.State == DeliveryState.Failed || one.State == DeliveryState.Unknown).ToListAsync()).Select(one => $"a delivery of {one.Date} is {one.State}: {one.Reason}"),
            .. (await db.Set<Notice>().Where(one => one.ParkedAt != null).ToListAsync()).Select(one => $"notice of {one.Trigger} about {one.Ref} could not be written"),
            .. (await db.Set<ParkedRow>().ToListAsync()).Select(one => $"{one.Sweep} left a row parked"),
            .. (await db.Set<EquityBot.Escalation.Auditing.Finding>().Where(one => one.FoundAt != null).ToListAsync()).Select(one => $"the auditor found {one.Kind} about {one.Subject} since {one.Since}"),
        ];
    }
}
