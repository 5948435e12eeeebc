using System.Globalization;
using EquityBot.Chat;
using EquityBot.People;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace EquityBot.Partnerships;

/// <summary>A community organization that the health system works with.</summary>
public sealed class Partner : ISubject, IReminded
{
    public const int LongestName = 160;

    public required Guid Id { get; init; }

    public required Guid OrganizationId { get; init; }

    public required int Number { get; init; }

    /// <summary>N-2: people say the name, cards and the audit trail this.</summary>
    public string Ref => string.Create(CultureInfo.InvariantCulture, $"N-{Number}");

    public required string Name { get; init; }

    /// <summary>CBO, health department, school, collaborative …; empty while nobody has said.</summary>
    public required string Kind { get; set; }

    /// <summary>A work contact: role and name.</summary>
    public required string Contact { get; set; }

    public required string Focus { get; set; }

    /// <summary>The last day of the agreement; null where there is none.</summary>
    public LocalDate? AgreementExpires { get; private set; }

    public PartnerState State { get; private set; } = PartnerState.Active;

    /// <summary>What partners.csv said last, which counts again when it says something else; null while it says nothing.</summary>
    public PartnerState? FiledState { get; private set; }

    /// <summary>Neither paused nor ended: it is asked about and reminded of.</summary>
    public bool IsOn => State is PartnerState.Prospect or PartnerState.Active;

    public required bool Funded { get; set; }

    /// <summary>Why a partner that is paid has no agreement: the exception that somebody answers for.</summary>
    public string? AgreementNote { get; set; }

    /// <summary>Who looks after the partnership, and hears when something about it falls due.</summary>
    public required Guid OwnerId { get; set; }

    public required Guid DepartmentId { get; set; }

    public Guid AuthorId => OwnerId;

    public bool IsOnThePlan => true;

    public int Version { get; private set; } = 1;

    /// <summary>How many of the reminders of <see cref="AgreementWatch"/> this agreement has had.</summary>
    public int Reminders { get; private set; }

    /// <summary>When the watch over the agreement has to look next; null when nothing can fall due.</summary>
    public Instant? LookAt { get; private set; }

    /// <summary>When the quarter's rating is asked for next.</summary>
    public Instant? RateAt { get; private set; }

    /// <summary>Paid without an agreement and without a word on why: what may not be.</summary>
    public bool LacksAgreement => Funded && AgreementExpires is null && AgreementNote is null;

    /// <summary>Another end of the agreement begins its reminders anew; the same one changes nothing.</summary>
    public void Agree(LocalDate? until, Instant now)
    {
        if (until != AgreementExpires)
        {
            (AgreementExpires, Reminders) = (until, 0);
        }

        LookAt = until is null ? null : now;
    }

    public void Enter(PartnerState state) => State = state;

    public void File(PartnerState state) => FiledState = state;

    public void Remind(int reminders) => Reminders = reminders;

    public void LookAgainAt(Instant? at) => LookAt = at;

    public void RateNextAt(Instant at) => RateAt = at;

    /// <summary>A person changed something about it.</summary>
    public void Refine() => Version++;

    public void HandTo(Person owner) => (OwnerId, DepartmentId) = (owner.Id, owner.DepartmentId);

    sealed class Mapping : IEntityTypeConfiguration<Partner>
    {
        public void Configure(EntityTypeBuilder<Partner> table)
        {
            table.ToTable("Partners").HasKey(one => one.Id);
            table.Property(one => one.Id).ValueGeneratedNever();
            table.Ignore(one => one.Ref).Ignore(one => one.AuthorId).Ignore(one => one.IsOnThePlan).Ignore(one => one.LacksAgreement).Ignore(one => one.IsOn);
            table.Property(one => one.Number).HasDefaultValue(0);
            table.Property(one => one.State).HasMaxLength(20).HasDefaultValue(PartnerState.Active).HasSentinel(PartnerState.Active);
            table.Property(one => one.FiledState).HasMaxLength(20);
            table.Property(one => one.Name).HasMaxLength(LongestName);
            table.Property(one => one.Kind).HasMaxLength(60);
            table.Property(one => one.Contact).HasMaxLength(200);
            table.Property(one => one.Focus).HasMaxLength(200);
            table.Property(one => one.AgreementNote).HasMaxLength(1000);
            table.Property(one => one.OwnerId).HasDefaultValue(Guid.Empty);
            table.Property(one => one.DepartmentId).HasDefaultValue(Guid.Empty);
            table.Property(one => one.Version).HasDefaultValue(1).IsConcurrencyToken();
            table.Property(one => one.Reminders).HasDefaultValue(0);
            table.HasIndex(one => new { one.OrganizationId, one.Name }).IsUnique();
            table.HasIndex(one => new { one.OrganizationId, one.Number }).IsUnique();
            table.HasIndex(one => new { one.LookAt, one.OrganizationId }).HasFilter("\"LookAt\" IS NOT NULL");
            table.HasIndex(one => new { one.RateAt, one.OrganizationId }).HasFilter("\"RateAt\" IS NOT NULL");
        }
    }
}
