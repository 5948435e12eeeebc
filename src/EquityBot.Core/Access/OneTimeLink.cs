using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace EquityBot.Access;

/// <summary>A way in for one person, once. The token travels in the link alone; what is kept is its hash.</summary>
public sealed class OneTimeLink : IOwned
{
    /// <summary>SHA-256 of the token in lower-case hexadecimal digits.</summary>
    public required string TokenHash { get; init; }

    public required Guid OrganizationId { get; init; }

    public required Guid PersonId { get; init; }

    /// <summary>What it is for: the local path that it opens, such as <c>/escalation</c>.</summary>
    public required string Opens { get; init; }

    /// <summary>On the machine clock, as are the other times here.</summary>
    public required Instant IssuedAt { get; init; }

    public required Instant ExpiresAt { get; init; }

    public Instant? ConsumedAt { get; private set; }

    public LinkState StateAt(Instant moment) =>
        ConsumedAt is not null ? LinkState.Used : moment >= ExpiresAt ? LinkState.Expired : LinkState.Open;

    public void Consume(Instant moment) => ConsumedAt = moment;

    sealed class Mapping : IEntityTypeConfiguration<OneTimeLink>
    {
        public void Configure(EntityTypeBuilder<OneTimeLink> table)
        {
            table.ToTable("OneTimeLinks").HasKey(one => one.TokenHash);
            table.Property(one => one.TokenHash).HasMaxLength(64);
            table.Property(one => one.Opens).HasMaxLength(200);
            table.HasIndex(one => new { one.OrganizationId, one.PersonId });
        }
    }
}

public enum LinkState
{
    Open,
    Used,
    Expired,
}
