using System.Text.RegularExpressions;
using EquityBot.Chat;
using EquityBot.Commitments;
using EquityBot.People;
using NodaTime;

namespace EquityBot.Escalation;

/// <summary>The equity officer, or somebody above the owner, sends a case on before its day: to the next step or straight to a later one, with a reason. Steps in between are not made up for.</summary>
public sealed partial class EscalateCase : ChatCommand
{
    public override string Verb => "escalate-case";

    public override string Action => "escalate";

    public override IReadOnlyList<Regex> Sentences => [Escalate()];

    /// <summary>On the case's own card, where its steps stand.</summary>
    public override Offer? Offer(View view, Reader reader) => view.Subject is EscalationCase && view.Aspect<CaseStory>() is { Case.IsOpen: true } story && Ahead(story) is { Count: > 0 } ahead
        ? new(
            reader.Words["button.escalate"],
            new("step", reader.Words["form.escalate-to"], InputType.Choice) { Value = ahead[0].Name, Choices = [.. ahead.Select(step => new Choice(ScheduleCard.Who(step, reader), step.Name))] },
            new("reason", reader.Words["form.escalate-reason"], InputType.Text) { Required = true })
        : null;

    /// <summary>The steps that nobody was told of yet.</summary>
    static List<EscalationStep> Ahead(CaseStory story) =>
        story.Case.HeldSince is null ? [.. story.Plan.CaseSteps.Skip(story.Case.Pending is null ? story.Case.Next : Math.Max(0, story.Case.Next - 1))] : [];

    public override async Task<Reply> HandleAsync(Turn turn, CancellationToken ct)
    {
        if (turn.View?.Aspect<CaseStory>() is not { Case.IsOpen: true } story || Ahead(story) is not { Count: > 0 } ahead)
        {
            return turn.No("escalate.not-open", ("reference", turn.View?.Subject.Ref ?? turn.Words["decide.that"]));
        }

        var step = turn.Value("step") is { } named ? ahead.FirstOrDefault(one => one.Name.Equals(named.Replace(' ', '-'), StringComparison.OrdinalIgnoreCase)) : ahead[0];
        if (step is null)
        {
            return turn.No("escalate.which", ("steps", string.Join(", ", ahead.Select(one => one.Name))));
        }

        if (turn.Value("reason") is not { } reason)
        {
            return turn.No("escalate.why", ("reference", story.Case.AboutRef));
        }

        var @case = (await CaseKind.LockAsync(turn.Db, [story.Case.Id], ct)).Single();
        await CaseFollower.RecallAsync(turn.Db, @case, turn.Now, ct);
        @case.Jump(story.Plan.CaseSteps.ToList().IndexOf(step), turn.Roster.TodayOf(turn.Roster[@case.OwnerId], turn.Now), turn.Now);
        if (story.Commitment is { } commitment)
        {
            turn.Record(commitment, "escalated", reason);
        }

        await turn.ChangedAsync(@case, "escalated", ct);
        ISubject subject = story.Commitment is null ? @case : story.Commitment;
        turn.Tell(turn.Roster[@case.OwnerId], subject, CaseNews.Name, $"escalated:{@case.Version}", facts: CaseNews.Facts("escalated", turn.Speaker, reason, ScheduleCard.Who(step, turn.Reader)));
        return new(new Card(
            turn.Words["escalate.done", ("reference", subject.Ref), ("role", ScheduleCard.Who(step, turn.Reader))],
            CaseNews.Statement(subject, turn.Reader),
            new Quote(reason, turn.Reader.Name(turn.Speaker.Id)),
            new Quiet(turn.Words["escalate.hours"]),
            turn.Reader.Buttons(turn.View!, "show")))
        {
            About = turn.View!.Subject,
            InPlace = true,
        };
    }

    [GeneratedRegex(@"^(?:escalate|raise|take|bring) (?<ref>[ce]-\d+)(?: (?:now )?(?:up )?(?:to|before|with) (?:the )?(?<step>[a-z][a-z0-9 -]{1,19}?))?(?:,? (?:because|since) (?<reason>.+))?[.!]*$", RegexOptions.IgnoreCase)]
    private static partial Regex Escalate();
}
