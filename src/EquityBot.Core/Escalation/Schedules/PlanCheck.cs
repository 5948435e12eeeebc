using System.Text.RegularExpressions;
using EquityBot.People;
using NodaTime;

namespace EquityBot.Escalation;

/// <summary>Something about a plan, as a phrase and its places.</summary>
public sealed record PlanRemark(string Phrase, params (string Place, object? Value)[] Values);

/// <summary>Looks at a plan before anybody follows it: what cannot be, and what should be looked at twice.</summary>
public static partial class PlanCheck
{
    public const int MostSteps = 12;
    public const int FurthestReminder = 30;
    public const int FurthestStep = 260;
    public const int MostRepeats = 5;

    /// <summary>The roles that a step can go to, besides somebody by name.</summary>
    public static readonly IReadOnlyList<string> Roles = ["owner", "deputy", "lead", "supervisor", "officer", "sponsor", "board", "board-deputy"];

    /// <summary>The numbers of a plan with their least and most; all but the extensions in working days.</summary>
    static IEnumerable<(string Field, int? Value, int Least, int Most)> Numbers(Plan plan) =>
    [
        ("postponeDays", plan.PostponeDays, 0, 20),
        ("unreachedDays", plan.UnreachedDays, 1, 10),
        ("coverDays", plan.CoverDays, 1, 20),
        ("answerDays", plan.AnswerDays, 1, 30),
        ("silenceDays", plan.SilenceDays, 1, 90),
        ("extensions", plan.Extensions, 0, 5),
    ];

    /// <summary>Why nobody can follow this plan; empty when all is well. The limits keep a slip of the keyboard from reaching people: no step so near that nobody can answer the one before, none so far that the promise is forgotten.</summary>
    /// <param name="kinds">Kinds of action there are, and whether each writes to the recipient.</param>
    /// <param name="isForAll">Whether it is the organization's own schedule, which must reach the board and leave no trigger out.</param>
    public static IEnumerable<PlanRemark> Problems(Plan plan, IReadOnlyDictionary<string, bool> kinds, Roster roster, bool isForAll)
    {
        if (plan.Name.Length is 0 or > 60)
        {
            yield return new("plan.name");
        }

        foreach (var (field, value, least, most) in Numbers(plan).Where(one => one.Value < one.Least || one.Value > one.Most))
        {
            yield return new("plan.number", ("field", field), ("value", value), ("least", least), ("most", most));
        }

        if (plan.CaseSteps.Count is 0 or > MostSteps || plan.Steps.Count(step => step.Offset < 0) > 1 || plan.Steps.Any(step => step.Offset == 0))
        {
            yield return new("plan.steps", ("most", MostSteps));
        }

        foreach (var remark in plan.Steps.SelectMany(step => Problems(step, kinds, roster)))
        {
            yield return remark;
        }

        foreach (var (before, after) in plan.Steps.Zip(plan.Steps.Skip(1)).Where(pair => pair.Second.Offset <= pair.First.Offset))
        {
            yield return new("plan.order", ("step", after.Name), ("before", before.Name));
        }

        foreach (var name in plan.Steps.GroupBy(step => step.Name).Where(same => same.Count() > 1).Select(same => same.Key))
        {
            yield return new("plan.twice", ("step", name));
        }

        if (plan.CheckInsStopAt is { } stop && plan.CaseSteps.FirstOrDefault(step => step.Name == stop) is not { Role: "owner" or "deputy" or "lead" or "supervisor" })
        {
            yield return new("plan.check-ins", ("step", stop));
        }

        if (isForAll && (plan.CaseSteps.All(step => step.To != "board") || !plan.CaseSteps[^1].IsBoard))
        {
            yield return new("plan.board");
        }

        if (isForAll && (plan.AnswerDays is null || plan.SilenceDays is null || plan.CheckInsStopAt is null))
        {
            yield return new("plan.triggers");
        }
    }

    static IEnumerable<PlanRemark> Problems(EscalationStep step, IReadOnlyDictionary<string, bool> kinds, Roster roster)
    {
        if (!Name().IsMatch(step.Name))
        {
            yield return new("plan.step-name", ("step", step.Name));
        }

        if (step.Offset is < -FurthestReminder or > FurthestStep)
        {
            yield return new("plan.offset", ("step", step.Name), ("least", -FurthestReminder), ("most", FurthestStep));
        }

        if (step.Role == "person" ? roster.ByHandle(step.To[EscalationStep.PersonPrefix.Length..]) is null : !Roles.Contains(step.To))
        {
            yield return new("plan.to", ("step", step.Name), ("to", step.To), ("roles", string.Join(", ", Roles)));
        }

        foreach (var (kind, writes) in step.Also.Select(kind => (kind, false)).Prepend((step.Action, true)).Where(one => !kinds.TryGetValue(one.Item1, out var known) || known != one.Item2))
        {
            yield return new(writes ? "plan.action" : "plan.also", ("step", step.Name), ("action", kind), ("actions", string.Join(", ", kinds.Where(one => one.Value == writes).Select(one => one.Key).Order(StringComparer.Ordinal))));
        }

        if (step.Offset < 0 && (step.To != "owner" || step.Action != "remind" || step.Also.Count > 0 || step.Repeat is not null))
        {
            yield return new("plan.reminder", ("step", step.Name));
        }

        if (step.IsBoard != (step.Action == "ask-for-decision") || (step.Offset > 0 && step.Action == "remind"))
        {
            yield return new("plan.decision", ("step", step.Name));
        }

        if (step.AnswerWithin is < 1 or > 60)
        {
            yield return new("plan.answer", ("step", step.Name));
        }

        if (step.Repeat is { } repeat && (repeat.Every is < 1 or > 20 || repeat.Times is < 1 or > MostRepeats))
        {
            yield return new("plan.repeat", ("step", step.Name), ("most", MostRepeats));
        }
    }

    /// <summary>What should be looked at twice: steps that find nobody, by department as the roster stands now; gaps shorter than the answer that is asked for.</summary>
    /// <param name="departments">Those whose promises follow the plan.</param>
    public static IEnumerable<PlanRemark> Warnings(Plan plan, IReadOnlyCollection<Department> departments, Roster roster, Instant now)
    {
        foreach (var step in plan.CaseSteps)
        {
            var nobody = departments.Where(department => OwnerLike(department, roster) is { } owner && Recipients.For(step.To, owner, department.Id, new HashSet<Guid>(), roster, now) is null).Select(department => department.Name).ToList();
            if (nobody.Count > 0)
            {
                yield return new("plan.nobody", ("step", step.Name), ("departments", string.Join(", ", nobody)));
            }

            if (step.IsBoard && roster.BoardOwner(now) is null)
            {
                yield return new("plan.empty-seat", ("step", step.Name));
            }
        }

        foreach (var (step, next) in plan.CaseSteps.Zip(plan.CaseSteps.Skip(1)).Where(pair => pair.First.AnswerWithin > pair.Second.Offset - pair.First.Offset))
        {
            yield return new("plan.hurry", ("step", step.Name), ("next", next.Name));
        }
    }

    /// <summary>Somebody whose promises would be the department's: anybody who works there and does not lead it, else the lead.</summary>
    static Person? OwnerLike(Department department, Roster roster) =>
        roster.People.Where(person => person.DepartmentId == department.Id).OrderBy(person => person.Id == department.LeadId).FirstOrDefault();

    /// <summary>Whether a second pair of eyes must see it: it reaches, or reached, executives or the board; or it takes away a step or a trigger.</summary>
    public static bool NeedsApproval(Plan plan, Plan? before, Roster roster) =>
        (before is null ? [plan] : new[] { plan, before }).Any(one => one.CaseSteps.Any(step => ReachesAbove(step, roster)))
        || (before is not null && (before.CaseSteps.Any(step => plan.CaseSteps.All(kept => kept.To != step.To))
            || (before.AnswerDays is not null && plan.AnswerDays is null) || (before.SilenceDays is not null && plan.SilenceDays is null) || (before.CheckInsStopAt is not null && plan.CheckInsStopAt is null)));

    static bool ReachesAbove(EscalationStep step, Roster roster) => step.To is "sponsor" or "board" or "board-deputy"
        || (step.Role == "person" && roster.ByHandle(step.To[EscalationStep.PersonPrefix.Length..]) is { } person && roster.RolesOf(person).Any(role => role is Role.Executive or Role.BoardOwner));

    [GeneratedRegex("^[a-z][a-z0-9-]{0,19}$")]
    private static partial Regex Name();
}
