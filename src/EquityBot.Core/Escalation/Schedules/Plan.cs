using System.Text.Json;
using System.Text.Json.Serialization;
using EquityBot.People;

namespace EquityBot.Escalation;

/// <summary>The same step again to the same person, until somebody answers or the next step comes.</summary>
/// <param name="Every">Working days between two; at least 1.</param>
/// <param name="Times">How often it is repeated at most.</param>
public sealed record Repeat(int Every, int Times);

/// <summary>One step: who hears what, how many working days after the due day.</summary>
/// <param name="Name">The position in the schedule, whoever it resolves to: a contract (practice interface).</param>
/// <param name="Offset">Working days after the due day on the plan's calendar; negative for a reminder before it.</param>
/// <param name="To">owner, deputy, lead, supervisor, officer, sponsor, board, board-deputy, or <c>person:</c> and a handle.</param>
/// <param name="Action">Kind of the <see cref="IEscalationAction"/> that writes to the recipient.</param>
/// <param name="AnswerWithin">Working days within which an answer is asked for; null where none is.</param>
public sealed record EscalationStep(string Name, int Offset, string To, string Action, int? AnswerWithin = null)
{
    public const string PersonPrefix = "person:";

    /// <summary>Kinds of further actions that the step brings about beside its message.</summary>
    public IReadOnlyList<string> Also { get; init; } = [];

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Repeat? Repeat { get; init; }

    [JsonIgnore]
    public bool IsBoard => To is "board" or "board-deputy";

    /// <summary>The step's role as phrases name it; "person" for somebody named.</summary>
    [JsonIgnore]
    public string Role => To.StartsWith(PersonPrefix, StringComparison.Ordinal) ? "person" : To;

    /// <summary>All kinds of action, the message's first.</summary>
    [JsonIgnore]
    public IEnumerable<string> Actions => Also.Prepend(Action);

    public bool Equals(EscalationStep? other) => other is not null
        && (Name, Offset, To, Action, AnswerWithin, Repeat) == (other.Name, other.Offset, other.To, other.Action, other.AnswerWithin, other.Repeat) && Also.SequenceEqual(other.Also);

    public override int GetHashCode() => HashCode.Combine(Name, Offset, To, Action, AnswerWithin, Repeat, Also.Count);
}

/// <summary>Which days count.</summary>
public enum PlanCalendar
{
    /// <summary>The weekdays of the owner's site less its holidays.</summary>
    Site,

    /// <summary>Weekdays on which every site is open.</summary>
    Organization,

    /// <summary>Every day of the week, holidays as well.</summary>
    EveryDay,
}

/// <summary>The numbers of one schedule, as a case keeps them.</summary>
/// <param name="PostponeDays">Working days by which the first progress after the due day moves the next step.</param>
/// <param name="UnreachedDays">Working days that the schedule waits after a recipient could not be reached.</param>
/// <param name="CoverDays">Working days that the schedule waits for somebody to cover an absent owner.</param>
/// <param name="AnswerDays">Working days that a proposal, a claim of done, a withdrawal or a request may wait for its answer; null where their silence is no trigger.</param>
/// <param name="SilenceDays">Working days into a cycle after which a department without an accepted promise is missed; null where that is no trigger.</param>
/// <param name="CheckInsStopAt">The last step that a missed check-in alone reaches; null where it is no trigger.</param>
/// <param name="Steps">Strictly increasing in offset.</param>
public sealed record Plan(string Name, int PostponeDays, int UnreachedDays, int CoverDays, int? AnswerDays, int? SilenceDays, string? CheckInsStopAt, IReadOnlyList<EscalationStep> Steps)
{
    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) } };

    /// <summary>How often an owner may move the due day; after that the sponsor decides.</summary>
    public int Extensions { get; init; } = 2;

    public PlanCalendar Calendar { get; init; }

    /// <summary>The step before the due day; null when the schedule has none.</summary>
    [JsonIgnore]
    public EscalationStep? Reminder => Steps.FirstOrDefault(step => step.Offset < 0);

    /// <summary>The steps that a case walks.</summary>
    [JsonIgnore]
    public IReadOnlyList<EscalationStep> CaseSteps => [.. Steps.Where(step => step.Offset > 0)];

    /// <summary>The days that count for this owner: never a day on which the owner's department rests.</summary>
    public WorkCalendar CalendarFor(Person owner, Roster roster) => Calendar switch
    {
        PlanCalendar.Organization => roster.CalendarOfAllSites(owner),
        PlanCalendar.EveryDay => roster.EveryDayOf(owner),
        _ => roster.CalendarOf(owner),
    };

    /// <summary>The plan as far as a case with this trigger walks it.</summary>
    public Plan For(string trigger)
    {
        var stop = Steps.ToList().FindIndex(step => step.Name == CheckInsStopAt);
        return trigger == Triggers.CheckIn && stop >= 0 ? this with { Steps = [.. Steps.Take(stop + 1)] } : this;
    }

    public bool Equals(Plan? other) => other is not null && ToJson() == other.ToJson();

    public override int GetHashCode() => ToJson().GetHashCode(StringComparison.Ordinal);

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    public static Plan FromJson(string json) => JsonSerializer.Deserialize<Plan>(json, Json)!;
}
