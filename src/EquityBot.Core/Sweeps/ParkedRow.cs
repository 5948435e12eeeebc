using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace EquityBot.Sweeps;

/// <summary>A row that a sweep has begun to decide and has not finished: how often it was tried, and since when it is left alone.</summary>
public sealed class ParkedRow : IOwned
{
    public required Guid OrganizationId { get; init; }

    public required string Sweep { get; init; }

    public required Guid RowId { get; init; }

    public int Attempts { get; set; }

    /// <summary>What went wrong at the last try and the incident under which the log has the rest; null where the process did not live to say.</summary>
    public string? Reason { get; set; }

    /// <summary>Null while it is still tried.</summary>
    public Instant? ParkedAt { get; set; }

    sealed class Mapping : IEntityTypeConfiguration<ParkedRow>
    {
        public void Configure(EntityTypeBuilder<ParkedRow> table)
        {
            table.ToTable("ParkedRows").HasKey(one => new { one.Sweep, one.RowId });
            table.Property(one => one.Sweep).HasMaxLength(40);
            table.Property(one => one.Reason).HasMaxLength(200);
        }
    }
}
