using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace EquityBot.People;

/// <summary>A place with a zone and holidays of its own.</summary>
public sealed class Site : IOwned, IShared
{
    public required Guid Id { get; init; }

    public required Guid OrganizationId { get; init; }

    public required string Name { get; init; }

    /// <summary>IANA name.</summary>
    public required string Zone { get; set; }

    sealed class Mapping : IEntityTypeConfiguration<Site>
    {
        public void Configure(EntityTypeBuilder<Site> table)
        {
            table.ToTable("Sites").HasKey(one => one.Id);
            table.Property(one => one.Id).ValueGeneratedNever();
            table.Property(one => one.Name).HasMaxLength(120);
            table.Property(one => one.Zone).HasMaxLength(60);
            table.HasIndex(one => new { one.OrganizationId, one.Name }).IsUnique();
        }
    }
}

/// <summary>A day on which a site's offices are closed.</summary>
public sealed class Holiday : IOwned, IShared
{
    public required Guid OrganizationId { get; init; }

    public required Guid SiteId { get; init; }

    public required LocalDate Date { get; init; }

    public required string Name { get; set; }

    sealed class Mapping : IEntityTypeConfiguration<Holiday>
    {
        public void Configure(EntityTypeBuilder<Holiday> table)
        {
            table.ToTable("Holidays").HasKey(one => new { one.SiteId, one.Date });
            table.Property(one => one.Name).HasMaxLength(120);
        }
    }
}
