using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace EquityBot.People;

/// <summary>A conversation of several people in which EquityBot is present.</summary>
public sealed class Room : IOwned
{
    public required Guid Id { get; init; }

    public required Guid OrganizationId { get; init; }

    public required string Name { get; init; }

    /// <summary>Ids of its members.</summary>
    public required List<Guid> Members { get; set; }

    sealed class Mapping : IEntityTypeConfiguration<Room>
    {
        public void Configure(EntityTypeBuilder<Room> table)
        {
            table.ToTable("Rooms").HasKey(one => one.Id);
            table.Property(one => one.Id).ValueGeneratedNever();
            table.Property(one => one.Name).HasMaxLength(80);
            table.HasIndex(one => new { one.OrganizationId, one.Name }).IsUnique();
        }
    }
}
