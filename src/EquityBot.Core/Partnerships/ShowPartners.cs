using System.Text.RegularExpressions;
using EquityBot.Chat;
using Microsoft.EntityFrameworkCore;

namespace EquityBot.Partnerships;

/// <summary>One partner, by its name.</summary>
public sealed partial class ShowPartner : ChatCommand
{
    public override string Verb => "show-partner";

    public override string Action => "read-plan";

    public override bool Reads => true;

    /// <summary>Any other thing that can be shown is looked for first.</summary>
    public override bool AskedLast => true;

    public override IReadOnlyList<Regex> Sentences => [Show()];

    public override async Task<Reply> HandleAsync(Turn turn, CancellationToken ct)
    {
        var partners = await turn.Db.Set<Partner>().AsNoTracking().OrderBy(one => one.Name).ToListAsync(ct);
        var found = turn.Value("partner") is { } id && Guid.TryParse(id, out var chosen)
            ? new PartnerNames.Found([.. partners.Where(one => one.Id == chosen)], [], "", true)
            : PartnerNames.Find(turn.Value("name")!, partners);
        return found.Named is [var partner, ..]
            ? new(await turn.CurrentCardAsync(partner, ct)) { About = partner }
            : WhichPartner.Ask(turn, this, found, "partner", turn.Values);
    }

    [GeneratedRegex(@"^(?:show|open|what about|how is|partner) (?:partner )?(?<name>[^:]{2,160}?)[.?!]*$", RegexOptions.IgnoreCase)]
    private static partial Regex Show();
}

/// <summary>All partners in a line each, by name, those that ended last: how it stands and what needs attention stands beside it.</summary>
public sealed partial class ShowPartners : ChatCommand
{
    const int Shown = 12;

    public override string Verb => "show-partners";

    public override string Action => "read-plan";

    public override bool Reads => true;

    public override IReadOnlyList<Regex> Sentences => [List()];

    public override async Task<Reply> HandleAsync(Turn turn, CancellationToken ct)
    {
        var (words, reader) = (turn.Words, turn.Reader);
        var partners = (await turn.Db.Set<Partner>().AsNoTracking().ToListAsync(ct)).OrderBy(one => one.State == PartnerState.Ended).ThenBy(one => one.Name, StringComparer.Ordinal).ToList();
        if (partners.Count == 0)
        {
            return new(new Card(words["partners.none"], new Words(words["partners.none-words"])));
        }

        var days = (await turn.Db.Set<PartnershipActivity>().AsNoTracking().Where(one => one.TakenBackAt == null).Select(one => new { one.Partners, one.On }).ToListAsync(ct))
            .SelectMany(one => one.Partners, (one, partner) => (partner, one.On)).GroupBy(one => one.partner, one => one.On).ToDictionary(own => own.Key, own => own.Max());
        var show = reader.Catalogue.Command("show");
        return new(new Card(
            words.Count("partners.title", partners.Count),
            [
                .. partners.Take(Shown).Select(one => new Section(
                    words["partner.title", ("reference", one.Ref), ("name", one.Name)],
                    [
                        new Quiet(words["partners.line",
                            ("state", words[$"partner.state.{one.State}"]),
                            ("last", days.TryGetValue(one.Id, out var last) ? words["partners.last", ("day", reader.Day(last))] : words["partner.nothing-yet"]),
                            ("agreement", one.LacksAgreement && one.IsOn ? words["partner.lacks-agreement"] : one.AgreementExpires is { } until ? words[until < turn.Today ? "partners.ended" : "partners.until", ("day", reader.Day(until))] : words["partner.no-agreement"])]),
                        new ButtonRow([show.ButtonFor(one, new Offer(words["button.show"]))]),
                    ])),
                .. partners.Count > Shown ? new Block[] { new Quiet(words["list.more", ("count", partners.Count - Shown)]) } : [],
            ]));
    }

    [GeneratedRegex(@"^(?:(?:show|list) )?(?:(?:our|the|my|all|community) )?(?:community )?(?:partners|partnerships)[.?!]*$", RegexOptions.IgnoreCase)]
    private static partial Regex List();
}

/// <summary>What I said I would do after a conversation with a partner.</summary>
public sealed partial class ShowFollowUps : ChatCommand
{
    public override string Verb => "show-follow-ups";

    public override string Action => "read-plan";

    public override bool Reads => true;

    public override IReadOnlyList<Regex> Sentences => [Mine()];

    public override async Task<Reply> HandleAsync(Turn turn, CancellationToken ct)
    {
        var (words, reader) = (turn.Words, turn.Reader);
        var open = await turn.Db.Set<FollowUp>().AsNoTracking().Where(one => one.OwnerId == turn.Speaker.Id && one.Status == FollowUpStatus.Open).OrderBy(one => one.Due).ThenBy(one => one.Number).ToListAsync(ct);
        if (open.Count == 0)
        {
            return new(new Card(words["follow-ups.none"], new Words(words["follow-ups.none-words"])));
        }

        var parts = new List<Block>();
        foreach (var followUp in open)
        {
            var view = await turn.Subjects.ViewAsync(turn.Db, followUp, ct);
            parts.Add(new Section(words["follow-up.title", ("reference", followUp.Ref), ("what", followUp.What)], [.. FollowUpCard.Blocks(view, reader), .. reader.Buttons(view, "complete-follow-up", "move-follow-up", "drop-follow-up") is { } buttons ? new Block[] { buttons } : []]));
        }

        return new(new Card(words.Count("follow-ups.title", open.Count), parts));
    }

    [GeneratedRegex(@"^(?:(?:show|list) )?(?:my )?follow[ -]?ups[.?!]*$", RegexOptions.IgnoreCase)]
    private static partial Regex Mine();
}
