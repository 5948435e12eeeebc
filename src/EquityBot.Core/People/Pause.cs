using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace EquityBot.People;

/// <summary>Days on which a department, or everybody, rests: a flood, a move, a strike. None of them counts as a working day, so nothing escalates and nobody is reminded.</summary>
public sealed class Pause : IOwned, IShared
{
    /// <summary>Longest pause, in days; a longer one is renewed, so that somebody looks at it again.</summary>
    public const int Longest = 92;

    public required Guid Id { get; init; }

    public required Guid OrganizationId { get; init; }

    /// <summary>Null for the whole organization.</summary>
    public Guid? DepartmentId { get; init; }

    public required LocalDate From { get; init; }

    /// <summary>The last day of it.</summary>
    public required LocalDate Until { get; set; }

    /// <summary>In the words of whoever paused it, screened.</summary>
    public required string Reason { get; init; }

    public required Guid ById { get; init; }

    public required Instant At { get; init; }

    public bool Covers(Guid department) => DepartmentId is null || DepartmentId == department;

    /// <summary>Every day of it.</summary>
    public IEnumerable<LocalDate> Days
    {
        get
        {
            for (var day = From; day <= Until; day = day.PlusDays(1))
            {
                yield return day;
            }
        }
    }

    sealed class Mapping : IEntityTypeConfiguration<Pause>
    {
        public void Configure(EntityTypeBuilder<Pause> table)
        {
            table.ToTable("Pauses").HasKey(one => one.Id);
            table.Property(one => one.Id).ValueGeneratedNever();
            table.Property(one => one.Reason).HasMaxLength(1000);
            table.HasIndex(one => new { one.OrganizationId, one.Until });
        }
    }
}
