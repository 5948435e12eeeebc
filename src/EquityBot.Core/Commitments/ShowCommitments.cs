using System.Text.RegularExpressions;
using EquityBot.Chat;
using EquityBot.People;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace EquityBot.Commitments;

/// <summary>What I promised, and what waits for me.</summary>
public sealed partial class ShowMine : ShowList
{
    public override string Verb => "show-mine";

    public override IReadOnlyList<Regex> Sentences => [Mine()];

    protected override bool Belongs(Commitment commitment, Reader reader) =>
        commitment.OwnerId == reader.Person.Id
        || IsContributed(commitment, reader)
        || (commitment.Status == CommitmentStatus.DoneUnconfirmed && reader.Relations(commitment).Contains(Relation.Confirmer));

    [GeneratedRegex(@"^(?:mine|(?:show|list|see|view|tell)?(?: me)? ?(?:all )?(?:of )?my (?:own |open |current |active )*(?:promises|commitments|list|things|items|stuff|tasks|work)|(?:show|list)(?: me)? mine|what are my (?:open |current )?(?:promises|commitments)|(?:show|list)(?: me)? (?:everything|all)(?: that)? i(?:'ve| have) (?:promised|signed up for|committed to)|what (?:have|did) i (?:promised?|commit(?:ted)? to|sign(?:ed)? up for)|what do i owe|(?:show|list)(?: me)? (?:everything|all|what)(?: that)? i (?:own|promised|have)|what(?:'?s| is| do i have) on my (?:plate|list|plan)|what am i (?:on the hook for|responsible for|committed to))[.?!]*$", RegexOptions.IgnoreCase)]
    private static partial Regex Mine();
}

/// <summary>What falls due in the next two weeks, as far as it concerns me.</summary>
public sealed partial class ShowDue : ShowList
{
    const int Days = 14;

    public override string Verb => "show-due";

    public override IReadOnlyList<Regex> Sentences => [Due()];

    protected override bool Belongs(Commitment commitment, Reader reader) =>
        commitment.IsRunning && commitment.Due >= reader.Today && commitment.Due <= reader.Today.PlusDays(Days) && Concerns(commitment, reader);

    [GeneratedRegex(@"^(?:due|(?:what|anything|something)(?:'s| is| comes| do i have| do we have)?(?: falling| coming)? ?(?:due|up|next)(?: up)?(?: soon| this week| next week| next| today| tomorrow| this month)?|due (?:soon|this week|next week|next|today|this month)|(?:show|list)(?: me)? (?:what(?:'?s| is) )?(?:coming )?(?:due|upcoming|next)(?: soon| this week| next)?|upcoming|what(?:'?s| is) next|what do i have (?:to do )?(?:this week|next week|today)|deadlines|(?:my |our |the )?(?:next|upcoming) (?:deadlines|due (?:dates|days)))[.?!]*$", RegexOptions.IgnoreCase)]
    private static partial Regex Due();
}

/// <summary>What is past its day and not kept, as far as it concerns me.</summary>
public sealed partial class ShowOverdue : ShowList
{
    public override string Verb => "show-overdue";

    public override IReadOnlyList<Regex> Sentences => [Overdue()];

    protected override bool Belongs(Commitment commitment, Reader reader) =>
        commitment.IsOpen && commitment.Due < reader.Today && Concerns(commitment, reader);

    [GeneratedRegex(@"^(?:overdue|late|(?:what|anything|which (?:promises|commitments|ones))(?:'s| is| are)?(?: currently| already| still)? (?:overdue|late|on fire|burning|red|behind|past due|missed|in trouble|slipping)(?: right now| now| today)?|(?:show|list)(?: me)? (?:what(?:'?s| is) |everything |all )?(?:that(?:'s| is) )?(?:the )?(?:overdue|late|on fire|burning|missed|past due|fires)(?: ones| promises| commitments)?|what (?:did|have) (?:we|i) miss(?:ed)?|where(?:'s| is) the fire|(?:any )?fires|past due|what(?:'?s| is) (?:not|isn't) on track)[.?!]*$", RegexOptions.IgnoreCase)]
    private static partial Regex Overdue();
}

/// <summary>A list of promises, the earliest first.</summary>
public abstract class ShowList : ChatCommand
{
    const int Shown = 8;

    public override string Action => "read-plan";

    public override bool Reads => true;

    protected abstract bool Belongs(Commitment commitment, Reader reader);

    /// <summary>My own and those of whom I stand in for, my department's when I lead it or am above it, those it contributes to, everybody's when I oversee the whole.</summary>
    protected static bool Concerns(Commitment commitment, Reader reader) =>
        commitment.OwnerId == reader.Person.Id || reader.May("offer-help", commitment) || IsContributed(commitment, reader) || reader.Roster.ActingFor(reader.Roster[commitment.OwnerId], reader.Now)?.Id == reader.Person.Id;

    /// <summary>Another department is accountable for it, and mine contributes.</summary>
    protected static bool IsContributed(Commitment commitment, Reader reader) =>
        commitment.Contributors.Count > 0 && commitment.OwnerId != reader.Person.Id && reader.Relations(commitment).Contains(Relation.Contributor);

    public override async Task<Reply> HandleAsync(Turn turn, CancellationToken ct)
    {
        var words = turn.Words;
        var open = await turn.Db.Set<Commitment>().AsNoTracking().Where(one => one.Status != CommitmentStatus.Draft).ToListAsync(ct);
        var found = open.Where(one => one.IsOpen && Belongs(one, turn.Reader)).OrderBy(one => IsContributed(one, turn.Reader)).ThenBy(one => one.Due).ThenBy(one => one.Number).ToList();
        if (found.Count == 0)
        {
            return new(new Card(words[$"{Verb}.none"], new Words(words[$"{Verb}.none-words"])));
        }

        var show = turn.Reader.Catalogue.Command("show");
        var parts = found.Take(Shown).Select(one => new Section(
            CommitmentCard.Title(one, words),
            [
                CommitmentCard.StatusOf(one, words),
                .. new Block?[] { CommitmentCard.Waits(one, turn.Reader), CommitmentCard.With(one, turn.Reader) }.OfType<Block>(),
                new Quiet(words["list.line", ("day", one.Due is { } due ? turn.Reader.Day(due) : words["commitment.no-date"]), ("name", turn.Reader.Name(one.OwnerId))]),
                new ButtonRow([show.ButtonFor(one, new Offer(words["button.show"]))]),
            ]));
        // What others are accountable for counts for them.
        var counted = found.Count(one => !IsContributed(one, turn.Reader));
        return new(new Card(
            counted == 0 ? words["list.with-only"] : words.Count($"{Verb}.title", counted),
            [.. parts, .. found.Count > Shown ? new Block[] { new Quiet(words["list.more", ("count", found.Count - Shown)]) } : []]));
    }
}
