using EquityBot.Chat;
using EquityBot.People;

namespace EquityBot.Escalation;

/// <summary>One schedule: whom it is for, its steps, what is being changed about it and what that would do.</summary>
public static class ScheduleCard
{
    public static Card Of(ScheduleStory story, View view, Reader reader)
    {
        var words = reader.Words;
        var today = reader.Roster.TodayAt(reader.Now);
        var (inForce, open) = (story.InForce(today), story.Open);
        var shown = Plan.FromJson((open ?? inForce ?? story.Versions[^1]).Plan);
        return new(
            words["schedule.title", ("reference", story.Schedule.Ref), ("name", story.Schedule.Name)],
            [
                new Facts(
                    new Fact(words["schedule.for"], ScopeOf(story.Schedule, reader)),
                    new Fact(words["schedule.in-force"], inForce is null ? words["schedule.none"] : words["schedule.version-since", ("number", inForce.Number), ("day", reader.Day(inForce.InForceFrom!.Value))]),
                    story.Coming(today) is { } coming ? new Fact(words["schedule.coming"], words["schedule.version-since", ("number", coming.Number), ("day", reader.Day(coming.InForceFrom!.Value))]) : null,
                    new Fact(words["schedule.open-cases"], $"{story.OpenCases.Count}")),
                .. Steps(shown, reader),
                .. open is null ? [] : OpenVersion(story, open, inForce, shown, reader),
                .. Warnings(story, shown, reader),
                .. reader.EveryButton(view) is { } row ? new Block[] { row } : [],
            ]);
    }

    public static string ScopeOf(EscalationSchedule schedule, Reader reader)
    {
        var words = reader.Words;
        var department = schedule.ScopeDepartmentId is { } id ? reader.Roster.Department(id).Name : null;
        var level = schedule.ScopeLevel is { } named ? words[$"level.{named}"] : null;
        return (department, level) switch
        {
            (null, null) => words["schedule.for-all"],
            (null, { } only) => words["schedule.for-level", ("level", only)],
            ({ } only, null) => only,
            ({ } one, { } other) => words["schedule.for-both", ("department", one), ("level", other)],
        };
    }

    /// <summary>A line a step, by its day.</summary>
    public static IEnumerable<Block> Steps(Plan plan, Reader reader)
    {
        var words = reader.Words;
        yield return new Table(
            [words["schedule.day"], words["schedule.who"], words["schedule.what"]],
            [.. plan.Steps.Select(step => (IReadOnlyList<string>)[Day(step), Who(step, reader), What(step, words)])]);
        yield return new Quiet(words["schedule.numbers",
            ("calendar", words[$"calendar.{ScheduleYaml.CalendarWord(plan.Calendar)}"]), ("extensions", words.Count("schedule.extensions", plan.Extensions)), ("postpone", plan.PostponeDays), ("unreached", plan.UnreachedDays), ("cover", plan.CoverDays)]);
        yield return new Quiet(words["schedule.triggers",
            ("answers", plan.AnswerDays is { } answers ? words["schedule.after", ("days", answers)] : words["schedule.off"]),
            ("silence", plan.SilenceDays is { } silence ? words["schedule.after", ("days", silence)] : words["schedule.off"]),
            ("checkIns", plan.CheckInsStopAt ?? words["schedule.off"])]);
    }

    public static string Who(EscalationStep step, Reader reader) => step.Role == "person"
        ? reader.Roster.ByHandle(step.To[EscalationStep.PersonPrefix.Length..])?.Name ?? step.To
        : reader.Words[$"role.{step.To}"];

    static string What(EscalationStep step, Phrases words) => string.Join(" · ", step.Actions.Select(action => words[$"action.{action}"])
        .Concat(step.AnswerWithin is { } days ? [words["schedule.answer-within", ("days", days)]] : [])
        .Concat(step.Repeat is { } repeat ? [words.Count("schedule.repeat", repeat.Times, ("after", words.Count("schedule.later", repeat.Every)))] : []));

    static IEnumerable<Block> OpenVersion(ScheduleStory story, ScheduleVersion open, ScheduleVersion? inForce, Plan plan, Reader reader)
    {
        var words = reader.Words;
        yield return new Banner(words[$"schedule.{open.Status.ToString().ToLowerInvariant()}", ("number", open.Number), ("name", reader.Name(open.ById))], Mood.Waiting);
        if (open.Reason is { } reason)
        {
            yield return new Quote(reason, reader.Name(open.ById));
        }

        if (inForce is not null && Changes(Plan.FromJson(inForce.Plan), plan, reader).ToList() is { Count: > 0 } changes)
        {
            yield return new Words(words["schedule.changes"], Strong: true);
            yield return new Bullets(changes);
        }

        var effects = ScheduleEffect.Of(story.OpenCases, story.Schedule.Id, plan, reader.Roster, reader.Now);
        yield return new Quiet(story.OpenCases.Count == 0 ? words["schedule.effect.none"] : words.Count("schedule.effect", story.OpenCases.Count, ("changed", effects.Count)));
        if (effects.Count > 0)
        {
            yield return new Bullets([.. effects.Take(5).Select(one => words["schedule.effect-line",
                ("reference", one.Case.AboutRef), ("old", Next(one.Before, words, reader)), ("new", Next(one.After, words, reader))])]);
        }
    }

    /// <summary>What is different, a line each.</summary>
    public static IEnumerable<string> Changes(Plan before, Plan after, Reader reader) =>
        PlanDiff.Fields(before, after).Select(remark => reader.Words[remark.Phrase, remark.Values]).Concat(PlanDiff.Steps(before, after).SelectMany(pair => Change(pair.Before, pair.After, reader)));

    static IEnumerable<string> Change(EscalationStep? before, EscalationStep? after, Reader reader)
    {
        var words = reader.Words;
        if (before is null || after is null)
        {
            yield return words[before is null ? "diff.added" : "diff.removed", ("day", Day((before ?? after)!)), ("who", Who((before ?? after)!, reader)), ("what", What((before ?? after)!, words))];
            yield break;
        }

        if (before.To != after.To)
        {
            yield return words["diff.who", ("day", Day(after)), ("old", Who(before, reader)), ("new", Who(after, reader))];
        }

        if (before.Offset != after.Offset)
        {
            yield return words["diff.day", ("who", Who(after, reader)), ("old", Day(before)), ("new", Day(after))];
        }

        if (What(before, words) is var old && What(after, words) is var now && old != now)
        {
            yield return words["diff.what", ("day", Day(after)), ("who", Who(after, reader)), ("old", old), ("new", now)];
        }
    }

    static string Day(EscalationStep step) => $"{step.Offset:+0;−0}";

    static string Next((EscalationStep Step, NodaTime.LocalDate On)? next, Phrases words, Reader reader) =>
        next is ({ } step, var on) ? words["schedule.next", ("who", Who(step, reader)), ("day", reader.Day(on))] : words["schedule.nothing-next"];

    static IEnumerable<Block> Warnings(ScheduleStory story, Plan plan, Reader reader) =>
        PlanCheck.Warnings(plan, story.DepartmentsIn(reader.Roster), reader.Roster, reader.Now).Select(remark => new Banner(reader.Words[remark.Phrase, remark.Values], Mood.AtRisk));
}
