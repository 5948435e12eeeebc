using System.Text.RegularExpressions;
using EquityBot.Chat;
using EquityBot.Commitments;
using EquityBot.People;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;

namespace EquityBot.Escalation;

/// <summary>Every schedule, whom it is for and how it stands; and the pauses that are on or coming.</summary>
public sealed partial class ShowSchedules : ChatCommand
{
    public override string Verb => "show-schedules";

    public override string Action => "read-schedule";

    public override bool Reads => true;

    public override IReadOnlyList<Regex> Sentences => [Schedules()];

    public override async Task<Reply> HandleAsync(Turn turn, CancellationToken ct)
    {
        var (words, reader, today) = (turn.Words, turn.Reader, turn.Roster.TodayAt(turn.Now));
        var sections = new List<Block>();
        foreach (var schedule in await turn.Db.Set<EscalationSchedule>().OrderBy(one => one.Number).ToListAsync(ct))
        {
            var view = await turn.Subjects.ViewAsync(turn.Db, schedule, ct);
            var story = view.Aspect<ScheduleStory>()!;
            sections.Add(new Section(words["schedule.title", ("reference", schedule.Ref), ("name", schedule.Name)],
            [
                new Words(ScheduleCard.ScopeOf(schedule, reader)),
                new Quiet(words.Count("schedule.in-list", story.OpenCases.Count, ("version", story.InForce(today)?.Number ?? 0))),
                .. reader.Buttons(view, "show") is { } row ? new Block[] { row } : [],
            ]));
        }

        sections.AddRange(turn.Roster.PausesFrom(today).Select(pause => new Banner(
            words["pause.line", ("scope", PauseEscalation.ScopeOf(pause.DepartmentId, reader)), ("from", reader.Day(pause.From)), ("until", reader.Day(pause.Until))], Mood.Waiting)));
        if (reader.May("edit-schedule", null))
        {
            var command = (NewSchedule)reader.Catalogue.Command("new-schedule");
            sections.Add(new ButtonRow([command.ButtonFor(null, new Offer(words["button.new-schedule"], [.. NewSchedule.Inputs(reader)]))]));
        }

        return new(new Card(words["schedule.list"], sections));
    }

    [GeneratedRegex(@"^(?:show |list )?(?:the )?(?:escalation )?schedules?[.?]?$", RegexOptions.IgnoreCase)]
    private static partial Regex Schedules();
}

/// <summary>A schedule for a department, a level, or both, started from a template. It is a draft until it is put in force.</summary>
public sealed partial class NewSchedule : ChatCommand
{
    public override string Verb => "new-schedule";

    public override string Action => "edit-schedule";

    public override IReadOnlyList<Regex> Sentences => [New()];

    public static IEnumerable<Input> Inputs(Reader reader)
    {
        var words = reader.Words;
        return
        [
            new("template", words["form.template"], InputType.Choice) { Required = true, Choices = [.. ScheduleTemplates.All.Keys.Select(name => new Choice(words[$"template.{name}"], name))] },
            new("department", words["form.schedule-department"], InputType.Choice) { Choices = [.. reader.Roster.Departments.Select(one => new Choice(one.Name, one.Name))] },
            new("level", words["form.schedule-level"], InputType.Choice) { Choices = [.. Commitment.Levels.Select(level => new Choice(words[$"level.{level}"], level))] },
        ];
    }

    public override async Task<Reply> HandleAsync(Turn turn, CancellationToken ct)
    {
        if (turn.Value("template") is not { } template || !ScheduleTemplates.All.TryGetValue(template, out var plan))
        {
            return turn.No("schedule.no-such-template", ("templates", string.Join(", ", ScheduleTemplates.All.Keys)));
        }

        var named = turn.Value("department");
        var department = Naming.Department(turn.Roster, named ?? "").One;
        var level = Commitment.Levels.FirstOrDefault(one => one.Equals(turn.Value("level") ?? named, StringComparison.OrdinalIgnoreCase));
        if (named is not null && department is null && level is null)
        {
            return turn.No("schedule.no-such-department", ("department", named));
        }

        var scope = EscalationSchedule.ScopeOf(department?.Id, level);
        if (await turn.Db.Set<EscalationSchedule>().SingleOrDefaultAsync(one => one.Scope == scope, ct) is { } known)
        {
            return turn.No("schedule.scope-taken", ("reference", known.Ref), ("name", known.Name));
        }

        var schedule = EscalationSchedule.New(turn.Db.OrganizationId, await Counter.NextAsync(turn.Db, "S", ct), plan.Name, department?.Id, level, turn.Speaker.Id, turn.Speaker.DepartmentId);
        turn.Db.Add(schedule);
        turn.Db.Add(new ScheduleVersion { Id = Guid.NewGuid(), OrganizationId = turn.Db.OrganizationId, ScheduleId = schedule.Id, Number = 1, Plan = plan.ToJson(), ById = turn.Speaker.Id, At = turn.Now });
        await turn.Db.SaveChangesAsync(ct);
        await turn.ChangedAsync(schedule, "schedule-drafted", ct);
        return new(await turn.CurrentCardAsync(schedule, ct)) { About = schedule };
    }

    [GeneratedRegex(@"^new schedule(?: for (?<department>.+?))?(?: from (?<template>[a-z]+))?$", RegexOptions.IgnoreCase)]
    private static partial Regex New();
}
