using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace EquityBot.People;

/// <summary>Where a person can be written to. One identity of a channel belongs to one person.</summary>
public sealed class ChatAddress : IOwned
{
    public required Guid OrganizationId { get; init; }

    public required Guid PersonId { get; init; }

    public required string Channel { get; init; }

    /// <summary>The person's id in that channel.</summary>
    public required string Address { get; init; }

    /// <summary>How the channel gets there, in its own words: a conversation and its server. Null where it needs no more than the address, or does not know yet.</summary>
    public string? Route { get; set; }

    /// <summary>Tried in this order, lowest first.</summary>
    public required int Rank { get; set; }

    sealed class Mapping : IEntityTypeConfiguration<ChatAddress>
    {
        public void Configure(EntityTypeBuilder<ChatAddress> table)
        {
            table.ToTable("ChatAddresses").HasKey(one => new { one.PersonId, one.Channel });
            table.Property(one => one.Channel).HasMaxLength(20);
            table.Property(one => one.Address).HasMaxLength(200);
            table.Property(one => one.Route).HasMaxLength(1200);
            table.HasIndex(one => new { one.OrganizationId, one.Channel, one.Address }).IsUnique();
        }
    }
}
