using System.Globalization;
using EquityBot.Chat;
using EquityBot.Commitments;
using EquityBot.People;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;

namespace EquityBot.Goals;

/// <summary>A milestone's day is near, or has passed: to whoever acts for its goal alone, with every answer one button.</summary>
public sealed class MilestoneNotice : NoticeWriter
{
    public const string Name = "milestone";

    public override string Trigger => Name;

    /// <summary>What makes this one another than the last.</summary>
    public static string Period(Milestone milestone) => milestone.Notices.ToString(CultureInfo.InvariantCulture);

    public override async Task<Card?> WriteAsync(EquityDb db, Notice notice, Reader reader, CancellationToken ct)
    {
        var milestone = await db.Set<Milestone>().AsNoTracking().SingleAsync(one => one.Id == notice.SubjectId, ct);
        if (milestone.State != MilestoneState.Planned || Period(milestone) != notice.Period || await reader.ViewAsync(db, notice.Ref, ct) is not { Subject: SmartGoal { IsRunning: true } goal } view)
        {
            return null;
        }

        if (Reminders.Hears(reader.Roster, goal.OwnerId, goal.DepartmentId, reader.Now)?.Id != reader.Person.Id)
        {
            // Somebody else acts by now: the sweep finds out who.
            await db.Set<Milestone>().Where(one => one.Id == milestone.Id).ExecuteUpdateAsync(
                set => set.SetProperty(one => one.LookAt, reader.Now).SetProperty(one => one.AskedOn, (NodaTime.LocalDate?)null).SetProperty(one => one.RemindedFor, (NodaTime.LocalDate?)null), ct);
            return null;
        }

        var (words, day) = (reader.Words, reader.DueDay(milestone.Due, goal.OwnerId));
        string[] verbs = ["finish-milestone", "move-milestone", "block-milestone", "drop-milestone"];
        return new(
            words[milestone.AskedOn is null ? "milestone.is-due" : "milestone.was-due", ("number", milestone.Number), ("reference", goal.Ref), ("day", day)],
            new Words(milestone.Title, Strong: true),
            new Quiet(GoalCard.Title(view, words)),
            milestone is { Blocker: { } blocker, BlockedOn: { } since } ? new Quiet(words["milestone.in-the-way", ("what", blocker), ("day", reader.Day(since))]) : null,
            new Words(words[milestone.AskedOn is null ? "milestone.on-its-way" : "milestone.ask"]),
            milestone.AskedOn is { } asked
                ? new Quiet(words["milestone.next", ("department", reader.Roster.Department(goal.DepartmentId).Name), ("day", reader.Day(MilestoneWatch.MissedFrom(asked, reader.Roster.HoursOf(reader.Person))))])
                : null,
            ButtonRow.Of([
                .. reader.May("report-progress", goal) ? verbs.Select((verb, place) => MilestoneReply.Button(verb, milestone, goal, reader) with { Primary = place == 0 }) : [],
                reader.Catalogue.Command("show").ButtonFor(goal, new Offer(words["button.show"])),
            ]));
    }
}

/// <summary>No word came of a milestone: to whoever leads the department. What goes further up goes with the promise that the goal belongs to.</summary>
public sealed class MilestoneMissed : NoticeWriter
{
    public const string Name = "milestone-missed";

    public override string Trigger => Name;

    public override async Task<Card?> WriteAsync(EquityDb db, Notice notice, Reader reader, CancellationToken ct)
    {
        var milestone = await db.Set<Milestone>().AsNoTracking().SingleAsync(one => one.Id == notice.SubjectId, ct);
        if (milestone.State != MilestoneState.Missed || await reader.ViewAsync(db, notice.Ref, ct) is not { Subject: SmartGoal { IsRunning: true } goal } view)
        {
            return null;
        }

        var words = reader.Words;
        var promise = goal.CommitmentId is { } id ? await db.Set<Commitment>().AsNoTracking().SingleOrDefaultAsync(one => one.Id == id, ct) : null;
        var show = reader.Catalogue.Command("show");
        return new(
            words["milestone.missed-title", ("number", milestone.Number), ("reference", goal.Ref), ("department", reader.Roster.Department(goal.DepartmentId).Name), ("day", reader.DueDay(milestone.Due, goal.OwnerId))],
            new Words(milestone.Title, Strong: true),
            new Quiet(GoalCard.Title(view, words)),
            new Words(words["milestone.missed-words"]),
            new Quiet(promise is { Due: { } due } ? words["milestone.with-promise", ("goal", goal.Ref), ("reference", promise.Ref), ("day", reader.DueDay(due, promise.OwnerId))] : words["milestone.no-further"]),
            new ButtonRow([show.ButtonFor(goal, new Offer(words["button.show"])), .. promise is null ? Array.Empty<Button>() : [show.ButtonFor(promise, new Offer(words["milestone.show-promise", ("reference", promise.Ref)]))]]));
    }
}
