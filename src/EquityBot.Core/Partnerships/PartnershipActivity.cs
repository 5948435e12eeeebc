using System.Globalization;
using EquityBot.Chat;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace EquityBot.Partnerships;

public enum ActivityType
{
    Meeting,
    Event,
    CoDesign,
    SharedDecision,
    DataSharing,
    Funding,
    ReferralPathway,
    Advocacy,
    Training,
    JointAssessment,
    Other,
}

public enum Initiator
{
    Us,
    Partner,
    Both,
}

/// <summary>How far the community had the say, least first.</summary>
public enum DecisionPower
{
    Informed,
    Consulted,
    CoDecided,
    CommunityLed,
}

/// <summary>One thing done with partners. Counts only, nobody's name; what is corrected stays visible in <see cref="ActivityCorrection"/>.</summary>
public sealed class PartnershipActivity : ISubject, IOwned
{
    /// <summary>More than this at one occasion is a slip of the keyboard.</summary>
    public const int MostPeople = 100_000;

    public required Guid Id { get; init; }

    public required Guid OrganizationId { get; init; }

    public required int Number { get; init; }

    public string Ref => string.Create(CultureInfo.InvariantCulture, $"P-{Number}");

    /// <summary>Ids of the partners; at least one.</summary>
    public required List<Guid> Partners { get; set; }

    /// <summary>The local day where its author was; never later than the day of logging.</summary>
    public required LocalDate On { get; set; }

    public required ActivityType Type { get; set; }

    /// <summary>Null while nobody has said who started it.</summary>
    public Initiator? InitiatedBy { get; private set; }

    public required DecisionPower Power { get; set; }

    /// <summary>What was decided; never null where the community had a part in deciding.</summary>
    public string? Decision { get; set; }

    /// <summary>How many came, zero to <see cref="MostPeople"/>; null where nobody counted.</summary>
    public int? People { get; set; }

    public string? What { get; set; }

    /// <summary>References of the promises that it serves, such as "C-12, C-13"; null where none was named.</summary>
    public string? Promises { get; set; }

    /// <summary>Who was there for us and wrote it down.</summary>
    public required Guid OwnerId { get; init; }

    public required Guid DepartmentId { get; init; }

    public Guid AuthorId => OwnerId;

    public required Instant LoggedAt { get; init; }

    /// <summary>When its author took it back: it was never done, and counts for nothing.</summary>
    public Instant? TakenBackAt { get; private set; }

    public int Version { get; private set; } = 1;

    public bool IsOnThePlan => true;

    /// <summary>Where the community decides, or decides with us, the decision is said.</summary>
    public static bool AsksForDecision(DecisionPower power) => power is DecisionPower.CoDecided or DecisionPower.CommunityLed;

    public void StartedBy(Initiator? initiator) => InitiatedBy = initiator;

    public void TakeBack(Instant now)
    {
        TakenBackAt = now;
        Refine();
    }

    /// <summary>A person changed something about it.</summary>
    public void Refine() => Version++;

    sealed class Mapping : IEntityTypeConfiguration<PartnershipActivity>
    {
        public void Configure(EntityTypeBuilder<PartnershipActivity> table)
        {
            table.ToTable("PartnershipActivities").HasKey(one => one.Id);
            table.Property(one => one.Id).ValueGeneratedNever();
            table.Ignore(one => one.Ref).Ignore(one => one.AuthorId).Ignore(one => one.IsOnThePlan);
            table.Property(one => one.Type).HasMaxLength(20);
            table.Property(one => one.InitiatedBy).HasMaxLength(20);
            table.Property(one => one.Power).HasMaxLength(20);
            table.Property(one => one.Decision).HasMaxLength(1000);
            table.Property(one => one.What).HasMaxLength(1000);
            table.Property(one => one.Promises).HasMaxLength(200);
            table.Property(one => one.Version).IsConcurrencyToken();
            table.HasIndex(one => new { one.OrganizationId, one.Number }).IsUnique();
            table.HasIndex(one => new { one.OrganizationId, one.On });
        }
    }
}

/// <summary>What an activity said before somebody corrected it: who, when, why. Never changed.</summary>
public sealed class ActivityCorrection : IOwned
{
    public long Seq { get; private set; }

    public required Guid OrganizationId { get; init; }

    public required Guid ActivityId { get; init; }

    public required Instant At { get; init; }

    public required Guid ById { get; init; }

    /// <summary>In the person's words, screened.</summary>
    public required string Reason { get; init; }

    /// <summary>The <see cref="ActivityDraft"/> that stood before, as JSON.</summary>
    public required string Before { get; init; }

    sealed class Mapping : IEntityTypeConfiguration<ActivityCorrection>
    {
        public void Configure(EntityTypeBuilder<ActivityCorrection> table)
        {
            table.ToTable("ActivityCorrections").HasKey(one => one.Seq);
            table.Property(one => one.Reason).HasMaxLength(1000);
            table.HasIndex(one => new { one.OrganizationId, one.ActivityId });
        }
    }
}
