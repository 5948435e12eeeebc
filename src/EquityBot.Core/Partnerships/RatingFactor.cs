using System.Globalization;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace EquityBot.Partnerships;

/// <summary>Something of its own that one partnership is rated on, beside the three scales. Both sides may answer it, nobody has to.</summary>
public sealed class RatingFactor : IOwned
{
    /// <summary>A form on a phone.</summary>
    public const int Most = 3;

    public const int LongestName = 60;

    public required Guid Id { get; init; }

    public required Guid OrganizationId { get; init; }

    public required Guid PartnerId { get; init; }

    /// <summary>From 1 within its partner, dropped ones counted.</summary>
    public required int Number { get; init; }

    public required string Name { get; init; }

    public required Guid NamedById { get; init; }

    public required Instant NamedAt { get; init; }

    public Instant? DroppedAt { get; private set; }

    /// <summary>On the forms; what was answered before it was dropped stays.</summary>
    public bool Stands => DroppedAt is null;

    /// <summary>In forms and figures.</summary>
    public string Scale => string.Create(CultureInfo.InvariantCulture, $"factor-{Number}");

    public void Drop(Instant now) => DroppedAt = now;

    /// <summary>All of a partner's, in the order of naming.</summary>
    public static Task<List<RatingFactor>> OfAsync(EquityDb db, Guid partner, CancellationToken ct) =>
        db.Set<RatingFactor>().AsNoTracking().Where(one => one.PartnerId == partner).OrderBy(one => one.Number).ToListAsync(ct);

    sealed class Mapping : IEntityTypeConfiguration<RatingFactor>
    {
        public void Configure(EntityTypeBuilder<RatingFactor> table)
        {
            table.ToTable("RatingFactors").HasKey(one => one.Id);
            table.Property(one => one.Id).ValueGeneratedNever();
            table.Ignore(one => one.Stands).Ignore(one => one.Scale);
            table.Property(one => one.Name).HasMaxLength(LongestName);
            table.HasIndex(one => new { one.PartnerId, one.Number }).IsUnique();
        }
    }
}
