using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace EquityBot.Commitments;

/// <summary>A promise offered to another owner. Nothing moves until they accept.</summary>
public sealed class HandOver : IOwned
{
    public required Guid Id { get; init; }

    public required Guid OrganizationId { get; init; }

    public required Guid CommitmentId { get; init; }

    public required Guid FromId { get; init; }

    public required Guid ToId { get; init; }

    public required Instant AskedAt { get; init; }

    public Instant? AnsweredAt { get; private set; }

    /// <summary>accepted or declined; null while it is open.</summary>
    public string? Answer { get; private set; }

    public void Accept(Instant now) => (Answer, AnsweredAt) = ("accepted", now);

    public void Decline(Instant now) => (Answer, AnsweredAt) = ("declined", now);

    sealed class Mapping : IEntityTypeConfiguration<HandOver>
    {
        public void Configure(EntityTypeBuilder<HandOver> table)
        {
            table.ToTable("HandOvers").HasKey(one => one.Id);
            table.Property(one => one.Id).ValueGeneratedNever();
            table.Property(one => one.Answer).HasMaxLength(20);
            table.HasIndex(one => one.CommitmentId);
        }
    }
}
