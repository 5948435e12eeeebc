using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace EquityBot.People;

/// <summary>A conversation of several people in which EquityBot is present.</summary>
public sealed class Room : IOwned
{
    public const int LongestName = 80;

    public required Guid Id { get; init; }

    public required Guid OrganizationId { get; init; }

    public required string Name { get; set; }

    /// <summary>Whose room it is; null where the roster names it, which every channel then knows by its name.</summary>
    public string? Channel { get; init; }

    /// <summary>What that channel calls it; null where its name is all there is.</summary>
    public string? Address { get; init; }

    /// <summary>How the channel gets there, in its own words. A room with a way to it is written to by the postman; what is said in others is there at once.</summary>
    public string? Route { get; set; }

    /// <summary>Ids of its members.</summary>
    public required List<Guid> Members { get; set; }

    sealed class Mapping : IEntityTypeConfiguration<Room>
    {
        public void Configure(EntityTypeBuilder<Room> table)
        {
            table.ToTable("Rooms").HasKey(one => one.Id);
            table.Property(one => one.Id).ValueGeneratedNever();
            table.Property(one => one.Name).HasMaxLength(LongestName);
            table.Property(one => one.Channel).HasMaxLength(20);
            table.Property(one => one.Address).HasMaxLength(200);
            table.Property(one => one.Route).HasMaxLength(1200);
            table.HasIndex(one => new { one.OrganizationId, one.Channel, one.Address }).IsUnique();
        }
    }
}
