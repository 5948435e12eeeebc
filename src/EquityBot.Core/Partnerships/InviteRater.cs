using System.Text.RegularExpressions;
using EquityBot.Chat;
using Microsoft.EntityFrameworkCore;

namespace EquityBot.Partnerships;

/// <summary>A link for one person of the partner's, to be handed on.</summary>
public sealed partial class InviteRater(RatingInvitations invitations) : ChatCommand
{
    public override string Verb => "invite-rater";

    public override string Action => "log-partnership";

    public override IReadOnlyList<Regex> Sentences => [LinkFor()];

    public override Offer? Offer(View view, Reader reader) => view.Subject is Partner { IsOn: true } partner && invitations.IsOn && reader.May("edit-partner", partner)
        ? new(reader.Words["button.invite-rater"]) { AtAnyVersion = true, Values = new Dictionary<string, string> { ["partner"] = $"{partner.Id}" } }
        : null;

    public override async Task<Reply> HandleAsync(Turn turn, CancellationToken ct)
    {
        var partners = await turn.Db.Set<Partner>().AsNoTracking().OrderBy(one => one.Name).ToListAsync(ct);
        var found = turn.Value("partner") is { } id ? new PartnerNames.Found([.. partners.Where(one => $"{one.Id}" == id)], [], "", true) : PartnerNames.Find(turn.Value("name")!, partners);
        if (found.Named is not [var partner, ..])
        {
            return WhichPartner.Ask(turn, this, found, "partner", turn.Values);
        }

        if (!turn.Reader.May("edit-partner", partner))
        {
            return turn.No("denied.edit-partner");
        }

        if (!invitations.IsOn)
        {
            return turn.No("rating.pages-off");
        }

        var (words, quarter) = (turn.Words, RatingQuarter.Of(turn.Roster.TodayAt(turn.Now)));
        var address = invitations.Issue(turn.Db, partner, quarter, turn.Speaker.Id);
        return new(new Card(
            words["rating.link-title", ("partner", partner.Name), ("quarter", quarter.Key)],
            new Words(words["rating.link-words", ("contact", partner.Contact.Length > 0 ? partner.Contact : partner.Name), ("days", RatingInvitations.Lifetime.Days), ("fewest", RatingFigures.FewestRaters)]),
            new Link(words["rating.link"], address),
            ButtonRow.Of(ButtonFor(partner, new Offer(words["button.another-link"]) { AtAnyVersion = true, Values = new Dictionary<string, string> { ["partner"] = $"{partner.Id}" } })))) { About = partner };
    }

    [GeneratedRegex(@"^(?:a )?(?:rating )?link for (?<name>[^:]{2,160}?)(?: to rate(?: us)?)?[.?!]*$", RegexOptions.IgnoreCase)]
    private static partial Regex LinkFor();
}
