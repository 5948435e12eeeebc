using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace EquityBot.Storage;

/// <summary>The last human reference given out per organization and prefix: C-12, E-4.</summary>
public sealed class Counter : IOwned
{
    public required Guid OrganizationId { get; init; }

    public required string Prefix { get; init; }

    public int Last { get; private set; }

    /// <summary>Numbers up to this one were given out with the counter itself.</summary>
    public void StartAfter(int number) => Last = number;

    /// <summary>The next number under this prefix; the row stays locked until the transaction ends, so numbers are neither lost nor doubled.</summary>
    public static async Task<int> NextAsync(EquityDb db, string prefix, CancellationToken ct)
    {
        // Local looks first whether anything that is tracked has changed, which is much when many numbers are given out.
        var looks = db.ChangeTracker.AutoDetectChangesEnabled;
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        var known = db.Set<Counter>().Local.SingleOrDefault(one => one.Prefix == prefix);
        db.ChangeTracker.AutoDetectChangesEnabled = looks;
        var counter = known ?? await db.Set<Counter>().Where(one => one.Prefix == prefix).ForUpdate().SingleAsync(ct);
        return ++counter.Last;
    }

    sealed class Mapping : IEntityTypeConfiguration<Counter>
    {
        public void Configure(EntityTypeBuilder<Counter> table)
        {
            table.ToTable("Counters").HasKey(one => new { one.OrganizationId, one.Prefix });
            table.Property(one => one.Prefix).HasMaxLength(4);
        }
    }
}
