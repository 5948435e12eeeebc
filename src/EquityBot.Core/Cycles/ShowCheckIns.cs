using System.Text.RegularExpressions;
using EquityBot.Chat;
using EquityBot.Commitments;
using Microsoft.EntityFrameworkCore;

namespace EquityBot.Cycles;

/// <summary>Everything that I can say a word about how it goes, what is waited for first: one card, a row each, “no change” in one tap.</summary>
public sealed partial class ShowCheckIns : ChatCommand
{
    const int Shown = 12;

    public override string Verb => "show-check-ins";

    public override string Action => "read-plan";

    public override bool Reads => true;

    public override IReadOnlyList<Regex> Sentences => [Said()];

    public override async Task<Reply> HandleAsync(Turn turn, CancellationToken ct)
    {
        var (words, reader) = (turn.Words, turn.Reader);
        var running = (await turn.Db.Set<Commitment>().AsNoTracking().Where(one => one.OwnerId == turn.Speaker.Id).ToListAsync(ct)).Where(one => one.IsRunning);
        var views = new List<View>();
        foreach (var commitment in running.OrderBy(one => one.Due).ThenBy(one => one.Number))
        {
            views.Add(await turn.Subjects.ViewAsync(turn.Db, commitment, ct));
        }

        if (views.Count == 0)
        {
            return new(new Card(words["show-check-ins.none"], new Words(words["show-mine.none-words"])));
        }

        var ordered = views.OrderByDescending(IsAsked).ToList();
        var asked = ordered.Count(IsAsked);
        return new(new Card(
            asked == 0 ? words["show-check-ins.nothing-asked"] : words.Count("show-check-ins.title", asked),
            [
                .. ordered.Take(Shown).Select(view => Part(view, reader)),
                .. ordered.Count > Shown ? new Block[] { new Quiet(words["list.more", ("count", ordered.Count - Shown)]) } : [],
            ]));
    }

    static bool IsAsked(View view) => view.Aspect<CheckIn>() is { Status: CheckInStatus.Asked or CheckInStatus.Missed };

    static Section Part(View view, Reader reader)
    {
        var commitment = (Commitment)view.Subject;
        return new(
            CommitmentCard.Title(commitment, reader.Words),
            [
                CommitmentCard.StatusOf(commitment, reader.Words),
                new Quiet(commitment.Due is { } due ? reader.Day(due) : reader.Words["commitment.no-date"]),
                .. new Block?[] { reader.Buttons(view, "no-change", "report-progress", "block-commitment") }.OfType<Block>(),
            ]);
    }

    [GeneratedRegex(@"^(?:(?:show|do|start|list)(?: me)? )?(?:my |the |our |all )*check[- ]?ins?(?: please| now| time| on everything)?[.?!]*$", RegexOptions.IgnoreCase)]
    private static partial Regex Said();
}
