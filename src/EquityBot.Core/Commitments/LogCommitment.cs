using System.Text.RegularExpressions;
using EquityBot.Chat;
using EquityBot.People;
using EquityBot.Storage;
using NodaTime;

namespace EquityBot.Commitments;

/// <summary>From a sentence to a draft that asks to be confirmed; without one, the form.</summary>
public sealed class LogCommitment : ChatCommand
{
    public override string Verb => "log-commitment";

    public override string Action => "log";

    public override bool AskedLast => true;

    public override IReadOnlyList<Regex> Sentences => [PromiseWords.Blank(), PromiseWords.ForSomebody(), PromiseWords.Explicit(), PromiseWords.InOwnWords()];

    public override Regex? Hint => PromiseWords.Hint();

    /// <summary>What has a day that is still to come may be a promise.</summary>
    public override IReadOnlyDictionary<string, string>? Filled(string said, Reader reader) =>
        Dates.Find(said, reader.Reckoning) is { } day && day.Date >= reader.Today ? new Dictionary<string, string> { ["words"] = said } : null;

    public override async Task<Reply> HandleAsync(Turn turn, CancellationToken ct)
    {
        if (turn.Value("words") is not { } said)
        {
            return turn.Pressed is null ? new(DraftCard.Blank(turn.Reader, this)) : await FromFormAsync(turn, ct);
        }

        var (owner, ask, named) = OwnerOf(turn);
        if (owner is null)
        {
            return ask!;
        }

        if (owner.Id != turn.Speaker.Id && !turn.Reader.May("log-for-another", null))
        {
            return turn.No("denied.log-for-another");
        }

        var due = Dates.Find(said, turn.Reckoning);
        var what = PromiseWords.Statement(said, due, named);
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

    /// <summary>Whom the sentence names as the one who does it: a person, a department by its lead, else the speaker. The question instead where a name leaves doubt.</summary>
    (Person? Owner, Reply? Ask, bool IsNamed) OwnerOf(Turn turn)
    {
        if (turn.Value("for") is not null)
        {
            var (owner, ask) = Whom.Named(turn, this, "for");
            return (owner, ask, false);
        }

        if (turn.Value("unit") is not { } unit)
        {
            return (turn.Speaker, null, false);
        }

        if (Naming.Department(turn.Roster, unit).One is { } department)
        {
            return (department.Id == turn.Speaker.DepartmentId ? turn.Speaker : turn.Roster.Find(department.LeadId) ?? turn.Speaker, null, true);
        }

        return Naming.Person(turn.Roster, unit, turn.Today, turn.Words).One is { } person ? (person, null, true) : (turn.Speaker, null, false);
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
            Source = turn.Source,
        };
        turn.Db.Add(draft);
        return draft;
    }
}
