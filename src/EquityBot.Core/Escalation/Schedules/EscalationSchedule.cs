using System.Globalization;
using EquityBot.Chat;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace EquityBot.Escalation;

/// <summary>A named schedule and what it is for; its numbers are in its versions.</summary>
public sealed class EscalationSchedule : ISubject, IOwned, IShared
{
    public required Guid Id { get; init; }

    public required Guid OrganizationId { get; init; }

    public required int Number { get; init; }

    public string Ref => string.Create(CultureInfo.InvariantCulture, $"S-{Number}");

    public required string Name { get; set; }

    /// <summary>The department whose promises follow it; null for every department.</summary>
    public Guid? ScopeDepartmentId { get; init; }

    /// <summary>The level of the promises that follow it (patient, organization, community, societal); null for every level.</summary>
    public string? ScopeLevel { get; init; }

    /// <summary>Department and level in one word, so that each pair has one schedule.</summary>
    public string Scope { get; private init; } = "";

    /// <summary>Grows with every change to it or to its versions.</summary>
    public int Version { get; private set; } = 1;

    /// <summary>Who made it; the equity officer of that day for the one an organization starts with.</summary>
    public required Guid AuthorId { get; init; }

    public Guid OwnerId => AuthorId;

    /// <summary>The department it is for, else its author's.</summary>
    public required Guid DepartmentId { get; init; }

    public bool IsOnThePlan => true;

    /// <summary>For one department more exactly than for a level, and for both more exactly than for one.</summary>
    public int Exactness => (ScopeDepartmentId is null ? 0 : 2) + (ScopeLevel is null ? 0 : 1);

    public bool Fits(Guid department, string? level) => (ScopeDepartmentId is null || ScopeDepartmentId == department) && (ScopeLevel is null || ScopeLevel == level);

    public static string ScopeOf(Guid? department, string? level) => $"{department?.ToString("N") ?? "*"}/{level ?? "*"}";

    /// <param name="homeDepartmentId">The author's department, where the schedule is for none in particular.</param>
    public static EscalationSchedule New(Guid organization, int number, string name, Guid? department, string? level, Guid author, Guid homeDepartmentId) => new()
    {
        Id = Guid.NewGuid(),
        OrganizationId = organization,
        Number = number,
        Name = name,
        ScopeDepartmentId = department,
        ScopeLevel = level,
        Scope = ScopeOf(department, level),
        AuthorId = author,
        DepartmentId = department ?? homeDepartmentId,
    };

    public void Changed() => Version++;

    sealed class Mapping : IEntityTypeConfiguration<EscalationSchedule>
    {
        public void Configure(EntityTypeBuilder<EscalationSchedule> table)
        {
            table.ToTable("EscalationSchedules").HasKey(one => one.Id);
            table.Property(one => one.Id).ValueGeneratedNever();
            table.Ignore(one => one.Ref).Ignore(one => one.OwnerId).Ignore(one => one.IsOnThePlan).Ignore(one => one.Exactness);
            table.Property(one => one.Name).HasMaxLength(60);
            table.Property(one => one.ScopeLevel).HasMaxLength(20);
            table.Property(one => one.Scope).HasMaxLength(60);
            table.Property(one => one.Version).IsConcurrencyToken();
            table.HasIndex(one => new { one.OrganizationId, one.Number }).IsUnique();
            table.HasIndex(one => new { one.OrganizationId, one.Scope }).IsUnique();
        }
    }
}
