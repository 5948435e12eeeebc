using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace EquityBot.Commitments;

/// <summary>A department is asked to contribute to a promise for which another one stays accountable. Nothing of that promise ever escalates to it.</summary>
public sealed class Contribution : IOwned
{
    public required Guid Id { get; init; }

    public required Guid OrganizationId { get; init; }

    public required Guid CommitmentId { get; init; }

    public required Guid DepartmentId { get; init; }

    public required Guid AskedById { get; init; }

    public required Instant AskedAt { get; set; }

    /// <summary>Null while nobody has answered for the department.</summary>
    public RequestAnswer? Answer { get; private set; }

    public Guid? AnsweredById { get; private set; }

    public Instant? AnsweredAt { get; private set; }

    public string? Reason { get; private set; }

    public void Settle(RequestAnswer answer, Guid by, string? reason, Instant now) => (Answer, AnsweredById, AnsweredAt, Reason) = (answer, by, now, reason);

    /// <summary>Asked once more, after it declined.</summary>
    public void AskAgain(Instant now) => (Answer, AnsweredById, AnsweredAt, Reason, AskedAt) = (null, null, null, null, now);

    sealed class Mapping : IEntityTypeConfiguration<Contribution>
    {
        public void Configure(EntityTypeBuilder<Contribution> table)
        {
            table.ToTable("Contributions").HasKey(one => one.Id);
            table.Property(one => one.Id).ValueGeneratedNever();
            table.Property(one => one.Answer).HasMaxLength(20);
            table.Property(one => one.Reason).HasMaxLength(1000);
            table.HasIndex(one => new { one.CommitmentId, one.DepartmentId }).IsUnique();
        }
    }
}
