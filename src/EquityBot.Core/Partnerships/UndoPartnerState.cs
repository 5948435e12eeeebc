using System.Text.RegularExpressions;
using EquityBot.Chat;
using NodaTime;

namespace EquityBot.Partnerships;

/// <summary>Takes back what the speaker said last about how a partnership stands, within ten minutes. Kept as a reversal, never as if it had not been.</summary>
public sealed partial class UndoPartnerState : ChatCommand
{
    static readonly Duration Window = Duration.FromMinutes(10);

    public override string Verb => "undo-partner-state";

    /// <summary>Whoever may say how a partnership stands need not be the one who looks after it.</summary>
    public override string Action => "edit-partner";

    public override string Needs => "N";

    public override IReadOnlyList<Regex> Sentences => [Undo()];

    public override async Task<Reply> HandleAsync(Turn turn, CancellationToken ct)
    {
        var partner = turn.Subject<Partner>();
        var last = await PartnerStates.LastAsync(turn.Db, partner.Id, ct);
        if (last is null || last.ById != turn.Speaker.Id || last.TakesBack || last.After is not null)
        {
            return turn.No("undo.nothing", ("reference", partner.Ref));
        }

        if (turn.Now - last.At > Window)
        {
            return turn.No("partner.undo-too-late", ("reference", partner.Ref), ("minutes", (int)Window.TotalMinutes));
        }

        await PartnerStates.TakeBackAsync(turn, partner, last, ct);
        await turn.Db.SaveChangesAsync(ct);
        return new(PartnerCard.With(turn.Words["partner.state-taken-back", ("reference", partner.Ref)], null, await turn.Subjects.ViewAsync(turn.Db, partner, ct), turn.Reader)) { About = partner, InPlace = true };
    }

    [GeneratedRegex(@"^undo (?<ref>n-\d+)[.!]*$", RegexOptions.IgnoreCase)]
    private static partial Regex Undo();
}
