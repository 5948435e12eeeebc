using EquityBot.Chat;
using EquityBot.Commitments;
using EquityBot.People;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;

namespace EquityBot.Cycles;

/// <summary>How does it go? The last word on it, and one tap to answer.</summary>
public sealed class CheckInNotice : NoticeWriter
{
    public const string Name = "check-in";

    public override string Trigger => Name;

    public override async Task<Card?> WriteAsync(EquityDb db, Notice notice, Reader reader, CancellationToken ct)
    {
        var view = await reader.ViewAsync(db, notice.Ref, ct);
        var checkIn = view?.Aspect<CheckIn>() is { } next && next.Id == notice.SubjectId ? next : await db.Set<CheckIn>().AsNoTracking().SingleAsync(one => one.Id == notice.SubjectId, ct);
        if (checkIn.Status != CheckInStatus.Asked || CheckInSweep.Period(checkIn) != notice.Period || view is not { Subject: Commitment { IsRunning: true } commitment })
        {
            return null;
        }

        if (reader.Person.IsAbsentOn(reader.Today) || !reader.Relations(commitment).Any(relation => relation is Relation.Owner or Relation.Delegate))
        {
            // No longer theirs to answer: the sweep finds who is there now.
            await db.Set<CheckIn>().Where(one => one.Id == checkIn.Id).ExecuteUpdateAsync(set => set.SetProperty(one => one.LookAt, reader.Now), ct);
            return null;
        }

        var words = reader.Words;
        return new(
            words["check-in.title", ("reference", commitment.Ref)],
            new Words(commitment.Statement, Strong: true),
            new Status(words[$"commitment.status.{commitment.Status}"], commitment.Status == CommitmentStatus.AtRisk ? Mood.AtRisk : Mood.Plain),
            CommitmentCard.Waits(commitment, reader),
            new Facts(
                new Fact(words["commitment.due"], reader.DueDay(commitment.Due!.Value, commitment.OwnerId)),
                new Fact(words["check-in.by"], reader.Day(checkIn.EndsOn))),
            commitment is { LastNote: { } note, LastNoteById: { } by } ? new Quote(note, reader.Name(by)) : new Quiet(words["check-in.nothing-yet"]),
            reader.Buttons(view, "no-change", "report-progress", "block-commitment", "snooze-check-in"));
    }
}
