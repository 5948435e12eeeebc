using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace EquityBot.Sweeps;

/// <summary>How a run ended.</summary>
public enum SweepOutcome
{
    Finished,

    /// <summary>Stopped at the end of its budget; what it had committed stands.</summary>
    OutOfTime,

    /// <summary>It threw as a whole; the log tells more under the incident.</summary>
    Failed,
}

/// <summary>One run of a sweep that decided something, went wrong, or was the first to go well again; idle runs leave nothing. Of the installation, not of an organization.</summary>
public sealed class SweepRun
{
    public long Seq { get; private set; }

    public required string Sweep { get; init; }

    /// <summary>On the hospital clock, as is the end.</summary>
    public required Instant StartedAt { get; init; }

    public required Instant EndedAt { get; init; }

    public required int Done { get; init; }

    /// <summary>Rows whose decision threw.</summary>
    public required int Failed { get; init; }

    public required SweepOutcome Outcome { get; init; }

    public Guid? Incident { get; init; }

    public bool WentWrong => Outcome != SweepOutcome.Finished || Failed > 0;

    sealed class Mapping : IEntityTypeConfiguration<SweepRun>
    {
        public void Configure(EntityTypeBuilder<SweepRun> table)
        {
            table.ToTable("SweepRuns").HasKey(one => one.Seq);
            table.Property(one => one.Sweep).HasMaxLength(40);
            table.Property(one => one.Outcome).HasMaxLength(20);
            table.HasIndex(one => new { one.Sweep, one.Seq });
            table.HasIndex(one => one.StartedAt);
        }
    }
}

/// <summary>The runs that were kept; <c>PruneSweep</c> lets them go after ninety days.</summary>
public sealed class SweepHistory(EquityStore store)
{
    public Task KeepAsync(SweepRun run, CancellationToken ct) => store.WriteAsync(
        Guid.Empty,
        Urgency.Background,
        db =>
        {
            db.Add(run);
            return Task.CompletedTask;
        },
        ct);

    /// <summary>The last run of this sweep that was kept; null when none was.</summary>
    public async Task<SweepRun?> LastAsync(string sweep, CancellationToken ct)
    {
        await using var db = store.For(Guid.Empty);
        return await db.Set<SweepRun>().AsNoTracking().Where(one => one.Sweep == sweep).OrderByDescending(one => one.Seq).FirstOrDefaultAsync(ct);
    }
}
