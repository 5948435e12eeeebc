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
    public override async Task<IReadOnlyDictionary<Guid, object>> LoadAspectsAsync(EquityDb db, IReadOnlyCollection<ISubject> subjects, CancellationToken ct)
    {
        var schedules = subjects.OfType<EscalationSchedule>().ToList();
        if (schedules.Count == 0)
        {
            return new Dictionary<Guid, object>();
        }

        var ids = schedules.Select(one => one.Id).ToList();
        var versions = await db.Set<ScheduleVersion>().Where(one => ids.Contains(one.ScheduleId)).OrderBy(one => one.Number).ToListAsync(ct);
        var cases = await db.Set<EscalationCase>().AsNoTracking().Where(one => one.ScheduleId != null && ids.Contains(one.ScheduleId.Value) && one.ClosedAt == null).OrderBy(one => one.Number).ToListAsync(ct);
        return schedules.ToDictionary(
            one => one.Id,
            object (one) => new ScheduleStory(one, [.. versions.Where(version => version.ScheduleId == one.Id)], [.. cases.Where(@case => @case.ScheduleId == one.Id)]));
    }

    public override Task FollowAsync(EquityDb db, Change change, Roster roster, Instant now, CancellationToken ct) => Task.CompletedTask;

    public override IEnumerable<Block> Describe(View view, Reader reader) => [];
}

/// <summary>S-1.</summary>
public sealed class ScheduleKind : SubjectKind
{
    public override string Prefix => "S";

    public override async Task<IReadOnlyList<ISubject>> LoadAsync(EquityDb db, IReadOnlyCollection<int> numbers, bool locked, CancellationToken ct)
    {
        var found = db.Set<EscalationSchedule>().Where(one => numbers.Contains(one.Number));
        return await (locked ? found.OrderBy(one => one.Id).ForUpdate() : found).ToListAsync(ct);
    }

    public override Card Card(View view, Reader reader) => reader.May("read-schedule", view.Subject)
        ? ScheduleCard.Of(view.Aspect<ScheduleStory>()!, view, reader)
        : new Card(reader.Words["schedule.title", ("reference", view.Subject.Ref), ("name", ((EscalationSchedule)view.Subject).Name)], new Words(reader.Words["denied.read-schedule"]));
}
