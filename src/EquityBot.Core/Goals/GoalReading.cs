using EquityBot.Commitments;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace EquityBot.Goals;

/// <summary>One thing said about a goal's number: a value, how it stands, how sure its owner is, or that an earlier row is taken back. Never changed.</summary>
public sealed class GoalReading : IOwned
{
    public long Seq { get; private set; }

    public required Guid OrganizationId { get; init; }

    public required Guid GoalId { get; init; }

    public required Guid ById { get; init; }

    public required Instant At { get; init; }

    /// <summary>The local date, where the owner is, that it is about.</summary>
    public required LocalDate On { get; init; }

    /// <summary>The number; of a gap goal the group's. Null where it is about something else.</summary>
    public decimal? Value { get; init; }

    /// <summary>Of a gap goal, the reference's number.</summary>
    public decimal? Reference { get; init; }

    /// <summary>In the person's words, screened.</summary>
    public string? Note { get; init; }

    /// <summary>What the pace said at that moment; null where there was none.</summary>
    public ProgressStatus? Suggested { get; init; }

    /// <summary>How the person says that it stands; null where it is a number alone.</summary>
    public ProgressStatus? Claimed { get; init; }

    /// <summary>The row with the number that was claimed about; null where there was none.</summary>
    public long? About { get; init; }

    /// <summary>Why the claim differs from what the pace suggests.</summary>
    public string? Reason { get; init; }

    /// <summary>False for a claim that its owner was asked about first, which counts only once it is repeated with a reason.</summary>
    public bool Stands { get; init; } = true;

    /// <summary>1 to 5, where it says that.</summary>
    public int? Confidence { get; init; }

    /// <summary>The row that this one takes back.</summary>
    public long? Reverses { get; init; }

    sealed class Mapping : IEntityTypeConfiguration<GoalReading>
    {
        public void Configure(EntityTypeBuilder<GoalReading> table)
        {
            table.ToTable("GoalReadings").HasKey(one => one.Seq);
            table.Property(one => one.Value).HasPrecision(18, 6);
            table.Property(one => one.Reference).HasPrecision(18, 6);
            table.Property(one => one.Note).HasMaxLength(1000);
            table.Property(one => one.Suggested).HasMaxLength(20);
            table.Property(one => one.Claimed).HasMaxLength(20);
            table.Property(one => one.Reason).HasMaxLength(1000);
            table.HasIndex(one => new { one.OrganizationId, one.GoalId });
        }
    }
}
