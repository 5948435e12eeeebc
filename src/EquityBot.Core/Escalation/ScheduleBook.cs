using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace EquityBot.Escalation;

/// <summary>A schedule with the version of it that is in force.</summary>
public sealed record ScheduleInForce(EscalationSchedule Schedule, ScheduleVersion Version, Plan Plan);

/// <summary>Every schedule that is in force on one day: what a new miss follows.</summary>
public sealed record ScheduleBook(IReadOnlyList<ScheduleInForce> Schedules)
{
    /// <summary>The schedule for promises of this department and level: the most exact one that fits. Every organization has one that fits all.</summary>
    public ScheduleInForce For(Guid department, string? level) =>
        Schedules.Where(one => one.Schedule.Fits(department, level)).OrderByDescending(one => one.Schedule.Exactness).First();

    /// <param name="day">The organization's day.</param>
    public static async Task<ScheduleBook> LoadAsync(EquityDb db, LocalDate day, CancellationToken ct)
    {
        var found = await (
            from version in db.Set<ScheduleVersion>().AsNoTracking()
            join schedule in db.Set<EscalationSchedule>().AsNoTracking() on version.ScheduleId equals schedule.Id
            where version.Status == VersionStatus.Approved && version.InForceFrom <= day
            select new { schedule, version }).ToListAsync(ct);
        return new([.. found.GroupBy(one => one.schedule.Id)
            .Select(versions => versions.OrderByDescending(one => one.version.InForceFrom).ThenByDescending(one => one.version.Number).First())
            .Select(one => new ScheduleInForce(one.schedule, one.version, Plan.FromJson(one.version.Plan)))]);
    }
}
