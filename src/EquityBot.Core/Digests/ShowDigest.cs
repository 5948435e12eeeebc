using System.Text.RegularExpressions;
using EquityBot.Chat;
using NodaTime;

namespace EquityBot.Digests;

/// <summary>The week's digest as it stands now, for those who get one; the equity officer sees the executives'.</summary>
public sealed partial class ShowDigest : ChatCommand
{
    public override string Verb => "show-digest";

    public override string Action => "read-digest";

    public override bool Reads => true;

    public override IReadOnlyList<Regex> Sentences => [Said()];

    public override async Task<Reply> HandleAsync(Turn turn, CancellationToken ct)
    {
        var audience = Readership.AskedBy(turn.Roster.RolesOf(turn.Speaker));
        var week = IsoWeek.Of(turn.Now.InZone(turn.Roster.Zone).Date);
        var digest = await Digest.OfAsync(turn.Db, audience, week, turn.Roster, turn.Now, ct);
        return new(DigestCard.Of(digest, await WaitingCases.LoadAsync(turn.Db, audience, turn.Reader, ct), turn.Reader));
    }

    [GeneratedRegex(@"^(?:(?:show|give|send)(?: me)? )?(?:the |my |our |this week's |last |latest |weekly )*(?:digest|summary|overview|(?:week|weekly) in (?:short|brief))(?: (?:for|of) (?:the|this) week)?[.?!]*$", RegexOptions.IgnoreCase)]
    private static partial Regex Said();
}
