using EquityBot.Chat;
using EquityBot.People;
using EquityBot.Storage;
using EquityBot.Sweeps;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace EquityBot.Partnerships;

/// <summary>Once a quarter, from its last two weeks on, asks those who worked with a partner in it how it goes, and whoever looks after it to hand links on. A quarter in which nothing was done is not asked about, nor is a partnership that rests.</summary>
public sealed class RatingSweep(EquityStore store, ILogger<RatingSweep> log) : PartnershipSweep<Partner>(store, log)
{
    public override string Name => "ratings";

    public override IQueryable<DueRow> Rows(AcrossOrganizations everywhere) =>
        everywhere.Rows<Partner>().Where(one => one.RateAt != null && (one.State == PartnerState.Prospect || one.State == PartnerState.Active)).Select(one => new DueRow { OrganizationId = one.OrganizationId, Id = one.Id, At = one.RateAt!.Value });

    protected override Instant? DueAt(Partner partner) => partner.IsOn ? partner.RateAt : null;

    protected override async Task DecideAsync(EquityDb db, Partner partner, Roster roster, Instant now, CancellationToken ct)
    {
        var quarter = RatingQuarter.Of(roster.TodayAt(now));
        var asks = roster.HoursOf(roster[partner.OwnerId]).OpeningOnOrAfter(quarter.AskOn);
        if (asks > now)
        {
            partner.RateNextAt(asks);
            return;
        }

        var worked = await db.Set<PartnershipActivity>().Where(one => one.TakenBackAt == null && one.Partners.Contains(partner.Id) && one.On >= quarter.Starts && one.On <= quarter.Ends).Select(one => one.OwnerId).Distinct().ToListAsync(ct);
        var asked = worked.Count == 0 ? [] : worked.Append(partner.OwnerId).Distinct().Select(one => roster[one]).Where(one => !roster.HasLeft(one, now)).OrderBy(one => one.Handle, StringComparer.Ordinal).ToList();
        db.Append(asked.Select(person => new Notice
        {
            OrganizationId = db.OrganizationId,
            SubjectId = partner.Id,
            Ref = partner.Ref,
            Trigger = RatingNotice.Name,
            Period = quarter.Key,
            RecipientId = person.Id,
            Kind = MessageKind.CheckIn,
            Slot = Slot.Morning,
            DecidedAt = now,
            NotBefore = now,
        }));
        if (asked.Count > 0)
        {
            db.Add(AuditEntry.Of(db, now, Name, partner.Ref, "asked", quarter.Key));
        }

        partner.RateNextAt(roster.Zone.AtStartOfDay(quarter.Next.Starts).ToInstant());
    }
}

/// <summary>How does it go with this partner? Three taps; nobody sees whose they are.</summary>
public sealed class RatingNotice : NoticeWriter
{
    public const string Name = "rating";

    public override string Trigger => Name;

    public override async Task<Card?> WriteAsync(EquityDb db, Notice notice, Reader reader, CancellationToken ct)
    {
        if (RatingQuarter.Of(reader.Roster.TodayAt(reader.Now)).Key != notice.Period
            || await reader.ViewAsync(db, notice.Ref, ct) is not { Subject: Partner { IsOn: true } partner } view
            || await db.Set<PartnershipRating>().AnyAsync(one => one.PartnerId == partner.Id && one.Quarter == notice.Period && one.Side == RatingSide.Us && one.RaterId == reader.Person.Id, ct))
        {
            return null;
        }

        var words = reader.Words;
        return new(
            words["rating.ask", ("partner", partner.Name), ("quarter", notice.Period)],
            new Words(words["rating.private", ("fewest", RatingFigures.FewestRaters)]),
            partner.OwnerId == reader.Person.Id ? new Quiet(words["rating.hand-on"]) : null,
            partner.OwnerId == reader.Person.Id ? reader.Buttons(view, "rate-partner", "invite-rater") : reader.Buttons(view, "rate-partner"));
    }
}
