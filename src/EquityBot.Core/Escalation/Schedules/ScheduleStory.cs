using EquityBot.Chat;
using EquityBot.People;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace EquityBot.Escalation;

/// <summary>A schedule with its versions: what its card and its commands show of it.</summary>
/// <param name="Versions">The oldest first.</param>
/// <param name="OpenCases">Cases that are open and follow it.</param>
public sealed record ScheduleStory(EscalationSchedule Schedule, IReadOnlyList<ScheduleVersion> Versions, IReadOnlyList<EscalationCase> OpenCases)
{
    /// <summary>The version that is in force on this day of the organization; null before the first is.</summary>
    public ScheduleVersion? InForce(LocalDate day) => Versions.Where(one => one.InForceFrom <= day).OrderByDescending(one => one.InForceFrom).ThenByDescending(one => one.Number).FirstOrDefault();

    /// <summary>Approved and not yet in force; null when none is.</summary>
    public ScheduleVersion? Coming(LocalDate day) => Versions.FirstOrDefault(one => one.InForceFrom > day);

    /// <summary>Being written, or waiting for the second pair of eyes; null when none is.</summary>
    public ScheduleVersion? Open => Versions.FirstOrDefault(one => one.IsOpen);

    public int NextNumber => Versions.Max(one => one.Number) + 1;

    /// <summary>The departments whose promises follow it.</summary>
    public IReadOnlyCollection<Department> DepartmentsIn(Roster roster) => [.. roster.Departments.Where(one => Schedule.ScopeDepartmentId is null || one.Id == Schedule.ScopeDepartmentId)];
}

/// <summary>Puts a schedule's versions beside it.</summary>
public sealed class ScheduleFollower : SubjectFollower
{
    public override async Task<object?> LoadAspectAsync(EquityDb db, ISubject subject, CancellationToken ct) => subject is EscalationSchedule schedule
        ? new ScheduleStory(
            schedule,
            await db.Set<ScheduleVersion>().Where(one => one.ScheduleId == schedule.Id).OrderBy(one => one.Number).ToListAsync(ct),
            await db.Set<EscalationCase>().AsNoTracking().Where(one => one.ScheduleId == schedule.Id && one.ClosedAt == null).OrderBy(one => one.Number).ToListAsync(ct))
        : null;

    public override Task FollowAsync(EquityDb db, Change change, Roster roster, Instant now, CancellationToken ct) => Task.CompletedTask;

    public override IEnumerable<Block> Describe(View view, Reader reader) => [];
}

/// <summary>S-1.</summary>
public sealed class ScheduleKind : SubjectKind
{
    public override string Prefix => "S";

    public override async Task<ISubject?> LoadAsync(EquityDb db, int number, bool locked, CancellationToken ct)
    {
        var found = db.Set<EscalationSchedule>().Where(one => one.Number == number);
        return await (locked ? found.ForUpdate() : found).SingleOrDefaultAsync(ct);
    }

    public override Card Card(View view, Reader reader) => reader.May("read-schedule", view.Subject)
        ? ScheduleCard.Of(view.Aspect<ScheduleStory>()!, view, reader)
        : new Card(reader.Words["schedule.title", ("reference", view.Subject.Ref), ("name", ((EscalationSchedule)view.Subject).Name)], new Words(reader.Words["denied.read-schedule"]));
}
