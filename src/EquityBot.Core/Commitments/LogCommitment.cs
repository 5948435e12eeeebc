using System.Text.RegularExpressions;
using EquityBot.Chat;
using EquityBot.Storage;
using NodaTime;

namespace EquityBot.Commitments;

/// <summary>From a sentence to a draft that asks to be confirmed; without one, the form.</summary>
public sealed partial class LogCommitment : ChatCommand
{
    public override string Verb => "log-commitment";

    public override string Action => "log";

    public override bool AskedLast => true;

    public override IReadOnlyList<Regex> Sentences => [Blank(), ForSomebody(), Explicit(), InOwnWords()];

    public override async Task<Reply> HandleAsync(Turn turn, CancellationToken ct)
    {
        if (turn.Pressed is not null)
        {
            return await FromFormAsync(turn, ct);
        }

        if (turn.Value("words") is not { } said)
        {
            return new(DraftCard.Blank(turn.Reader, this));
        }

        var owner = turn.Speaker;
        if (turn.Value("for") is { } named)
        {
            if (turn.Roster.ByName(named) is not { } somebody || somebody.HasLeftBy(turn.Today))
            {
                return turn.No("log.no-such-person", ("name", named));
            }

            owner = somebody;
            if (owner.Id != turn.Speaker.Id && !turn.Reader.May("log-for-another", null))
            {
                return turn.No("denied.log-for-another");
            }
        }

        var due = Dates.Find(said, turn.Today, turn.Roster.Organization.FiscalMonth);
        var what = CommitmentForm.Statement(LeadIn().Replace(due is null ? said : said.Remove(due.Start, due.Length), ""));
        if (what.Length is 0 or > 500)
        {
            return turn.No(what.Length == 0 ? "log.what" : "log.what-too-long", ("limit", 500));
        }

        if (due is not null && CommitmentForm.CheckDay(due.Date, owner, turn) is { } refusal)
        {
            return refusal;
        }

        var draft = await NewAsync(turn, what, owner.Id, owner.DepartmentId, due?.Date, ct);
        draft.OtherDue = due?.Other;
        draft.ForWhom = DraftCard.GroupNamedIn(what, turn.Words);
        var view = await turn.Subjects.ViewAsync(turn.Db, draft, ct);
        return new(due is null ? DraftCard.Form(view, turn.Reader, turn.Words["log.by-when"]) : DraftCard.Of(view, turn.Reader)) { About = draft };
    }

    static async Task<Reply> FromFormAsync(Turn turn, CancellationToken ct)
    {
        var draft = await NewAsync(turn, "", turn.Speaker.Id, turn.Speaker.DepartmentId, null, ct);
        return CommitmentForm.Apply(draft, turn) ?? await ConfirmDraft.PutOnPlanAsync(turn, draft, ct);
    }

    static async Task<Commitment> NewAsync(Turn turn, string what, Guid owner, Guid department, LocalDate? due, CancellationToken ct)
    {
        var draft = new Commitment
        {
            Id = Guid.NewGuid(),
            OrganizationId = turn.Db.OrganizationId,
            Number = await Counter.NextAsync(turn.Db, "C", ct),
            Statement = what,
            OwnerId = owner,
            DepartmentId = department,
            AuthorId = turn.Speaker.Id,
            Due = due,
            RoomId = turn.Room?.Id,
        };
        turn.Db.Add(draft);
        return draft;
    }

    [GeneratedRegex(@"^(?:log|log (?:a |new )?(?:promise|commitment))$", RegexOptions.IgnoreCase)]
    private static partial Regex Blank();

    [GeneratedRegex(@"^log for (?<for>@?[\p{L}\p{N}._' -]{1,60}): ?(?<words>.+)$", RegexOptions.IgnoreCase)]
    private static partial Regex ForSomebody();

    [GeneratedRegex(@"^log:? (?<words>.+)$", RegexOptions.IgnoreCase)]
    private static partial Regex Explicit();

    [GeneratedRegex(@"^(?<words>(?:we|i)(?:'ll| will|'re going to| are going to|'m going to| am going to| commit to| promise| pledge| intend to| plan to)\b.+|(?:our|my) (?:team|department|unit|group)(?: will| is going to| commits to| promises to)\b.+)$", RegexOptions.IgnoreCase)]
    private static partial Regex InOwnWords();

    [GeneratedRegex(@"^(?:(?:we|i)(?:'ll| will|'re going to| are going to|'m going to| am going to| commit to| promise(?: that we'll| that we will| to)?| pledge to| intend to| plan to)|(?:our|my) (?:team|department|unit|group)(?: will| is going to| commits to| promises to))\b", RegexOptions.IgnoreCase)]
    private static partial Regex LeadIn();
}
