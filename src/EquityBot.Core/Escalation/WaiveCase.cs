using System.Text.RegularExpressions;
using EquityBot.Chat;
using EquityBot.Commitments;

namespace EquityBot.Escalation;

/// <summary>The equity officer, or somebody above the owner, ends an escalation with a reason. Never the owner.</summary>
public sealed partial class WaiveCase : ChatCommand
{
    public override string Verb => "waive-case";

    public override string Action => "waive";

    public override IReadOnlyList<Regex> Sentences => [Waive()];

    public override Offer? Offer(View view, Reader reader) =>
        view.Aspect<CaseStory>() is { Case.IsOpen: true }
            ? new(reader.Words["button.waive"], new Input("reason", reader.Words["form.waive-reason"], InputType.Text) { Required = true })
            : null;

    public override async Task<Reply> HandleAsync(Turn turn, CancellationToken ct)
    {
        if (turn.View?.Aspect<CaseStory>() is not { Case.IsOpen: true } story)
        {
            return turn.No("waive.not-open", ("reference", turn.View?.Subject.Ref ?? turn.Words["decide.that"]));
        }

        if (turn.Value("reason") is not { } reason)
        {
            return turn.No("waive.why", ("reference", story.Case.Ref));
        }

        var @case = (await CaseKind.LockAsync(turn.Db, [story.Case.Id], ct)).Single();
        await CaseFollower.RecallAsync(turn.Db, @case, turn.Now, ct);
        @case.Waive(turn.Now);
        if (story.Commitment is { } commitment)
        {
            commitment.BoardSince = @case.Line == Lines.Promise ? null : commitment.BoardSince;
            turn.Record(commitment, "waived", reason);
            await turn.ChangedAsync(commitment, "waived", ct);
        }

        ISubject subject = story.Commitment is null ? @case : story.Commitment;
        turn.Tell(turn.Roster[subject.OwnerId], subject, CaseNews.Name, $"waived:{@case.Number}", facts: CaseNews.Facts("waived", turn.Speaker, reason));
        return new(new Card(
            turn.Words["waive.done", ("reference", @case.Ref), ("subject", subject.Ref)],
            CaseNews.Statement(subject, turn.Reader),
            new Quote(reason, turn.Reader.Name(turn.Speaker.Id)),
            turn.Reader.Buttons(turn.View!, "show")))
        {
            About = turn.View!.Subject,
            InPlace = true,
        };
    }

    [GeneratedRegex(@"^waive (?<ref>[ce]-\d+)(?:,? because (?<reason>.+))?$", RegexOptions.IgnoreCase)]
    private static partial Regex Waive();
}
