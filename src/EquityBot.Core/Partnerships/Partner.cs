using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace EquityBot.Partnerships;

/// <summary>A community organization that the health system works with.</summary>
public sealed class Partner : IOwned
{
    public required Guid Id { get; init; }

    public required Guid OrganizationId { get; init; }

    public required string Name { get; init; }

    /// <summary>CBO, health department, school, collaborative …</summary>
    public required string Kind { get; set; }

    /// <summary>A work contact: role and name.</summary>
    public required string Contact { get; set; }

    public required string Focus { get; set; }

    public LocalDate? AgreementExpires { get; set; }

    public required bool Funded { get; set; }

    sealed class Mapping : IEntityTypeConfiguration<Partner>
    {
        public void Configure(EntityTypeBuilder<Partner> table)
        {
            table.ToTable("Partners").HasKey(one => one.Id);
            table.Property(one => one.Id).ValueGeneratedNever();
            table.Property(one => one.Name).HasMaxLength(160);
            table.Property(one => one.Kind).HasMaxLength(60);
            table.Property(one => one.Contact).HasMaxLength(200);
            table.Property(one => one.Focus).HasMaxLength(200);
            table.HasIndex(one => new { one.OrganizationId, one.Name }).IsUnique();
        }
    }
}
