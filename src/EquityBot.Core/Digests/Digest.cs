using EquityBot.Commitments;
using EquityBot.People;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace EquityBot.Digests;

/// <summary>The numbers of one week for one audience, decided once; who needs what is asked anew when it is read.</summary>
public sealed class Digest : IOwned
{
    public required Guid Id { get; init; }

    public required Guid OrganizationId { get; init; }

    /// <summary>First day of its ISO week.</summary>
    public required LocalDate Monday { get; init; }

    public required Audience Audience { get; init; }

    public required Instant DecidedAt { get; init; }

    /// <summary>The organization's day of <see cref="DecidedAt"/>: the age of the numbers.</summary>
    public required LocalDate AsOf { get; init; }

    /// <summary>The day of the digest that the changes are counted from; null at the first.</summary>
    public LocalDate? Since { get; init; }

    /// <summary>The <see cref="Digests.Figures"/> as JSON.</summary>
    public required string Figures { get; init; }

    /// <summary>The <see cref="Digests.Standing"/> as JSON: what the next one counts its changes from.</summary>
    public required string Standing { get; init; }

    /// <summary>The digest of this week as it stands at this moment, not yet stored.</summary>
    public static async Task<Digest> OfAsync(EquityDb db, Audience audience, IsoWeek week, Roster roster, Instant now, CancellationToken ct)
    {
        var promises = await db.Set<Commitment>().AsNoTracking().Where(one => one.AcceptedAt != null).ToListAsync(ct);
        var before = await db.Set<Digest>().AsNoTracking().Where(one => one.Audience == audience && one.Monday < week.Monday).OrderByDescending(one => one.Monday).FirstOrDefaultAsync(ct);
        var standing = Digests.Standing.Of(promises, roster, now);
        return new()
        {
            Id = Guid.NewGuid(),
            OrganizationId = db.OrganizationId,
            Monday = week.Monday,
            Audience = audience,
            DecidedAt = now,
            AsOf = now.InZone(roster.Zone).Date,
            Since = before?.AsOf,
            Figures = Digests.Figures.Of(standing, before is null ? null : Digests.Standing.FromJson(before.Standing)).ToJson(),
            Standing = standing.ToJson(),
        };
    }

    sealed class Mapping : IEntityTypeConfiguration<Digest>
    {
        public void Configure(EntityTypeBuilder<Digest> table)
        {
            table.ToTable("Digests").HasKey(one => one.Id);
            table.Property(one => one.Id).ValueGeneratedNever();
            table.Property(one => one.Audience).HasMaxLength(20);
            table.HasIndex(one => new { one.OrganizationId, one.Audience, one.Monday }).IsUnique();
        }
    }
}
