using System.Globalization;
using EquityBot.Chat;
using EquityBot.People;

namespace EquityBot.Escalation;

/// <summary>Changes one step of a schedule's draft, adds one or takes one away. Nobody follows a draft.</summary>
public sealed class EditStep(IEnumerable<IEscalationAction> actions) : EditSchedule(actions)
{
    const string New = "new";

    public override string Verb => "edit-step";

    protected override string Title => "button.edit-step";

    protected override IEnumerable<Input> Inputs(Plan plan, Reader reader)
    {
        var words = reader.Words;
        return
        [
            new("step", words["form.step"], InputType.Choice) { Required = true, Choices = [.. plan.Steps.Select(step => new Choice($"{step.Offset:+0;−0} {ScheduleCard.Who(step, reader)}", step.Name)), new(words["form.step-new"], New)] },
            new("offset", words["form.offset"], InputType.Number),
            new("to", words["form.to"], InputType.Choice) { Choices = [.. PlanCheck.Roles.Select(role => new Choice(words[$"role.{role}"], role)), .. reader.Roster.People.Where(one => !one.HasLeftBy(reader.Today)).Select(one => new Choice(one.Name, EscalationStep.PersonPrefix + one.Handle))] },
            new("action", words["form.action"], InputType.Choice) { Choices = Kinds(true, words) },
            new("also", words["form.also"], InputType.Choices) { Choices = Kinds(false, words) },
            new("answerWithin", words["form.answer-within"], InputType.Number),
            new("repeatEvery", words["form.repeat-every"], InputType.Number),
            new("repeatTimes", words["form.repeat-times"], InputType.Number),
            new("remove", words["form.remove"], InputType.Toggle),
        ];
    }

    List<Choice> Kinds(bool writes, Phrases words) => [.. Actions.Where(action => action.Writes == writes).Select(action => new Choice(words[$"action.{action.Kind}"], action.Kind))];

    protected override (Plan? Plan, Reply? Refusal) Change(Plan plan, Turn turn)
    {
        var name = turn.Value("step")!;
        var known = plan.Steps.FirstOrDefault(step => step.Name == name);
        if (known is null && name != New)
        {
            return (null, turn.No("schedule.no-such-step", ("step", name)));
        }

        if (turn.Value("remove") is "true")
        {
            return (plan with { Steps = [.. plan.Steps.Where(step => step.Name != name)] }, null);
        }

        if (Wrong(turn, "offset", "answerWithin", "repeatEvery", "repeatTimes") is { } refusal)
        {
            return (null, refusal);
        }

        var to = turn.Value("to") ?? known?.To;
        if (to is null || (known is null && turn.Value("offset") is null))
        {
            return (null, turn.No("schedule.new-step-needs"));
        }

        var step = (known ?? new EscalationStep(FreeName(plan, to), 0, to, to is "board" or "board-deputy" ? "ask-for-decision" : "tell")) with
        {
            To = to,
            Offset = Number(turn, "offset") ?? known?.Offset ?? 0,
            Action = turn.Value("action") ?? known?.Action ?? (to is "board" or "board-deputy" ? "ask-for-decision" : "tell"),
            Also = turn.Value("also") is { } also ? [.. also.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)] : known?.Also ?? [],
            AnswerWithin = turn.Value("answerWithin") is null ? known?.AnswerWithin : Number(turn, "answerWithin") is > 0 and var days ? days : null,
            Repeat = Number(turn, "repeatTimes") switch { 0 => null, { } times => new(Number(turn, "repeatEvery") ?? known?.Repeat?.Every ?? 1, times), _ => known?.Repeat },
        };
        return (plan with { Steps = [.. plan.Steps.Where(one => one.Name != name).Append(step).OrderBy(one => one.Offset)] }, null);
    }

    /// <summary>The role's name; with a number where there is one of that name.</summary>
    static string FreeName(Plan plan, string to)
    {
        var role = new EscalationStep("", 0, to, "").Role;
        return Enumerable.Range(1, PlanCheck.MostSteps + 2).Select(number => number == 1 ? role : string.Create(CultureInfo.InvariantCulture, $"{role}-{number}")).First(name => plan.Steps.All(step => step.Name != name));
    }
}

/// <summary>Changes what is not a step of a schedule's draft: its name, its calendar, its limits and triggers.</summary>
public sealed class EditNumbers(IEnumerable<IEscalationAction> actions) : EditSchedule(actions)
{
    public override string Verb => "edit-numbers";

    protected override string Title => "button.edit-numbers";

    static readonly string[] Fields = ["extensions", "postponeDays", "unreachedDays", "coverDays", "answerDays", "silenceDays"];

    protected override IEnumerable<Input> Inputs(Plan plan, Reader reader)
    {
        var words = reader.Words;
        return
        [
            new("name", words["form.schedule-name"], InputType.Text) { Value = plan.Name },
            new("calendar", words["form.calendar"], InputType.Choice) { Value = ScheduleYaml.CalendarWord(plan.Calendar), Choices = [.. Enum.GetValues<PlanCalendar>().Select(ScheduleYaml.CalendarWord).Select(word => new Choice(words[$"calendar.{word}"], word))] },
            .. Fields.Select(field => new Input(field, words[$"form.{field}"], InputType.Number) { Value = Of(plan, field)?.ToString(CultureInfo.InvariantCulture) }),
            new("checkInsStopAt", words["form.checkInsStopAt"], InputType.Choice) { Value = plan.CheckInsStopAt, Choices = [.. plan.CaseSteps.Where(step => step.Role is "owner" or "deputy" or "lead" or "supervisor").Select(step => new Choice(ScheduleCard.Who(step, reader), step.Name))] },
        ];
    }

    static int? Of(Plan plan, string field) => field switch
    {
        "extensions" => plan.Extensions,
        "postponeDays" => plan.PostponeDays,
        "unreachedDays" => plan.UnreachedDays,
        "coverDays" => plan.CoverDays,
        "answerDays" => plan.AnswerDays,
        _ => plan.SilenceDays,
    };

    protected override (Plan? Plan, Reply? Refusal) Change(Plan plan, Turn turn)
    {
        if (Wrong(turn, Fields) is { } refusal)
        {
            return (null, refusal);
        }

        if (ScheduleYaml.CalendarOf(turn.Value("calendar")) is not { } calendar)
        {
            return (null, turn.No("schedule.no-such-calendar", ("calendar", turn.Value("calendar"))));
        }

        return (plan with
        {
            Name = turn.Value("name") ?? plan.Name,
            Calendar = turn.Value("calendar") is null ? plan.Calendar : calendar,
            Extensions = Number(turn, "extensions") ?? plan.Extensions,
            PostponeDays = Number(turn, "postponeDays") ?? plan.PostponeDays,
            UnreachedDays = Number(turn, "unreachedDays") ?? plan.UnreachedDays,
            CoverDays = Number(turn, "coverDays") ?? plan.CoverDays,
            AnswerDays = turn.Cleared("answerDays") ? null : Number(turn, "answerDays") ?? plan.AnswerDays,
            SilenceDays = turn.Cleared("silenceDays") ? null : Number(turn, "silenceDays") ?? plan.SilenceDays,
            CheckInsStopAt = turn.Cleared("checkInsStopAt") ? null : turn.Value("checkInsStopAt") ?? plan.CheckInsStopAt,
        }, null);
    }
}

/// <summary>A change to a schedule's draft; where there is none yet, to a copy of what is in force.</summary>
public abstract class EditSchedule(IEnumerable<IEscalationAction> actions) : ChatCommand
{
    protected IReadOnlyList<IEscalationAction> Actions { get; } = [.. actions.OrderBy(action => action.Kind, StringComparer.Ordinal)];

    public override string Action => "edit-schedule";

    public override string Needs => "S";

    protected abstract string Title { get; }

    protected abstract IEnumerable<Input> Inputs(Plan plan, Reader reader);

    /// <summary>The changed plan, or why what was filled in makes no sense.</summary>
    protected abstract (Plan? Plan, Reply? Refusal) Change(Plan plan, Turn turn);

    public override Offer? Offer(View view, Reader reader) => view.Aspect<ScheduleStory>() is { Open: null or { Status: VersionStatus.Draft } } story
        ? new(reader.Words[Title], [.. Inputs(PlanOf(story, reader), reader)])
        : null;

    /// <summary>What an edit would change: the open version, else what is in force.</summary>
    public static Plan PlanOf(ScheduleStory story, Reader reader) => Plan.FromJson((story.Open ?? story.InForce(reader.Roster.TodayAt(reader.Now)) ?? story.Versions[^1]).Plan);

    public override async Task<Reply> HandleAsync(Turn turn, CancellationToken ct)
    {
        var story = turn.View!.Aspect<ScheduleStory>()!;
        if (story.Open is { Status: VersionStatus.Proposed })
        {
            return turn.No("schedule.waits", ("reference", story.Schedule.Ref));
        }

        var (plan, refusal) = Change(PlanOf(story, turn.Reader), turn);
        return refusal ?? await DraftAsync(turn, story, plan!, Actions, ct);
    }

    /// <summary>Writes the plan into the schedule's draft, unless something about it cannot be.</summary>
    public static async Task<Reply> DraftAsync(Turn turn, ScheduleStory story, Plan plan, IEnumerable<IEscalationAction> actions, CancellationToken ct)
    {
        if (PlanCheck.Problems(plan, actions.ToDictionary(action => action.Kind, action => action.Writes), turn.Roster, story.Schedule.Exactness == 0).FirstOrDefault() is { } problem)
        {
            return turn.No(problem.Phrase, problem.Values);
        }

        if (story.Open is { } draft)
        {
            draft.Plan = plan.ToJson();
        }
        else
        {
            turn.Db.Add(new ScheduleVersion { Id = Guid.NewGuid(), OrganizationId = turn.Db.OrganizationId, ScheduleId = story.Schedule.Id, Number = story.NextNumber, Plan = plan.ToJson(), ById = turn.Speaker.Id, At = turn.Now });
            await turn.Db.SaveChangesAsync(ct);
        }

        story.Schedule.Changed();
        await turn.ChangedAsync(story.Schedule, "schedule-drafted", ct);
        return new(await turn.CurrentCardAsync(story.Schedule, ct)) { About = story.Schedule, InPlace = true };
    }

    /// <summary>Why one of these is no whole number; null when all are, or are left empty.</summary>
    protected static Reply? Wrong(Turn turn, params IEnumerable<string> fields) =>
        fields.FirstOrDefault(field => turn.Value(field) is not null && Number(turn, field) is null) is { } wrong ? turn.No("schedule.not-a-number", ("label", turn.Words[$"form.{Key(wrong)}"]), ("value", turn.Value(wrong))) : null;

    static string Key(string field) => field switch { "answerWithin" => "answer-within", "repeatEvery" => "repeat-every", "repeatTimes" => "repeat-times", _ => field };

    protected static int? Number(Turn turn, string field) =>
        turn.Value(field) is { } typed && int.TryParse(typed.Replace('−', '-'), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
}
