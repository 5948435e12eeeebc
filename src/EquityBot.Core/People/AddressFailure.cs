using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace EquityBot.People;

/// <summary>An address that turned out to lead nowhere after something had been sent there. It is used again when the roster names another one, or after a while.</summary>
public sealed class AddressFailure : IOwned
{
    public required Guid OrganizationId { get; init; }

    public required Guid PersonId { get; init; }

    public required string Channel { get; init; }

    public required string Address { get; set; }

    public required Instant At { get; set; }

    /// <summary>In words for the operations page.</summary>
    public required string Reason { get; set; }

    sealed class Mapping : IEntityTypeConfiguration<AddressFailure>
    {
        public void Configure(EntityTypeBuilder<AddressFailure> table)
        {
            table.ToTable("AddressFailures").HasKey(one => new { one.PersonId, one.Channel });
            table.Property(one => one.Channel).HasMaxLength(20);
            table.Property(one => one.Address).HasMaxLength(200);
            table.Property(one => one.Reason).HasMaxLength(300);
        }
    }
}
