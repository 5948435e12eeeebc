using System.Text.RegularExpressions;
using EquityBot.Chat;
using EquityBot.Commitments;
using EquityBot.People;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using NodaTime.Text;

namespace EquityBot.Escalation;

/// <summary>The board-level owner answers for the organization: what is decided, and why.</summary>
public sealed partial class DecideCase : ChatCommand
{
    static readonly string[] Decisions = ["new-date", "recovery-plan", "resources", "consequence"];

    public override string Verb => "decide-case";

    public override string Action => "decide";

    public override IReadOnlyList<Regex> Sentences => [Decide()];

    public override Offer? Offer(View view, Reader reader) =>
        view.Aspect<CaseStory>() is { Case.Status: CaseStatus.Exhausted } || IsOnItsWay(view)
            ? new(
                reader.Words["button.decide"],
                new("decision", reader.Words["form.decision"], InputType.Choice) { Required = true, Choices = [.. Decisions.Select(one => new Choice(reader.Words[$"decision.{one}"], one))] },
                new("rationale", reader.Words["form.rationale"], InputType.Text) { Required = true },
                new("due", reader.Words["form.decided-due"], InputType.Date))
            : null;

    /// <summary>The card that brings the case to the board is written just before it is exhausted.</summary>
    static bool IsOnItsWay(View view) =>
        view.Aspect<CaseStory>() is { Case: { Status: CaseStatus.Open, Pending: not null } @case } story
        && story.Steps.Any(step => step.NoticeId == @case.Pending && (step.To is "board" or "board-deputy"));

    public override async Task<Reply> HandleAsync(Turn turn, CancellationToken ct)
    {
        if (turn.View?.Aspect<CaseStory>() is not { Case.Status: CaseStatus.Exhausted } story)
        {
            return turn.No("decide.not-open", ("reference", turn.View?.Subject.Ref ?? turn.Words["decide.that"]));
        }

        if (turn.Value("decision")?.ToLowerInvariant().Replace(' ', '-') is not { } decision || !Decisions.Contains(decision))
        {
            return turn.No("decide.which", ("choices", string.Join("; ", Decisions.Select(one => turn.Words[$"decision.{one}"]))));
        }

        if (turn.Value("rationale") is not { } rationale)
        {
            return turn.No("decide.why");
        }

        var @case = (await CaseKind.LockAsync(turn.Db, [story.Case.Id], ct)).Single();
        var commitment = await turn.Db.Set<Commitment>().SingleOrDefaultAsync(one => one.Id == @case.CommitmentId, ct);
        var owner = turn.Roster[commitment?.OwnerId ?? @case.OwnerId];
        LocalDate? due = turn.Value("due") is { } typed ? LocalDatePattern.Iso.Parse(typed).Value : null;
        if (due is null ? decision == "new-date" : due <= turn.Roster.TodayOf(owner, turn.Now) || due > turn.Today + Commitment.Furthest)
        {
            return turn.No("decide.which-day");
        }

        turn.Db.Add(new BoardDecision
        {
            Id = Guid.NewGuid(),
            OrganizationId = turn.Db.OrganizationId,
            CaseId = @case.Id,
            Decision = decision,
            Rationale = rationale,
            Due = due,
            ById = turn.Speaker.Id,
            At = turn.Now,
        });
        @case.Decide(turn.Now);
        if (commitment is not null)
        {
            await ApplyAsync(turn, @case, commitment, rationale, due, ct);
        }
        else if (due is { } promiseBy && await turn.Db.Set<DepartmentWatch>().SingleOrDefaultAsync(one => one.Id == @case.AboutId, ct) is { } watch)
        {
            watch.Expect(promiseBy, turn.Now);
        }

        await turn.ChangedAsync(@case, "decided", ct);
        ISubject subject = commitment is null ? @case : commitment;
        await TellTheLineAsync(turn, @case, subject, decision, rationale, ct);
        return new(new Card(
            turn.Words["decide.done", ("reference", subject.Ref)],
            CaseNews.Statement(subject, turn.Reader),
            new Facts(
                new Fact(turn.Words["decide.decision"], turn.Words[$"decision.{decision}"]),
                due is null ? null : new Fact(turn.Words["commitment.due"], turn.Reader.Day(due.Value))),
            new Quote(rationale, turn.Reader.Name(turn.Speaker.Id)),
            ButtonRow.Of(
                turn.Reader.Catalogue.Command("follow-up-decision").ButtonFor(subject, FollowUpDecision.On(@case, turn.Reader)),
                turn.Reader.Button(turn.View!, "show"))))
        {
            About = subject,
            InPlace = true,
        };
    }

    static async Task ApplyAsync(Turn turn, EscalationCase @case, Commitment commitment, string rationale, LocalDate? due, CancellationToken ct)
    {
        turn.Record(commitment, "decided", rationale, oldDue: commitment.Due, newDue: due);
        if (@case.Line == Lines.Promise)
        {
            commitment.BoardSince = null;
            if (due is { } day && commitment.IsOpen)
            {
                commitment.MoveDue(day, turn.Now);
            }
        }

        await turn.ChangedAsync(commitment, "decided", ct);
    }

    /// <summary>Everybody who was told of the case hears how it ended, once.</summary>
    static async Task TellTheLineAsync(Turn turn, EscalationCase @case, ISubject subject, string decision, string rationale, CancellationToken ct)
    {
        var told = await turn.Db.Set<CaseStep>().Where(one => one.CaseId == @case.Id && one.DeliveredAt != null).Select(one => one.RecipientId!.Value).Distinct().ToListAsync(ct);
        foreach (var person in told.Append(subject.OwnerId).Distinct().Select(id => turn.Roster[id]).Where(person => !person.HasLeftBy(turn.Today)))
        {
            turn.Tell(person, subject, CaseNews.Name, $"decided:{@case.Number}", facts: CaseNews.Facts("decided", turn.Speaker, rationale, turn.Words[$"decision.{decision}"]));
        }
    }

    [GeneratedRegex(@"^decide (?<ref>[ce]-\d+):? ?(?<decision>new[ -]date|recovery[ -]plan|resources|consequence)?(?:,? because (?<rationale>.+))?$", RegexOptions.IgnoreCase)]
    private static partial Regex Decide();
}
