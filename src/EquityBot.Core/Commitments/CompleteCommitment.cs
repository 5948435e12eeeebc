using System.Text.RegularExpressions;
using EquityBot.Chat;

namespace EquityBot.Commitments;

/// <summary>The owner says that it is done. That stops the owner's clock; somebody else confirms.</summary>
public sealed partial class CompleteCommitment : ChatCommand
{
    const string Finished = "(?:done|completed?|finished|kept|achieved|accomplished|delivered|supplied|100 ?% done|\u2705|\u2714\uFE0F?)";

    public override string Verb => "complete-commitment";

    public override string Action => "claim-done";

    public override string Needs => "C";

    public override IReadOnlyList<Regex> Sentences => [Done()];

    public override Regex? Hint => Hinted();

    public override IReadOnlyDictionary<string, string>? Filled(string said, Reader reader) => Unfinished().IsMatch(said) ? null : new Dictionary<string, string>();

    public override Offer? Offer(View view, Reader reader) => CanClaim(view.Subject)
        ? new(reader.Words["button.done"], new Input("evidence", reader.Words["form.done-evidence"], InputType.Text))
        : null;

    static bool CanClaim(ISubject subject) => subject is Commitment { IsRunning: true } or Commitment { Status: CommitmentStatus.Missed };

    public override async Task<Reply> HandleAsync(Turn turn, CancellationToken ct)
    {
        var commitment = turn.Subject<Commitment>();
        if (!CanClaim(commitment))
        {
            return turn.No("done.not-open", ("reference", commitment.Ref));
        }

        commitment.ClaimDone(turn.Value("evidence"), turn.Speaker.Id, turn.OwnersToday(commitment), turn.Now);
        turn.Record(commitment, "done-claimed", turn.Value("evidence"));
        await turn.ChangedAsync(commitment, "done-claimed", ct);
        var confirmer = turn.Roster.ConfirmerFor(turn.Roster[commitment.OwnerId], commitment.DepartmentId, turn.Now) ?? turn.Roster.Holder(People.Role.EquityOfficer);
        if (confirmer is not null)
        {
            turn.Ask(confirmer, commitment, ConfirmationNotice.Name);
        }

        return await turn.CurrentAsync(
            commitment,
            confirmer is null ? turn.Words["done.claimed-nobody", ("reference", commitment.Ref)] : turn.Words["done.claimed", ("reference", commitment.Ref), ("name", confirmer.Name)],
            ct);
    }

    [GeneratedRegex($@"^(?:(?:all )?(?:done|finished|completed?|finish|close(?: out)?|wrapped up)(?: with| on)? (?<ref>c-\d+)|(?:mark|set|flag) (?<ref>c-\d+)(?: as| to)? {Finished}|(?<ref>c-\d+)(?:'s| is| are| was| has been| has)?(?: now| all| finally| fully| already)? {Finished}|(?:we|i)(?:'ve| have)?(?: now| finally| just| already| all)? (?:finished|completed|did|kept|delivered|supplied|achieved|wrapped up|done)(?: with)? (?<ref>c-\d+))(?![\w?])[:,.!;-]*(?: -)? ?(?:see |evidence:? |proof:? |here(?:'s| is)(?: the)? |the evidence is )?(?<evidence>[^?\s.!].*)?[.!]*$", RegexOptions.IgnoreCase)]
    private static partial Regex Done();

    [GeneratedRegex(@"\b(?:done|complet(?:e|ed)|finished|delivered|over the line|wrapped up|clos(?:e|ed|ing) out|achieved|accomplished)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Hinted();

    [GeneratedRegex(@"\b(?:not|never|almost|nearly|half|partly|un)\b|n't\b", RegexOptions.IgnoreCase)]
    private static partial Regex Unfinished();
}

/// <summary>Asks whether a promise is really kept.</summary>
public sealed class ConfirmationNotice : NoticeWriter
{
    public const string Name = "confirmation";

    public override string Trigger => Name;

    public override async Task<Card?> WriteAsync(Storage.EquityDb db, Notice notice, Reader reader, CancellationToken ct)
    {
        var view = await reader.ViewAsync(db, notice.Ref, ct);
        if (view?.Subject is not Commitment { Status: CommitmentStatus.DoneUnconfirmed } commitment)
        {
            return null;
        }

        var words = reader.Words;
        return new(
            Title(commitment, reader),
            new Words(commitment.Statement, Strong: true),
            new Facts(
                new Fact(words["commitment.due"], reader.Day(commitment.Due!.Value)),
                new Fact(words["commitment.evidence"], commitment.Evidence ?? words["confirmation.no-evidence"])),
            reader.Buttons(view, "confirm-met", "not-yet"));
    }

    /// <summary>Who says so, and for whom where that is another.</summary>
    static string Title(Commitment commitment, Reader reader)
    {
        var (owner, by) = (reader.Roster[commitment.OwnerId], reader.Roster.Find(commitment.ClaimedById) ?? reader.Roster[commitment.OwnerId]);
        return reader.Words[by.Id == owner.Id ? "confirmation.title" : "confirmation.title-for", ("reference", commitment.Ref), ("name", by.Name), ("owner", owner.Name)];
    }
}
