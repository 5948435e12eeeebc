using System.Globalization;
using EquityBot.Chat;
using EquityBot.People;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace EquityBot.Partnerships;

public enum FollowUpStatus
{
    Open,
    Done,
    Dropped,
}

/// <summary>A small thing to do after a conversation with a partner. It reminds; it is no promise on the plan and goes to nobody above.</summary>
public sealed class FollowUp : ISubject, IReminded
{
    public required Guid Id { get; init; }

    public required Guid OrganizationId { get; init; }

    public required int Number { get; init; }

    public string Ref => string.Create(CultureInfo.InvariantCulture, $"F-{Number}");

    public required Guid PartnerId { get; init; }

    /// <summary>P-4, where it came out of that; else null.</summary>
    public string? After { get; init; }

    public required string What { get; init; }

    /// <summary>Ends at midnight in the owner's zone.</summary>
    public required LocalDate Due { get; set; }

    public required Guid OwnerId { get; init; }

    public required Guid DepartmentId { get; init; }

    public Guid AuthorId => OwnerId;

    public FollowUpStatus Status { get; private set; } = FollowUpStatus.Open;

    public Instant? ClosedAt { get; private set; }

    public Guid? ClosedById { get; private set; }

    public int Version { get; private set; } = 1;

    /// <summary>How many of the reminders of <see cref="FollowUpWatch"/> this day has had.</summary>
    public int Reminders { get; private set; }

    /// <summary>When the watch has to look next; null when it has nothing more to say.</summary>
    public Instant? LookAt { get; private set; }

    public bool IsOnThePlan => true;

    public bool IsOpen => Status == FollowUpStatus.Open;

    /// <summary>Begins its reminders anew; those that would come on the day of planning itself are left out.</summary>
    /// <param name="hours">Of its owner.</param>
    public void Plan(WorkingHours hours, Instant now) => (Reminders, LookAt) = FollowUpWatch.Look(Due, hours, now);

    public void Move(LocalDate due, WorkingHours hours, Instant now)
    {
        Version++;
        Due = due;
        Plan(hours, now);
    }

    public void Close(FollowUpStatus status, Guid by, Instant now)
    {
        Version++;
        (Status, ClosedById, ClosedAt, LookAt) = (status, by, now, null);
    }

    public void Remind(int reminders) => Reminders = reminders;

    public void LookAgainAt(Instant? at) => LookAt = at;

    sealed class Mapping : IEntityTypeConfiguration<FollowUp>
    {
        public void Configure(EntityTypeBuilder<FollowUp> table)
        {
            table.ToTable("FollowUps").HasKey(one => one.Id);
            table.Property(one => one.Id).ValueGeneratedNever();
            table.Ignore(one => one.Ref).Ignore(one => one.AuthorId).Ignore(one => one.IsOnThePlan).Ignore(one => one.IsOpen);
            table.Property(one => one.After).HasMaxLength(20);
            table.Property(one => one.What).HasMaxLength(1000);
            table.Property(one => one.Status).HasMaxLength(20);
            table.Property(one => one.Version).IsConcurrencyToken();
            table.HasIndex(one => new { one.OrganizationId, one.Number }).IsUnique();
            table.HasIndex(one => one.PartnerId);
            table.HasIndex(one => new { one.OrganizationId, one.OwnerId });
            table.HasIndex(one => new { one.LookAt, one.OrganizationId }).HasFilter("\"LookAt\" IS NOT NULL");
        }
    }
}

/// <summary>When follow-ups are reminded of: the working day before, the one after and five after that, in the calendar of whoever acts; then never again.</summary>
public static class FollowUpWatch
{
    /// <summary>Working days after the due day.</summary>
    public static readonly IReadOnlyList<int> Days = [-1, 1, 6];

    /// <summary>How many reminders have fallen due by now, and when the next one does; an outage collapses those that were missed into the latest.</summary>
    public static (int Due, Instant? Next) Look(LocalDate day, WorkingHours hours, Instant now) =>
        Reminders.Look([.. Days.Select(days => hours.OpeningOnOrAfter(hours.Calendar.Add(day, days)))], now);
}
