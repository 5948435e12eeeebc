using EquityBot.Commitments;
using EquityBot.People;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace EquityBot.Escalation;

/// <summary>A schedule with the version of it that is in force.</summary>
public sealed record ScheduleInForce(EscalationSchedule Schedule, ScheduleVersion Version, Plan Plan);

/// <summary>Every approved version of every schedule: what a miss of any day follows.</summary>
public sealed record ScheduleBook(IReadOnlyList<ScheduleInForce> Versions)
{
    /// <summary>The schedule for promises of this department and level, as it stands on this day of the organization: the most exact one that fits, in its newest version. Every organization has one that fits all.</summary>
    public ScheduleInForce For(Guid department, string? level, LocalDate day) => Versions
        .Where(one => one.Version.InForceFrom <= day && one.Schedule.Fits(department, level))
        .OrderByDescending(one => one.Schedule.Exactness).ThenByDescending(one => one.Version.InForceFrom).ThenByDescending(one => one.Version.Number)
        .First();

    public ScheduleInForce For(Commitment commitment, Roster roster, Instant now) => For(commitment.DepartmentId, commitment.Level, roster.TodayAt(now));

    /// <summary>The same with a draft in force from this day on.</summary>
    public ScheduleBook With(ScheduleTrial trial, LocalDate from, Instant now)
    {
        var version = new ScheduleVersion { Id = Guid.NewGuid(), OrganizationId = trial.Schedule.OrganizationId, ScheduleId = trial.Schedule.Id, Number = int.MaxValue, Plan = trial.Plan.ToJson(), ById = trial.Schedule.AuthorId, At = now };
        version.Approve(null, from, now);
        return new([.. Versions, new(trial.Schedule, version, trial.Plan)]);
    }

    /// <summary>As it stands when a transaction first asks for it; see <see cref="EquityDb.ViewAsync"/>.</summary>
    public static Task<ScheduleBook> LoadAsync(EquityDb db, CancellationToken ct) => db.ViewAsync(() => ReadAsync(db, ct));

    /// <summary>As it stands in the database at this moment, for whoever is to trust nothing that is shared: the auditor.</summary>
    public static async Task<ScheduleBook> ReadAsync(EquityDb db, CancellationToken ct)
    {
        var found = await (
            from version in db.Set<ScheduleVersion>().AsNoTracking()
            join schedule in db.Set<EscalationSchedule>().AsNoTracking() on version.ScheduleId equals schedule.Id
            where version.Status == VersionStatus.Approved
            select new { schedule, version }).ToListAsync(ct);
        return new([.. found.Select(one => new ScheduleInForce(one.schedule, one.version, Plan.FromJson(one.version.Plan)))]);
    }
}
