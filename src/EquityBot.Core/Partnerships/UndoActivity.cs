using System.Text.RegularExpressions;
using EquityBot.Chat;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace EquityBot.Partnerships;

/// <summary>Takes back what the speaker logged, within ten minutes and while nobody has corrected it. It stays with its reference and counts for nothing; a prospect that it had made a partner is one again.</summary>
public sealed partial class UndoActivity : ChatCommand
{
    static readonly Duration Window = Duration.FromMinutes(10);

    public override string Verb => "undo-activity";

    public override string Action => "undo";

    public override string Needs => "P";

    public override IReadOnlyList<Regex> Sentences => [Undo()];

    public override async Task<Reply> HandleAsync(Turn turn, CancellationToken ct)
    {
        var (activity, story) = (turn.Subject<PartnershipActivity>(), turn.View!.Aspect<ActivityStory>()!);
        if (activity.TakenBackAt is not null || story.Corrections.Count > 0)
        {
            return turn.No("undo.nothing", ("reference", activity.Ref));
        }

        if (turn.Now - activity.LoggedAt > Window)
        {
            return turn.No("activity.undo-too-late", ("reference", activity.Ref), ("minutes", (int)Window.TotalMinutes));
        }

        activity.TakeBack(turn.Now);
        await turn.ChangedAsync(activity, "partnership-taken-back", ct);
        foreach (var partner in await turn.Db.Set<Partner>().Where(one => activity.Partners.Contains(one.Id)).OrderBy(one => one.Id).ForUpdate().ToListAsync(ct))
        {
            if (await PartnerStates.LastAsync(turn.Db, partner.Id, ct) is { } last && last.After == activity.Ref
                && !await turn.Db.Set<PartnershipActivity>().AnyAsync(one => one.Id != activity.Id && one.TakenBackAt == null && one.Partners.Contains(partner.Id), ct))
            {
                await PartnerStates.TakeBackAsync(turn, partner, last, ct);
            }
        }

        await turn.Db.SaveChangesAsync(ct);
        return new(await turn.CurrentCardAsync(activity, ct)) { About = activity, InPlace = true };
    }

    [GeneratedRegex(@"^undo (?<ref>p-\d+)[.!]*$", RegexOptions.IgnoreCase)]
    private static partial Regex Undo();
}
