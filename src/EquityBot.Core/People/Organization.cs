using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace EquityBot.People;

/// <summary>A health system.</summary>
public sealed class Organization : IShared
{
    public required Guid Id { get; init; }

    public required string Name { get; set; }

    /// <summary>IANA zone of the organization itself; each site has its own.</summary>
    public required string Zone { get; set; }

    /// <summary>Language of what the product says here, as the phrase files name it.</summary>
    public string Language { get; set; } = "en";

    /// <summary>The month with whose first day the fiscal year begins, 1 to 12.</summary>
    public int FiscalMonth { get; set; } = 1;

    /// <summary>Who decides while the seat of the board-level owner is empty; null where the roster names nobody.</summary>
    public Guid? FallbackId { get; set; }

    sealed class Mapping : IEntityTypeConfiguration<Organization>
    {
        public void Configure(EntityTypeBuilder<Organization> table)
        {
            table.ToTable("Organizations").HasKey(one => one.Id);
            table.Property(one => one.Id).ValueGeneratedNever();
            table.Property(one => one.Name).HasMaxLength(200);
            table.Property(one => one.Zone).HasMaxLength(60);
            table.Property(one => one.Language).HasMaxLength(10);
            table.Property(one => one.FiscalMonth).HasDefaultValue(1);
        }
    }
}

/// <summary>Where an organization speaks with us: a tenant of a channel. An unknown workspace gets nothing.</summary>
public sealed class Workspace : IOwned
{
    public required string Channel { get; init; }

    public required string Tenant { get; init; }

    public required Guid OrganizationId { get; init; }

    sealed class Mapping : IEntityTypeConfiguration<Workspace>
    {
        public void Configure(EntityTypeBuilder<Workspace> table)
        {
            table.ToTable("Workspaces").HasKey(one => new { one.Channel, one.Tenant });
            table.Property(one => one.Channel).HasMaxLength(20);
            table.Property(one => one.Tenant).HasMaxLength(100);
        }
    }
}
