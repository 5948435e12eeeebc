using EquityBot.Chat;
using EquityBot.Commitments;
using EquityBot.People;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace EquityBot.Escalation;

/// <summary>A step of a case in words, each in its own tone; and what its arrival, or its failure to arrive, means to the case.</summary>
public sealed class StepNotice(IEnumerable<IEscalationAction> actions) : NoticeWriter
{
    public const string Name = "case-step";

    public override string Trigger => Name;

    public override async Task<Card?> WriteAsync(EquityDb db, Notice notice, Reader reader, CancellationToken ct)
    {
        var about = await reader.ViewAsync(db, notice.Ref, ct);
        var story = about?.Aspect<CaseStory>() is { } newest && newest.Case.Id == notice.SubjectId ? newest : (await CaseStory.LoadAsync(db, [notice.SubjectId], ct)).GetValueOrDefault(notice.SubjectId);
        if (story is null || story.Case.Pending != notice.Id || !story.Case.IsOpen)
        {
            return null;
        }

        var owner = reader.Roster[story.Case.OwnerId];
        if (reader.Person.IsAbsentOn(reader.Today) || reader.Roster.Rests(owner, reader.Roster.TodayOf(owner, reader.Now)))
        {
            // No longer theirs, or not now: the sweep takes the step back, and finds who holds it and when it may come.
            await db.Set<EscalationCase>().Where(one => one.Id == notice.SubjectId).ExecuteUpdateAsync(set => set.SetProperty(one => one.NextAt, reader.Now), ct);
            return null;
        }

        var step = story.Plan.CaseSteps.Single(one => one.Name == notice.Step);
        var action = actions.Single(one => one.Kind == step.Action);
        if (story.Commitment is not { } commitment)
        {
            return SilenceCard.Of(story, await reader.Subjects.ViewAsync(db, story.Case, ct), step, reader);
        }

        return story.Case.Line == Lines.Promise
            ? StepCard.Of(story, commitment, about!, step, action.Buttons, reader)
            : AnswerCard.Of(story, commitment, about!, await reader.Subjects.ViewAsync(db, story.Case, ct), step, reader);
    }

    public override bool MindsOutcome => true;

    public override Task LockAsync(EquityDb db, IReadOnlyCollection<Guid> subjects, CancellationToken ct) => CaseKind.LockAsync(db, subjects, ct);

    public override async Task SettledAsync(EquityDb db, Notice notice, NoticeOutcome outcome, Instant now, CancellationToken ct)
    {
        var @case = await db.Set<EscalationCase>().SingleAsync(one => one.Id == notice.SubjectId, ct);
        var step = await db.Set<CaseStep>().SingleAsync(one => one.NoticeId == notice.Id, ct);
        if (@case.Pending != notice.Id)
        {
            return;
        }

        var roster = await Roster.LoadAsync(db, ct);
        var today = roster.TodayOf(roster[@case.OwnerId], now);
        db.Add(AuditEntry.Of(db, now, "delivery", @case.Ref, outcome.ToString().ToLowerInvariant(), step.Step));
        switch (outcome)
        {
            case NoticeOutcome.Arrived:
                CaseWalk.Arrived(@case, step, today, now);
                if (step.To is "board" or "board-deputy" && @case.Line == Lines.Promise)
                {
                    (await db.Set<Commitment>().SingleAsync(one => one.Id == @case.CommitmentId, ct)).BoardSince ??= now;
                }

                break;
            case NoticeOutcome.Unreachable:
                step.UnreachedAt = now;
                @case.Unreached(today, now);
                break;
        }
    }
}

/// <summary>Tells the officer that a step found nobody.</summary>
public sealed class SkippedStepNotice : NoticeWriter
{
    public const string Name = "step-without-recipient";

    public override string Trigger => Name;

    public override async Task<Card?> WriteAsync(EquityDb db, Notice notice, Reader reader, CancellationToken ct) =>
        await reader.ViewAsync(db, notice.Ref, ct) is { } view
            ? new(
                reader.Words["skipped.title", ("reference", notice.Ref), ("role", reader.Words[$"role.{notice.Step}"])],
                new Words(reader.Words["skipped.words"]),
                reader.Buttons(view, "show"))
            : null;
}

/// <summary>Tells the officer that the seat on the board is empty, and who decides in its place.</summary>
public sealed class EmptySeatNotice : NoticeWriter
{
    public const string Name = "empty-seat";

    public override string Trigger => Name;

    public override async Task<Card?> WriteAsync(EquityDb db, Notice notice, Reader reader, CancellationToken ct) =>
        await reader.ViewAsync(db, notice.Ref, ct) is { } view
            ? new(
                reader.Words["empty-seat.title", ("reference", notice.Ref)],
                new Words(reader.Words["empty-seat.words", ("name", reader.Name(Guid.Parse(notice.Facts!)))]),
                reader.Buttons(view, "show"))
            : null;
}

/// <summary>The officer's task beside a step's message: find out what it waits for.</summary>
public sealed class StepTaskNotice : NoticeWriter
{
    public const string Name = "step-task";

    public override string Trigger => Name;

    public override async Task<Card?> WriteAsync(EquityDb db, Notice notice, Reader reader, CancellationToken ct) =>
        (await CaseStory.LoadAsync(db, [notice.SubjectId], ct)).GetValueOrDefault(notice.SubjectId) is { Case.IsOpen: true } story && await reader.ViewAsync(db, notice.Ref, ct) is { } view
            ? new(
                reader.Words["step-task.title", ("reference", notice.Ref), ("department", reader.Roster.Department(story.Case.DepartmentId).Name)],
                CaseNews.Statement(view.Subject, reader),
                new Words(reader.Words["step-task.words"]),
                reader.Buttons(view, "offer-help", "show"))
            : null;
}

/// <summary>The reminder before the due day.</summary>
public sealed class ReminderNotice(IEnumerable<IEscalationAction> actions) : NoticeWriter
{
    public const string Name = "reminder";

    public override string Trigger => Name;

    public static string Period(Commitment commitment) => $"{commitment.Due:uuuu-MM-dd}";

    public override async Task<Card?> WriteAsync(EquityDb db, Notice notice, Reader reader, CancellationToken ct)
    {
        if (await reader.ViewAsync(db, notice.Ref, ct) is not { Subject: Commitment { IsRunning: true, Due: { } due } commitment } view
            || notice.Period != Period(commitment) || due < reader.Today
            || !reader.Relations(commitment).Any(relation => relation is Relation.Owner or Relation.Delegate))
        {
            return null;
        }

        return new(
            reader.Words["reminder.title", ("reference", commitment.Ref), ("day", reader.Day(due))],
            new Words(commitment.Statement, Strong: true),
            CommitmentCard.Waits(commitment, reader),
            CommitmentCard.LastNote(commitment, reader),
            reader.Buttons(view, actions.Single(one => one.Kind == "remind").Buttons));
    }
}
