using EquityBot.Chat;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace EquityBot.Partnerships;

/// <summary>How a partnership stands.</summary>
public enum PartnerState
{
    /// <summary>Somebody we would like to work with; the first thing done together makes it active.</summary>
    Prospect,
    Active,

    /// <summary>Rests for a while, as an ended one does for good: nobody is asked about it or reminded of its agreement.</summary>
    Paused,
    Ended,
}

/// <summary>One change of how a partnership stands: who, when, why. Never changed itself; what is taken back is another one.</summary>
public sealed class PartnerStateChange : IOwned
{
    public long Seq { get; private set; }

    public required Guid OrganizationId { get; init; }

    public required Guid PartnerId { get; init; }

    public required Instant At { get; init; }

    /// <summary>Null where partners.csv said so.</summary>
    public Guid? ById { get; init; }

    public required PartnerState Was { get; init; }

    public required PartnerState Became { get; init; }

    /// <summary>In the person's words, screened.</summary>
    public string? Reason { get; init; }

    /// <summary>P-4, where that was the first thing done with a prospect; else null.</summary>
    public string? After { get; init; }

    /// <summary>Takes the one before it back.</summary>
    public bool TakesBack { get; init; }

    sealed class Mapping : IEntityTypeConfiguration<PartnerStateChange>
    {
        public void Configure(EntityTypeBuilder<PartnerStateChange> table)
        {
            table.ToTable("PartnerStateChanges").HasKey(one => one.Seq);
            table.Property(one => one.Was).HasMaxLength(20);
            table.Property(one => one.Became).HasMaxLength(20);
            table.Property(one => one.Reason).HasMaxLength(1000);
            table.Property(one => one.After).HasMaxLength(20);
            table.HasIndex(one => new { one.OrganizationId, one.PartnerId });
        }
    }
}

/// <summary>Changes how partnerships stand, and writes down that it did.</summary>
static class PartnerStates
{
    public static Task ChangeAsync(Turn turn, Partner partner, PartnerState state, string? reason, string? after, CancellationToken ct)
    {
        Add(turn, partner, state, reason, after, takesBack: false);
        return turn.ChangedAsync(partner, $"partner-{state.ToString().ToLowerInvariant()}", ct);
    }

    /// <summary>Work with a prospect makes it a partner: those of which this is true.</summary>
    public static async Task<IReadOnlyList<Partner>> BeginAsync(Turn turn, PartnershipActivity activity, CancellationToken ct)
    {
        var prospects = await turn.Db.Set<Partner>().Where(one => activity.Partners.Contains(one.Id) && one.State == PartnerState.Prospect).OrderBy(one => one.Id).ForUpdate().ToListAsync(ct);
        foreach (var partner in prospects)
        {
            await ChangeAsync(turn, partner, PartnerState.Active, null, activity.Ref, ct);
        }

        return prospects;
    }

    /// <summary>The last change is taken back, with the reason for which it had stood as it does again.</summary>
    public static async Task TakeBackAsync(Turn turn, Partner partner, PartnerStateChange last, CancellationToken ct)
    {
        var reason = await turn.Db.Set<PartnerStateChange>().Where(one => one.PartnerId == partner.Id && one.Seq < last.Seq).OrderByDescending(one => one.Seq).Select(one => one.Reason).FirstOrDefaultAsync(ct);
        Add(turn, partner, last.Was, reason, null, takesBack: true);
        await turn.ChangedAsync(partner, "partner-state-taken-back", ct);
    }

    public static Task<PartnerStateChange?> LastAsync(EquityDb db, Guid partner, CancellationToken ct) =>
        db.Set<PartnerStateChange>().AsNoTracking().Where(one => one.PartnerId == partner).OrderByDescending(one => one.Seq).FirstOrDefaultAsync(ct);

    static void Add(Turn turn, Partner partner, PartnerState state, string? reason, string? after, bool takesBack)
    {
        turn.Db.Add(new PartnerStateChange
        {
            OrganizationId = turn.Db.OrganizationId, PartnerId = partner.Id, At = turn.Now, ById = turn.Speaker.Id, Was = partner.State, Became = state, Reason = reason, After = after, TakesBack = takesBack,
        });
        partner.Enter(state);
        partner.Refine();
    }
}
