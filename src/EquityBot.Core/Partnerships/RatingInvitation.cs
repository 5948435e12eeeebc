using EquityBot.Access;
using EquityBot.Chat;
using EquityBot.People;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;
using NodaTime.Extensions;

namespace EquityBot.Partnerships;

/// <summary>One person of the partner's may rate, once, by a link that somebody of ours hands on. The token travels in the link alone; nothing ties the rating to it.</summary>
public sealed class RatingInvitation : IOwned
{
    /// <summary>As <see cref="OneTimeToken.Hash"/> makes it.</summary>
    public required string TokenHash { get; init; }

    public required Guid OrganizationId { get; init; }

    public required Guid PartnerId { get; init; }

    /// <summary>The first day of the quarter that is rated.</summary>
    public required LocalDate Quarter { get; init; }

    public required Guid IssuedById { get; init; }

    /// <summary>On the machine clock, as are the other times here.</summary>
    public required Instant IssuedAt { get; init; }

    public required Instant ExpiresAt { get; init; }

    public Instant? ConsumedAt { get; private set; }

    public LinkState StateAt(Instant moment) => ConsumedAt is not null ? LinkState.Used : moment >= ExpiresAt ? LinkState.Expired : LinkState.Open;

    public void Consume(Instant moment) => ConsumedAt = moment;

    sealed class Mapping : IEntityTypeConfiguration<RatingInvitation>
    {
        public void Configure(EntityTypeBuilder<RatingInvitation> table)
        {
            table.ToTable("RatingInvitations").HasKey(one => one.TokenHash);
            table.Property(one => one.TokenHash).HasMaxLength(64);
            table.HasIndex(one => one.PartnerId);
        }
    }
}

/// <summary>Issues links to the partner's side of the rating, and takes each of them once.</summary>
public sealed class RatingInvitations(EquityStore store, MachineClock machine, PublicAddress site)
{
    /// <summary>Partners answer between their own work.</summary>
    public static readonly Duration Lifetime = Duration.FromDays(30);

    /// <summary>Whether this installation has pages that a link can lead to.</summary>
    public bool IsOn => site.Base is not null;

    /// <summary>A new link, stored with the caller's transaction.</summary>
    /// <exception cref="InvalidOperationException">Where <see cref="IsOn"/> is false.</exception>
    public Uri Issue(EquityDb db, Partner partner, RatingQuarter quarter, Guid by)
    {
        var home = site.Base ?? throw new InvalidOperationException("This installation has no public address to link to.");
        var (token, now) = (OneTimeToken.New(), machine.GetUtcNow().ToInstant());
        db.Add(new RatingInvitation
        {
            TokenHash = OneTimeToken.Hash(token), OrganizationId = db.OrganizationId, PartnerId = partner.Id, Quarter = quarter.Starts, IssuedById = by, IssuedAt = now, ExpiresAt = now + Lifetime,
        });
        return new Uri(home, $"rate/{token}");
    }

    /// <summary>The invitation of this token and how it stands; null when there is none. Changes nothing.</summary>
    public async Task<(RatingInvitation Invitation, LinkState State)?> FindAsync(string token, CancellationToken ct)
    {
        var hash = OneTimeToken.Hash(token);
        await using var everywhere = store.AcrossOrganizations();
        return await everywhere.Rows<RatingInvitation>().SingleOrDefaultAsync(one => one.TokenHash == hash, ct) is { } invitation ? (invitation, invitation.StateAt(machine.GetUtcNow().ToInstant())) : null;
    }

    /// <summary>Takes the link and keeps the rating, together: true once, for whoever comes first while it is open.</summary>
    /// <param name="at">On the hospital clock.</param>
    public Task<bool> RateAsync(RatingInvitation invitation, Scores scores, Instant at, CancellationToken ct) => store.WriteAsync(invitation.OrganizationId, Urgency.Inbound, async db =>
    {
        var moment = machine.GetUtcNow().ToInstant();
        var partner = await db.Set<Partner>().AsNoTracking().SingleAsync(one => one.Id == invitation.PartnerId, ct);
        var mine = await db.Set<RatingInvitation>().Where(one => one.TokenHash == invitation.TokenHash).ForUpdate().SingleAsync(ct);
        if (mine.StateAt(moment) != LinkState.Open)
        {
            return false;
        }

        mine.Consume(moment);
        await RatingBook.PutAsync(db, partner, RatingQuarter.Of(mine.Quarter), RatingSide.Partner, Guid.NewGuid(), scores, await Roster.LoadAsync(db, ct), at, ct);
        db.Add(AuditEntry.Of(db, at, "rate-partner", partner.Ref, "done", "partner-side"));
        return true;
    }, ct);
}
