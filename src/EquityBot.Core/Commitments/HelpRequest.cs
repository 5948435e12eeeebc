using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace EquityBot.Commitments;

/// <summary>What is in the way of a promise, and who was asked to clear it. Whoever was asked owes an answer.</summary>
public sealed class HelpRequest : IOwned
{
    public required Guid Id { get; init; }

    public required Guid OrganizationId { get; init; }

    public required Guid CommitmentId { get; init; }

    public required Guid FromId { get; init; }

    public required Guid ToId { get; init; }

    public required string What { get; init; }

    public required Instant AskedAt { get; init; }

    public Instant? AnsweredAt { get; private set; }

    /// <summary>taken or declined; null while it is open.</summary>
    public string? Answer { get; private set; }

    public void Take(Instant now) => (Answer, AnsweredAt) = ("taken", now);

    public void Decline(Instant now) => (Answer, AnsweredAt) = ("declined", now);

    sealed class Mapping : IEntityTypeConfiguration<HelpRequest>
    {
        public void Configure(EntityTypeBuilder<HelpRequest> table)
        {
            table.ToTable("HelpRequests").HasKey(one => one.Id);
            table.Property(one => one.Id).ValueGeneratedNever();
            table.Property(one => one.What).HasMaxLength(1000);
            table.Property(one => one.Answer).HasMaxLength(20);
            table.HasIndex(one => one.CommitmentId);
        }
    }
}
