using System.Globalization;
using System.Text.Json;
using EquityBot.Chat;
using NodaTime;
using NodaTime.Text;

namespace EquityBot.Partnerships;

/// <summary>
/// What is known so far about something done with partners. It travels in the buttons of its card rather than in a row: until the one tap that logs it there is nothing to clean up.
/// </summary>
public sealed record ActivityDraft
{
    public IReadOnlyList<Guid> Partners { get; init; } = [];

    /// <summary>A partner that nobody knows yet, as it was named; set only where logging is to add it.</summary>
    public string? NewPartner { get; init; }

    /// <summary>Null where the words left it open, as "last week" does.</summary>
    public LocalDate? On { get; init; }

    public ActivityType Type { get; init; } = ActivityType.Meeting;

    public Initiator? By { get; init; }

    public DecisionPower? Power { get; init; }

    public string? Decision { get; init; }

    public int? People { get; init; }

    public string? What { get; init; }

    public string? Promises { get; init; }

    public static ActivityDraft Of(PartnershipActivity activity) => new()
    {
        Partners = activity.Partners, On = activity.On, Type = activity.Type, By = activity.InitiatedBy, Power = activity.Power, Decision = activity.Decision,
        People = activity.People, What = activity.What, Promises = activity.Promises,
    };

    /// <summary>As a button carries it; only what is known.</summary>
    public Dictionary<string, string> ToValues() => new (string Id, string? Value)[]
    {
        ("partners", Partners.Count == 0 ? null : string.Join(',', Partners)),
        ("new", NewPartner),
        ("on", On is { } on ? LocalDatePattern.Iso.Format(on) : null),
        ("type", Type.ToString()),
        ("by", By?.ToString()),
        ("power", Power?.ToString()),
        ("decision", Decision),
        ("people", People?.ToString(CultureInfo.InvariantCulture)),
        ("what", What),
        ("promises", Promises),
    }.Where(one => one.Value is not null).ToDictionary(one => one.Id, one => one.Value!);

    /// <summary>Back from what a button carried and a form was filled in with. A choice that is none and a number that is none are left out; <see cref="ActivityForm"/> says so in words.</summary>
    public static ActivityDraft Read(Turn turn, IReadOnlyCollection<Partner> partners) => new()
    {
        // What is chosen in a form is screened, and an id may look like somebody's record number: there the reference stands for the partner.
        Partners = turn.Value("partner") is { } reference
            ? [.. partners.Where(one => one.Ref == reference).Select(one => one.Id)]
            : [.. (turn.Value("partners") ?? "").Split(',').Select(id => partners.FirstOrDefault(one => $"{one.Id}" == id)?.Id).OfType<Guid>()],
        NewPartner = turn.Value("new"),
        On = turn.Value("on") is { } on && LocalDatePattern.Iso.Parse(on) is { Success: true, Value: var day } ? day : null,
        Type = Choice<ActivityType>(turn, "type") ?? ActivityType.Other,
        By = Choice<Initiator>(turn, "by"),
        Power = Choice<DecisionPower>(turn, "power"),
        Decision = turn.Value("decision"),
        People = int.TryParse(turn.Value("people"), NumberStyles.None, CultureInfo.InvariantCulture, out var people) ? people : null,
        What = turn.Value("what"),
        Promises = turn.Value("promises"),
    };

    static T? Choice<T>(Turn turn, string id) where T : struct, Enum =>
        turn.Value(id) is { } word && !char.IsAsciiDigit(word[0]) && Enum.TryParse<T>(word, ignoreCase: true, out var value) ? value : null;

    public string ToJson() => JsonSerializer.Serialize(ToValues());

    public static IReadOnlyDictionary<string, string> ValuesOf(string json) => JsonSerializer.Deserialize<Dictionary<string, string>>(json)!;
}
