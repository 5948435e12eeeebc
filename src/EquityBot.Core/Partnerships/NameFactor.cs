using System.Text.RegularExpressions;
using EquityBot.Chat;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;

namespace EquityBot.Partnerships;

/// <summary>What both sides are asked about a partnership beside the three scales: another factor, or one less.</summary>
public abstract class ChangeFactors : ChatCommand
{
    /// <summary>Whose partner it is turns out when its name was understood; then "edit-partner" is asked for.</summary>
    public override string Action => "log-partnership";

    public override bool OnRequest => true;

    /// <param name="partner">Locked, so that two who name factors at one moment come one after another.</param>
    /// <param name="standing">On its forms now.</param>
    /// <returns>A refusal; null where it is done.</returns>
    protected abstract Reply? Change(Turn turn, Partner partner, IReadOnlyList<RatingFactor> all, IReadOnlyList<RatingFactor> standing, string name);

    protected abstract string Done { get; }

    public override async Task<Reply> HandleAsync(Turn turn, CancellationToken ct)
    {
        var partners = await turn.Db.Set<Partner>().OrderBy(one => one.Name).ToListAsync(ct);
        var found = turn.Value("partner") is { } id ? new PartnerNames.Found([.. partners.Where(one => $"{one.Id}" == id)], [], "", true) : PartnerNames.Find(turn.Value("name")!, partners);
        if (found.Named is not [var partner])
        {
            return WhichPartner.Ask(turn, this, found, "partner", turn.Values);
        }

        if (!turn.Reader.May("edit-partner", partner))
        {
            return turn.No("denied.edit-partner");
        }

        await turn.Db.Set<Partner>().Where(one => one.Id == partner.Id).ForUpdate().Select(one => one.Id).SingleAsync(ct);
        var all = await turn.Db.Set<RatingFactor>().Where(one => one.PartnerId == partner.Id).OrderBy(one => one.Number).ToListAsync(ct);
        var name = turn.Value("factor")!;
        if (Change(turn, partner, all, [.. all.Where(one => one.Stands)], name) is { } refusal)
        {
            return refusal;
        }

        partner.Refine();
        await turn.ChangedAsync(partner, Done, ct);
        await turn.Db.SaveChangesAsync(ct);
        return new(PartnerCard.With(turn.Words[$"rating.{Done}", ("factor", name), ("partner", partner.Name)], null, await turn.Subjects.ViewAsync(turn.Db, partner, ct), turn.Reader)) { About = partner, InPlace = true };
    }

    protected static Dictionary<string, string> With(Partner partner) => new() { ["partner"] = $"{partner.Id}" };
}

/// <summary>"Rating factor for Eastside: shared say over money."</summary>
public sealed partial class NameFactor : ChangeFactors
{
    public override string Verb => "name-factor";

    protected override string Done => "factor-named";

    public override IReadOnlyList<Regex> Sentences => [Name(), As()];

    public override Offer? Offer(View view, Reader reader) =>
        view.Subject is Partner { IsOn: true } partner && reader.May("edit-partner", partner) && view.Aspect<PartnerStory>() is { } story && story.Factors.Count(one => one.Stands) < RatingFactor.Most
            ? new(reader.Words["button.name-factor"], new Input("factor", reader.Words["rating.factor"], InputType.Text) { Required = true }) { Values = With(partner) }
            : null;

    protected override Reply? Change(Turn turn, Partner partner, IReadOnlyList<RatingFactor> all, IReadOnlyList<RatingFactor> standing, string name)
    {
        if (name.Length > RatingFactor.LongestName)
        {
            return turn.No("refusal.value-too-long", ("label", turn.Words["rating.factor"]), ("limit", RatingFactor.LongestName));
        }

        if (standing.Count >= RatingFactor.Most)
        {
            return turn.No("rating.factors-full", ("partner", partner.Name), ("factors", string.Join(" · ", standing.Select(one => one.Name))));
        }

        if (standing.Any(one => one.Name.Equals(name, StringComparison.OrdinalIgnoreCase)))
        {
            return turn.No("rating.factor-known", ("factor", name), ("partner", partner.Name));
        }

        turn.Db.Add(new RatingFactor { Id = Guid.NewGuid(), OrganizationId = turn.Db.OrganizationId, PartnerId = partner.Id, Number = all.Count + 1, Name = name, NamedById = turn.Speaker.Id, NamedAt = turn.Now });
        return null;
    }

    [GeneratedRegex(@"^(?:(?:add|new|name) (?:a )?(?:new )?)?(?:rating |further )?factor for (?<name>[^:]{2,160}?): ?(?<factor>.+?)[.!]*$", RegexOptions.IgnoreCase)]
    private static partial Regex Name();

    [GeneratedRegex(@"^(?:add|name) (?<factor>.{2,80}?) as a (?:rating |further )?factor for (?<name>[^:]{2,160}?)[.!]*$", RegexOptions.IgnoreCase)]
    private static partial Regex As();
}

/// <summary>"Drop rating factor for Eastside: shared say over money." What was answered stays in the quarters in which it was.</summary>
public sealed partial class DropFactor : ChangeFactors
{
    public override string Verb => "drop-factor";

    protected override string Done => "factor-dropped";

    public override IReadOnlyList<Regex> Sentences => [Drop()];

    public override Offer? Offer(View view, Reader reader) =>
        view.Subject is Partner partner && reader.May("edit-partner", partner) && view.Aspect<PartnerStory>()?.Factors.Where(one => one.Stands).ToList() is { Count: > 0 } standing
            ? new(reader.Words["button.drop-factor"], new Input("factor", reader.Words["rating.factor"], InputType.Choice) { Required = true, Choices = [.. standing.Select(one => new Choice(one.Name, one.Name))] }) { Values = With(partner) }
            : null;

    protected override Reply? Change(Turn turn, Partner partner, IReadOnlyList<RatingFactor> all, IReadOnlyList<RatingFactor> standing, string name)
    {
        if (standing.FirstOrDefault(one => one.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is not { } factor)
        {
            return standing.Count == 0 ? turn.No("rating.no-factors", ("partner", partner.Name)) : turn.No("rating.no-such-factor", ("partner", partner.Name), ("factors", string.Join(" · ", standing.Select(one => one.Name))));
        }

        factor.Drop(turn.Now);
        return null;
    }

    [GeneratedRegex(@"^(?:drop|remove|delete) (?:the )?(?:rating |further )?factor for (?<name>[^:]{2,160}?): ?(?<factor>.+?)[.!]*$", RegexOptions.IgnoreCase)]
    private static partial Regex Drop();
}
