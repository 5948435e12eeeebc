using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace EquityBot.People;

/// <summary>A department with one lead at a time.</summary>
public sealed class Department : IOwned, IShared
{
    public required Guid Id { get; init; }

    public required Guid OrganizationId { get; init; }

    public required string Name { get; init; }

    /// <summary>Population health, care management, community benefit … in the organization's own words.</summary>
    public required string Kind { get; set; }

    public required Guid SiteId { get; set; }

    /// <summary>Null while the post is vacant; who left may still be named here.</summary>
    public Guid? LeadId { get; set; }

    public Guid? DeputyId { get; set; }

    sealed class Mapping : IEntityTypeConfiguration<Department>
    {
        public void Configure(EntityTypeBuilder<Department> table)
        {
            table.ToTable("Departments").HasKey(one => one.Id);
            table.Property(one => one.Id).ValueGeneratedNever();
            table.Property(one => one.Name).HasMaxLength(120);
            table.Property(one => one.Kind).HasMaxLength(60);
            table.HasIndex(one => new { one.OrganizationId, one.Name }).IsUnique();
        }
    }
}
