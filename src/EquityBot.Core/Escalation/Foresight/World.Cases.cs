using EquityBot.Chat;
using EquityBot.People;
using NodaTime;

namespace EquityBot.Escalation;

/// <summary>How cases walk in it: what the sweep writes into rows becomes letters here.</summary>
public sealed partial class World
{
    void Walk(EscalationCase @case, Instant now)
    {
        if (@case.Pending is { } pending && Post.WasTakenBack(@case.Id, $"{pending:N}"))
        {
            @case.Recall(now);
        }

        var told = steps.Where(one => one.CaseId == @case.Id && one.Trigger == @case.Trigger && one.DeliveredAt is not null).ToList();
        foreach (var walked in CaseWalk.Look(@case, told, roster, now))
        {
            switch (walked)
            {
                case Walked.Fired fired:
                    Fire(@case, fired, now);
                    break;
                case Walked.Skipped skipped:
                    gaps.Add(new(skipped.Next.On, @case.AboutRef, skipped.Step.Name, skipped.Step.To));
                    steps.Add(StepOf(@case, skipped.Step, skipped.Next.Place, null, null, now));
                    Task(@case, SkippedStepNotice.Name, skipped.Step, roster.Holder(Role.EquityOfficer), now);
                    break;
                case Walked.SeatEmpty empty:
                    gaps.Add(new(roster.TodayOf(roster[@case.OwnerId], now), @case.AboutRef, empty.Step.Name, empty.Step.To));
                    Task(@case, EmptySeatNotice.Name, empty.Step, roster.Holder(Role.EquityOfficer), now);
                    break;
                case Walked.CoverNeeded:
                    AskForCover(@case, now);
                    break;
            }
        }
    }

    void AskForCover(EscalationCase @case, Instant now)
    {
        var owner = roster[@case.OwnerId];
        if (CoverNeededNotice.AskedOf(@case, owner, roster, now) is { } asked && said.Add(Key(CoverNeededNotice.Name, @case.Id, $"{@case.CoverAskedOn:uuuu-MM-dd} {asked.Id}")))
        {
            Post.Put(new(CoverNeededNotice.Name, MessageKind.Request, "", "", @case.Id, asked, @case.AboutRef, @case.DepartmentId, () => promises[@case.CommitmentId!.Value].IsOpen) { StillTrue = at => Recipients.NeedsCover(owner, roster, at) }, now);
        }
    }

    void Task(EscalationCase @case, string trigger, EscalationStep step, Person? to, Instant now)
    {
        if (to is not null)
        {
            Post.Put(new(trigger, MessageKind.Task, step.Name, "", @case.Id, to, @case.AboutRef, @case.DepartmentId, () => trigger != StepTaskNotice.Name || @case.IsOpen), now);
        }
    }

    void Fire(EscalationCase @case, Walked.Fired fired, Instant now)
    {
        var promise = new MissedPromise(@case.AboutRef, roster[@case.OwnerId], fired.Recipient) { Officer = roster.Holder(Role.EquityOfficer) };
        foreach (var effect in fired.Step.Actions.SelectMany(kind => actions[kind].Compose(promise, fired.Step, now)))
        {
            switch (effect)
            {
                case Effect.Tell tell:
                    var notice = Guid.NewGuid();
                    var step = StepOf(@case, fired.Step, fired.Next.Place, tell.Recipient.Id, notice, now);
                    @case.Fire(fired.Next, notice);
                    Post.Put(LetterOf(@case, step, tell.Recipient, tell.Kind), now);
                    break;
                case Effect.OpenTask task:
                    Task(@case, StepTaskNotice.Name, fired.Step, task.Officer, now);
                    break;
                case Effect.OfferHelp offer when offer.Owner.Id != offer.From.Id:
                    Post.Put(new(HelpOffered.Name, MessageKind.Request, fired.Step.Name, "", @case.Id, offer.Owner, @case.AboutRef, @case.DepartmentId, () => @case.CommitmentId is not { } id || promises[id].IsOpen), now);
                    break;
                case Effect.PutOnAgenda:
                    @case.PutOnAgenda(now);
                    break;
            }
        }
    }

    static CaseStep StepOf(EscalationCase @case, EscalationStep step, int place, Guid? recipient, Guid? notice, Instant now) => new()
    {
        OrganizationId = @case.OrganizationId,
        CaseId = @case.Id,
        Trigger = @case.Trigger,
        Step = step.Name,
        To = step.To,
        Place = place,
        RecipientId = recipient,
        NoticeId = notice,
        DecidedAt = now,
    };

    Letter LetterOf(EscalationCase @case, CaseStep step, Person recipient, MessageKind kind) =>
        new(StepNotice.Name, kind, step.Step, step.To, @case.Id, recipient, @case.AboutRef, @case.DepartmentId, () => @case.Pending == step.NoticeId && @case.IsOpen)
        {
            Period = $"{step.NoticeId:N}",
            Arrived = at => Arrive(@case, step, at),
            LookAgain = at => @case.NextAt = at,
            Rests = at => roster.Rests(roster[@case.OwnerId], roster.TodayOf(roster[@case.OwnerId], at)),
        };

    /// <summary>A step that was decided before and has not left yet.</summary>
    public void Resume(EscalationCase @case, CaseStep step, Instant notBefore) => Post.PutAt(LetterOf(@case, step, roster[step.RecipientId!.Value], MessageKind.Escalation), notBefore);

    /// <summary>Anything else that was decided before and has not left yet.</summary>
    public void Resume(Notice notice, Instant notBefore) => Post.PutAt(
        new(notice.Trigger, notice.Kind, notice.Step, notice.Trigger == ReminderNotice.Name ? "owner" : "", notice.SubjectId, roster[notice.RecipientId], notice.Ref, roster[notice.RecipientId].DepartmentId, () => true), notBefore);

    /// <summary>What was decided and has not left is decided anew.</summary>
    public void TakeBack(EscalationCase @case, Instant now)
    {
        if (@case.Pending is { } pending)
        {
            Post.TakeBack(@case.Id, $"{pending:N}");
            @case.Recall(now);
        }
    }

    void Arrive(EscalationCase @case, CaseStep step, Instant now)
    {
        CaseWalk.Arrived(@case, step, roster.TodayOf(roster[@case.OwnerId], now), now);
        steps.Add(step);
        if (step.To is "board" or "board-deputy" && @case.Line == Lines.Promise)
        {
            promises[@case.CommitmentId!.Value].BoardSince ??= now;
        }
    }
}
