using EquityBot.Chat;
using EquityBot.Escalation;
using EquityBot.Escalation.Auditing;
using EquityBot.Storage;
using EquityBot.Sweeps;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace EquityBot.Tests.Tales;

static class Wrongs
{
    /// <summary>What no story may have, however it is told.</summary>
    public static async Task<IEnumerable<string>> OfAsync(RandomStory story, Telling telling)
    {
        await using var db = telling.Read();
        var slots = await db.Set<Delivery>().Where(one => one.MessageId != null).ToDictionaryAsync(one => one.MessageId!.Value, one => one.Slot);
        var letters = telling.Letters.All.Select(one => (Letter: one, IsScheduled: slots[one.MessageId] == "morning", Day: one.At.InZone(story.Town.People.Single(person => person.Handle == one.To).Zone).Date)).ToList();
        var steps = (await db.Set<CaseStep>().Where(one => one.DeliveredAt != null).ToListAsync()).GroupBy(one => (one.CaseId, one.Trigger, one.Place)).ToList();
        var rounds = await db.Set<EscalationCase>().ToDictionaryAsync(one => one.Id, one => one.Round);
        return
        [
            .. letters.Where(one => one.IsScheduled).GroupBy(one => (one.Letter.To, one.Day)).Where(day => day.Count() > 1).Select(day => $"{day.Count()} bundles to {day.Key.To} on {day.Key.Day}"),
            .. letters.Where(one => one.IsScheduled && !story.Town.IsAtWork(one.Letter.To, one.Letter.At)).Select(one => $"a bundle to {one.Letter.To} at {one.Letter.At}, outside their hours"),
            .. letters.Where(one => one.Day > one.Letter.LeavesOn).Select(one => $"to {one.Letter.To} at {one.Letter.At}, who left on {one.Letter.LeavesOn}: {one.Letter.Text}"),
            .. letters.GroupBy(one => one.Letter.MessageId).Where(same => same.Count() > 1).Select(same => $"message {same.Key} sent {same.Count()} times"),
            .. steps.Where(same => same.Count() > (1 + rounds[same.Key.CaseId]) * (1 + (story.Town.Plan.CaseSteps[same.Key.Place].Repeat?.Times ?? 0))).Select(same => $"step {same.First().Step} of a case with {rounds[same.Key.CaseId]} lapses arrived {same.Count()} times"),
            .. (await TwiceAsync(db)).Select(same => $"sent twice: {same}"),
            .. (await db.Set<Notice>().Where(one => one.ParkedAt != null).ToListAsync()).Select(one => $"notice of {one.Trigger} about {one.Ref} could not be written"),
            .. (await db.Set<Finding>().ToListAsync()).Select(one => $"false alarm of the auditor about {one.Subject} at {one.SeenAt}: {one.Kind} since {one.Since}"),
            .. (await db.Set<ParkedRow>().ToListAsync()).Select(one => $"{one.Sweep} left a row parked"),
        ];
    }

    static async Task<IEnumerable<string>> TwiceAsync(EquityDb db)
    {
        var sent = await (from notice in db.Set<Notice>() join delivery in db.Set<Delivery>() on notice.DeliveryId equals delivery.Id where delivery.State == DeliveryState.Sent select notice).ToListAsync();
        return sent.GroupBy(one => $"{one.RecipientId} {one.Kind} {one.Trigger} {one.SubjectId} {one.Step} {one.Period}").Where(same => same.Count() > 1).Select(same => same.Key);
    }
}
