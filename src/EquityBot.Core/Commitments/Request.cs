using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace EquityBot.Commitments;

public enum RequestKind
{
    /// <summary>Clear what is in the way.</summary>
    Help,

    /// <summary>Take the promise over.</summary>
    HandOver,

    /// <summary>Allow a later day when the extensions are spent; the sponsor decides.</summary>
    Extension,

    /// <summary>Agree on another day for what the supplying department is asked for.</summary>
    Day,
}

public enum RequestAnswer
{
    Accepted,
    Declined,

    /// <summary>Somebody else is asked instead.</summary>
    PassedOn,
}

/// <summary>Somebody is asked for something about a promise, and owes an answer. Until it comes nothing moves.</summary>
public sealed class Request : IOwned
{
    public required Guid Id { get; init; }

    public required Guid OrganizationId { get; init; }

    public required Guid CommitmentId { get; init; }

    public required RequestKind Kind { get; init; }

    public required Guid FromId { get; init; }

    public required Guid ToId { get; init; }

    /// <summary>Who was asked before, and has left or had somebody else asked; null where it comes straight from whoever asks.</summary>
    public Guid? PassedById { get; init; }

    /// <summary>What is in the way, or the reason: in the words of whoever asks, screened.</summary>
    public string? Words { get; init; }

    /// <summary>The later day that is asked for.</summary>
    public LocalDate? Due { get; init; }

    /// <summary>What is needed to keep that day.</summary>
    public string? Need { get; init; }

    public required Instant AskedAt { get; init; }

    /// <summary>The local date of asking where the asked one is; their silence counts from it.</summary>
    public required LocalDate AskedOn { get; init; }

    /// <summary>When the watch over answers has to look next; null when silence means nothing any more.</summary>
    public Instant? LookAt { get; set; }

    public Instant? AnsweredAt { get; private set; }

    public RequestAnswer? Answer { get; private set; }

    /// <summary>Silence about a hand-over changes nothing: the promise stays with its owner, whose clock runs.</summary>
    public bool EscalatesWhenUnanswered => Kind != RequestKind.HandOver;

    public void Settle(RequestAnswer answer, Instant now) => (Answer, AnsweredAt, LookAt) = (answer, now, null);

    sealed class Mapping : IEntityTypeConfiguration<Request>
    {
        public void Configure(EntityTypeBuilder<Request> table)
        {
            table.ToTable("Requests").HasKey(one => one.Id);
            table.Property(one => one.Id).ValueGeneratedNever();
            table.Ignore(one => one.EscalatesWhenUnanswered);
            table.Property(one => one.Kind).HasMaxLength(20);
            table.Property(one => one.Words).HasMaxLength(1000);
            table.Property(one => one.Need).HasMaxLength(1000);
            table.Property(one => one.Answer).HasMaxLength(20);
            table.HasIndex(one => one.CommitmentId);
            table.HasIndex(one => new { one.LookAt, one.OrganizationId }).HasFilter("\"LookAt\" IS NOT NULL");
        }
    }
}
