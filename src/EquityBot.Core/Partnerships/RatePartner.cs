using System.Text.RegularExpressions;
using EquityBot.Chat;
using Microsoft.EntityFrameworkCore;

namespace EquityBot.Partnerships;

/// <summary>Our side of a partnership's rating: three scales, once a quarter, thought over as often as one likes until it ends.</summary>
public sealed partial class RatePartner : ChatCommand
{
    public override string Verb => "rate-partner";

    public override string Action => "log-partnership";

    public override IReadOnlyList<Regex> Sentences => [Rate()];

    public override Offer? Offer(View view, Reader reader) => view.Subject is Partner { IsOn: true } partner ? On(partner, view.Aspect<PartnerStory>()?.Factors ?? [], reader.Words) : null;

    /// <summary>What others change about the partner meanwhile is nothing to a rating.</summary>
    static Offer On(Partner partner, IReadOnlyList<RatingFactor> factors, Phrases words) => new(words["button.rate"], RatingForm.Inputs(factors, words)) { AtAnyVersion = true, Values = new Dictionary<string, string> { ["partner"] = $"{partner.Id}" } };

    public override async Task<Reply> HandleAsync(Turn turn, CancellationToken ct)
    {
        var partners = await turn.Db.Set<Partner>().AsNoTracking().OrderBy(one => one.Name).ToListAsync(ct);
        var found = turn.Value("partner") is { } id ? new PartnerNames.Found([.. partners.Where(one => $"{one.Id}" == id)], [], "", true) : PartnerNames.Find(turn.Value("name")!, partners);
        if (found.Named is not [var partner, ..])
        {
            return WhichPartner.Ask(turn, this, found, "partner", turn.Values);
        }

        var (words, factors) = (turn.Words, await RatingFactor.OfAsync(turn.Db, partner.Id, ct));
        var quarter = RatingQuarter.Of(turn.Roster.TodayAt(turn.Now));
        if (turn.Pressed is null || turn.Value("trust") is null)
        {
            return new(new Card(
                words["rating.form-title", ("partner", partner.Name), ("quarter", quarter.Key)],
                new Words(words["rating.private", ("fewest", RatingFigures.FewestRaters)]),
                new ButtonRow([ButtonFor(partner, On(partner, factors, words)) with { Primary = true }])))
            { About = partner };
        }

        if (RatingForm.Read(turn.Value, factors) is not { } scores)
        {
            return turn.No("rating.no-number");
        }

        await RatingBook.PutAsync(turn.Db, partner, quarter, RatingSide.Us, turn.Speaker.Id, scores, turn.Roster, turn.Now, ct);
        return new(new Card(
            words["rating.kept", ("partner", partner.Name), ("quarter", quarter.Key)],
            new Quiet(words["rating.private", ("fewest", RatingFigures.FewestRaters)]),
            ButtonRow.Of(turn.Reader.Catalogue.Command("show").ButtonFor(partner, new Offer(words["button.show"]))))) { About = partner };
    }

    [GeneratedRegex(@"^rate (?:(?:our|the) )?(?:partnership with )?(?<name>[^:]{2,160}?)[.?!]*$", RegexOptions.IgnoreCase)]
    private static partial Regex Rate();
}
