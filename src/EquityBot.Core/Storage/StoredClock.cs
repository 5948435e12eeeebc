using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace EquityBot.Storage;

/// <summary>Where the hospital clock stands in practice mode; no row in a real installation.</summary>
public sealed class StoredClock
{
    public const int Only = 1;

    public int Id { get; init; } = Only;

    public required Instant Now { get; set; }

    sealed class Mapping : IEntityTypeConfiguration<StoredClock>
    {
        public void Configure(EntityTypeBuilder<StoredClock> table)
        {
            table.ToTable("StoredClock").HasKey(one => one.Id);
            table.Property(one => one.Id).ValueGeneratedNever();
        }
    }
}
