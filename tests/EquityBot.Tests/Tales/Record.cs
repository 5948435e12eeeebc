using System.Text.RegularExpressions;
using EquityBot.Chat;
using EquityBot.Commitments;
using EquityBot.Cycles;
using EquityBot.Digests;
using EquityBot.Escalation;
using EquityBot.People;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace EquityBot.Tests.Tales;

/// <summary>All that a telling leaves behind that anybody could tell apart, a line each and in order, without ids; what is numbered in the order of its making goes by what it is about.</summary>
static partial class Record
{
    public static async Task<IReadOnlyList<string>> OfAsync(Telling telling)
    {
        await using var db = telling.Read();
        var people = await db.Set<Person>().ToDictionaryAsync(one => one.Id, one => one.Handle);
        var departments = await db.Set<Department>().ToDictionaryAsync(one => one.Id, one => one.Name);
        var promises = await db.Set<Commitment>().ToDictionaryAsync(one => one.Id);
        var cases = await db.Set<EscalationCase>().ToListAsync();
        var names = cases.GroupBy(About).SelectMany(same => same.OrderBy(one => one.OpenedAt).ThenBy(one => one.Number).Select((one, place) => (one.Ref, Name: $"case{place} of {About(one)}"))).ToDictionary(one => one.Ref, one => one.Name);
        var caseOf = cases.ToDictionary(one => one.Id, one => names[one.Ref]);
        var notices = await (from notice in db.Set<Notice>() join delivery in db.Set<Delivery>() on notice.DeliveryId equals delivery.Id into found from delivery in found.DefaultIfEmpty() select new { notice, delivery }).ToListAsync();
        var requests = await db.Set<Request>().ToListAsync();
        IEnumerable<string> lines =
        [
            .. notices.Select(one => $"notice {one.notice.DecidedAt} {people[one.notice.RecipientId]} {one.notice.Trigger} {one.notice.Kind} {one.notice.Ref} {one.notice.Step} {one.notice.Period} superseded {one.notice.SupersededAt} parked {one.notice.ParkedAt} followed up {one.notice.FollowUpAt} {one.notice.FollowedUpAt} {one.delivery?.Slot} {one.delivery?.State} {one.delivery?.SentAt} {one.delivery?.Date}"),
            .. telling.Letters.All.Select(one => $"letter {one.At} {one.To} {one.IsKnownToHaveArrived} {string.Join(" / ", one.Text.Split('\n').Where(line => !OfTheTelling().IsMatch(line)).Select(Named).Order(StringComparer.Ordinal))}"),
            .. (await db.Set<Message>().ToListAsync()).Select(one => $"message {one.SentAt} {people[one.PersonId]} {one.Kind} {one.Ref} {one.Rev} {one.State}"),
            .. promises.Values.Select(one => $"promise {one.Ref} {one.Status} {people[one.OwnerId]} {departments[one.DepartmentId]} due {one.Due} version {one.Version} accepted {one.AcceptedAt} extensions {one.Extensions} reported {one.LastReportAt} on {one.LastReportOn} claimed {one.ClaimedOn} waited {one.WaitedDays} waits since {one.WaitsSince} lost {one.LostDays} board {one.BoardSince} asked {one.AskedOn} look {one.LookAt} {one.AnswerLookAt}"),
            .. cases.Select(one => $"case {one.Ref} {one.Status} {one.Trigger} opened {one.OpenedAt} base {one.BaseDay} version {one.Version} round {one.Round} firings {one.Firings} next {one.Next} at {one.NextAt} told {one.Told} on {one.ToldOn} lapsed {one.LapsedOn} unreached {one.UnreachedOn} delay {one.DelayDays} postponed {one.PostponedAt} held {one.HeldSince} cover {one.CoverAskedOn} closed {one.ClosedAt}"),
            .. (await db.Set<CaseStep>().ToListAsync()).Select(one => $"step {caseOf[one.CaseId]} {one.Trigger} {one.Step} to {(one.RecipientId is { } id ? people[id] : "nobody")} decided {one.DecidedAt} delivered {one.DeliveredAt} on {one.DeliveredOn} unreached {one.UnreachedAt}"),
            .. (await db.Set<CheckIn>().ToListAsync()).Select(one => $"check-in {promises[one.CommitmentId].Ref} {one.Period} {one.Status} asks {one.Asks} snoozes {one.Snoozes} until {one.SnoozedUntil} answered {one.AnsweredAt} look {one.LookAt}"),
            .. requests.Select(one => $"request {promises[one.CommitmentId].Ref} {one.Kind} {people[one.FromId]} {people[one.ToId]} asked {one.AskedAt} {one.Answer} {one.AnsweredAt} look {one.LookAt}"),
            .. (await db.Set<Digest>().ToListAsync()).Select(one => $"digest {one.Monday} {one.Audience} decided {one.DecidedAt} since {one.Since} {one.Standing.Length}"),
            .. (await db.Set<DepartmentWatch>().ToListAsync()).Select(one => $"watch {departments[one.DepartmentId]} due {one.Due} look {one.LookAt}"),
            .. (await db.Set<AuditEntry>().ToListAsync()).Select(one => $"audit {one.At} {one.Action} {one.Subject} {one.Outcome} {one.Detail}"),
        ];
        return [.. lines.Select(Named).Order(StringComparer.Ordinal)];

        string About(EscalationCase one) => $"{one.Line} {(one.CommitmentId is { } id ? promises[id].Ref : departments[one.DepartmentId])} {(one.Line == Lines.Promise ? "" : people[one.OwnerId])}";

        string Named(string line) => Case().Replace(Id().Replace(line, found => people.GetValueOrDefault(Guid.Parse(found.Value), "id")), found => names.GetValueOrDefault(found.Value, found.Value));
    }

    [GeneratedRegex(@"\bE-\d+\b")]
    private static partial Regex Case();

    /// <summary>How often the auditor looked, and the seals over ids, are the telling's and not the story's.</summary>
    [GeneratedRegex("The auditor's longest pause|The auditor once paused|Head of the audit chain")]
    private static partial Regex OfTheTelling();

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")]
    private static partial Regex Id();
}
