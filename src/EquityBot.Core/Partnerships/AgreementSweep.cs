using System.Globalization;
using EquityBot.Chat;
using EquityBot.People;
using EquityBot.Storage;
using EquityBot.Sweeps;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace EquityBot.Partnerships;

/// <summary>When an agreement that ends is reminded of: sixty and fourteen days ahead, for a renewal takes weeks, and once it has ended; each moved to the next working day.</summary>
public static class AgreementWatch
{
    /// <summary>Calendar days after its last one.</summary>
    public static readonly IReadOnlyList<int> Days = [-60, -14, 1];

    /// <summary>How many reminders have fallen due by now, and when the next one does.</summary>
    /// <param name="until">The last day of the agreement.</param>
    /// <param name="hours">Of whoever hears.</param>
    public static (int Due, Instant? Next) Look(LocalDate until, WorkingHours hours, Instant now) => Reminders.Look([.. Days.Select(days => hours.OpeningOnOrAfter(until.PlusDays(days)))], now);
}

/// <summary>Reminds whoever looks after a partner that the agreement ends.</summary>
public sealed class AgreementSweep(EquityStore store, ILogger<AgreementSweep> log) : ReminderSweep<Partner>(store, log, new AgreementNotice())
{
    public override string Name => "agreements";

    /// <summary>What rests falls due again once it goes on.</summary>
    public override IQueryable<DueRow> Rows(AcrossOrganizations everywhere) => everywhere.Rows<Partner>().Where(one => one.State == PartnerState.Prospect || one.State == PartnerState.Active)
        .Where(one => one.LookAt != null).Select(one => new DueRow { OrganizationId = one.OrganizationId, Id = one.Id, At = one.LookAt!.Value });

    protected override Instant? DueAt(Partner partner) => partner.IsOn ? partner.LookAt : null;

    protected override (int Due, Instant? Next) Look(Partner partner, WorkingHours hours, Instant now) =>
        partner.AgreementExpires is { } until ? AgreementWatch.Look(until, hours, now) : (0, null);
}

/// <summary>An agreement ends, or has ended.</summary>
public sealed class AgreementNotice : ReminderNotice<Partner>
{
    public override string Trigger => "agreement";

    public override string Period(Partner partner) => string.Create(CultureInfo.InvariantCulture, $"{partner.AgreementExpires:uuuu'-'MM'-'dd}:{partner.Reminders}:{partner.Version}");

    /// <summary>Whatever else somebody changed about the partner meanwhile.</summary>
    protected override bool Stands(Partner partner, string period) => partner is { IsOn: true, AgreementExpires: { } until } && period.StartsWith($"{until:uuuu'-'MM'-'dd}:", StringComparison.Ordinal);

    protected override Card Write(Partner partner, View view, Reader reader)
    {
        var (words, until) = (reader.Words, partner.AgreementExpires!.Value);
        return new(
            words[until < reader.Today ? "agreement.ended" : "agreement.ends", ("partner", partner.Name), ("day", reader.Day(until))],
            partner.Funded ? new Words(words["agreement.funded"]) : null,
            new Quiet(words["agreement.what-next"]),
            reader.Buttons(view, "renew-agreement", "edit-partner", "show"));
    }
}
