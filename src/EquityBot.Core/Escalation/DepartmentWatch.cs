using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace EquityBot.Escalation;

/// <summary>Watches that a department promises something in a cycle. One a department and cycle.</summary>
public sealed class DepartmentWatch : IOwned
{
    public required Guid Id { get; init; }

    public required Guid OrganizationId { get; init; }

    public required Guid CycleId { get; init; }

    public required Guid DepartmentId { get; init; }

    /// <summary>The day by which the board wants a promise, once it has decided so; null while the schedule's own day counts.</summary>
    public LocalDate? Due { get; private set; }

    /// <summary>When to look next; null when nothing can fall due.</summary>
    public Instant? LookAt { get; set; }

    public void Expect(LocalDate due, Instant now) => (Due, LookAt) = (due, now);

    sealed class Mapping : IEntityTypeConfiguration<DepartmentWatch>
    {
        public void Configure(EntityTypeBuilder<DepartmentWatch> table)
        {
            table.ToTable("DepartmentWatches").HasKey(one => one.Id);
            table.Property(one => one.Id).ValueGeneratedNever();
            table.HasIndex(one => new { one.OrganizationId, one.CycleId, one.DepartmentId }).IsUnique();
            table.HasIndex(one => new { one.LookAt, one.OrganizationId }).HasFilter("\"LookAt\" IS NOT NULL");
        }
    }
}
