using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace EquityBot.People;

/// <summary>That a platform let us into one of its tenants, and what it gave us to come in with. When it takes that back the row stays, without it.</summary>
public sealed class Installation : IOwned
{
    public required Guid OrganizationId { get; init; }

    public required string Channel { get; init; }

    public required string Tenant { get; init; }

    /// <summary>The bot's own id there.</summary>
    public required string Bot { get; set; }

    /// <summary>The tokens, sealed: only the host can open them. Null where it ended.</summary>
    public string? Sealed { get; private set; }

    /// <summary>On the machine clock; null where the token does not end by itself.</summary>
    public Instant? ExpiresAt { get; private set; }

    /// <summary>Somebody is fetching a new token until then, on the machine clock.</summary>
    public Instant? FetchingUntil { get; set; }

    /// <summary>Why nothing can be sent there any more; null while it can.</summary>
    public string? Ended { get; private set; }

    public void Renew(string tokens, Instant? expiresAt) => (Sealed, ExpiresAt, FetchingUntil, Ended) = (tokens, expiresAt, null, null);

    /// <summary>The token is over earlier than it was said; whoever fetches a new one goes on with it.</summary>
    public void Expire(Instant at) => ExpiresAt = at;

    public void End(string why) => (Sealed, ExpiresAt, FetchingUntil, Ended) = (null, null, null, why);

    sealed class Mapping : IEntityTypeConfiguration<Installation>
    {
        public void Configure(EntityTypeBuilder<Installation> table)
        {
            table.ToTable("Installations").HasKey(one => new { one.Channel, one.Tenant });
            table.Property(one => one.Channel).HasMaxLength(20);
            table.Property(one => one.Tenant).HasMaxLength(100);
            table.Property(one => one.Bot).HasMaxLength(40);
            table.Property(one => one.Ended).HasMaxLength(60);
            table.HasIndex(one => one.OrganizationId);
        }
    }
}
