using System.Globalization;
using EquityBot.Chat;
using NodaTime.Text;

namespace EquityBot.Partnerships;

/// <summary>What was done with partners as inputs, and what is wrong with the answers.</summary>
static class ActivityForm
{
    /// <summary>All fields, filled in with what is known.</summary>
    public static IReadOnlyList<Input> Inputs(ActivityDraft draft, IReadOnlyCollection<Partner> partners, Phrases words) =>
    [
        .. draft.Partners.Count == 1
            ? new Input[] { new("partner", words["activity.partner"], InputType.Choice) { Required = true, Value = partners.FirstOrDefault(one => one.Id == draft.Partners[0])?.Ref, Choices = [.. partners.OrderBy(one => one.Name, StringComparer.Ordinal).Select(one => new Choice(one.Name, one.Ref))] } }
            : [],
        new("on", words["activity.on"], InputType.Date) { Required = true, Value = draft.On is { } on ? LocalDatePattern.Iso.Format(on) : null },
        new("type", words["activity.type"], InputType.Choice) { Required = true, Value = $"{draft.Type}", Choices = [.. Enum.GetValues<ActivityType>().Select(type => new Choice(words[$"activity.type.{type}"], $"{type}"))] },
        new("power", words["activity.power"], InputType.Choice) { Required = true, Value = draft.Power?.ToString(), Choices = [.. Enum.GetValues<DecisionPower>().Select(power => new Choice(words[$"activity.power.{power}"], $"{power}"))] },
        Decision(draft, words, required: false),
        new("people", words["activity.people"], InputType.Number) { Value = draft.People?.ToString(CultureInfo.InvariantCulture) },
        new("by", words["activity.by"], InputType.Choice) { Value = draft.By?.ToString(), Choices = [.. Enum.GetValues<Initiator>().Select(by => new Choice(words[$"activity.by.{by}"], $"{by}"))] },
        new("what", words["activity.what"], InputType.Text) { Value = draft.What },
    ];

    public static Input Day(Phrases words) => new("on", words["activity.on"], InputType.Date) { Required = true };

    public static Input Decision(ActivityDraft draft, Phrases words, bool required) => new("decision", words["activity.decision"], InputType.Text) { Required = required, Value = draft.Decision };

    /// <summary>Why this cannot be kept; null where it can.</summary>
    public static Reply? WhyNot(ActivityDraft draft, Turn turn, IReadOnlyCollection<Partner> partners)
    {
        var words = turn.Words;
        if (draft.On > turn.Today)
        {
            return turn.No("activity.to-come", ("day", words.DayAndYear(draft.On.Value)));
        }

        if (draft.People > PartnershipActivity.MostPeople || (draft.People is null && turn.Value("people") is not null))
        {
            return turn.No("activity.no-count", ("value", turn.Value("people") ?? $"{draft.People}"), ("limit", PartnershipActivity.MostPeople));
        }

        foreach (var (field, value, isRead) in new[] { ("type", turn.Value("type"), Enum.GetNames<ActivityType>().Contains(turn.Value("type"), StringComparer.OrdinalIgnoreCase)), ("power", turn.Value("power"), draft.Power is not null), ("by", turn.Value("by"), draft.By is not null) })
        {
            if (value is not null && !isRead)
            {
                return turn.No("activity.no-choice", ("label", words[$"activity.{field}"]), ("value", value));
            }
        }

        if (draft.Power is { } power && PartnershipActivity.AsksForDecision(power) && draft.Decision is null)
        {
            return turn.No("activity.which-decision", ("power", words[$"activity.power.{power}"]));
        }

        if (new[] { draft.What, draft.Decision }.Any(text => text?.Length > Form.LongestValue))
        {
            return turn.No("activity.too-long", ("limit", Form.LongestValue));
        }

        return new[] { draft.What, draft.Decision }.OfType<string>().Any(text => ActivityWords.NamesSomebody(Without(text, partners))) ? turn.No("activity.no-names") : null;
    }

    /// <summary>The names of partners are no names of people.</summary>
    static string Without(string text, IEnumerable<Partner> partners) => partners.Aggregate(text, (left, partner) => left.Replace(partner.Name, "", StringComparison.OrdinalIgnoreCase));
}
