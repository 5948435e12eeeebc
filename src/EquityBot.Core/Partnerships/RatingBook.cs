using EquityBot.Chat;
using EquityBot.People;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace EquityBot.Partnerships;

/// <summary>Where both ways of rating write: the command of our side and the page of the partner's.</summary>
static class RatingBook
{
    /// <summary>Keeps one person's answer, in the place of the one they gave before; where the sides are far apart now, whoever looks after the partner and the equity officer hear once a quarter.</summary>
    public static async Task PutAsync(EquityDb db, Partner partner, RatingQuarter quarter, RatingSide side, Guid rater, Scores scores, Roster roster, Instant now, CancellationToken ct)
    {
        // Raters at one moment come one after another, so that whoever is last sees all of them.
        await db.Set<Partner>().Where(one => one.Id == partner.Id).ForUpdate().Select(one => one.Id).SingleAsync(ct);
        var ratings = await db.Set<PartnershipRating>().Where(one => one.PartnerId == partner.Id && one.Quarter == quarter.Key).ToListAsync(ct);
        if (ratings.FirstOrDefault(one => one.Side == side && one.RaterId == rater) is not { } rating)
        {
            rating = new PartnershipRating { Id = Guid.NewGuid(), OrganizationId = db.OrganizationId, PartnerId = partner.Id, Quarter = quarter.Key, Side = side, RaterId = rater };
            ratings.Add(rating);
            db.Add(rating);
        }

        rating.Give(scores);
        if (RatingFigures.Of(ratings, await RatingFactor.OfAsync(db, partner.Id, ct)).Gaps.Count == 0 || await db.Set<Notice>().AnyAsync(one => one.SubjectId == partner.Id && one.Trigger == RatingGapNotice.Name && one.Period == quarter.Key, ct))
        {
            return;
        }

        foreach (var hears in new[] { Reminders.Hears(roster, partner.OwnerId, partner.DepartmentId, now), roster.Holder(Role.EquityOfficer) }.OfType<Person>().DistinctBy(one => one.Id))
        {
            db.Add(new Notice
            {
                OrganizationId = db.OrganizationId,
                SubjectId = partner.Id,
                Ref = partner.Ref,
                Trigger = RatingGapNotice.Name,
                Period = quarter.Key,
                RecipientId = hears.Id,
                Kind = MessageKind.Reminder,
                Slot = Slot.Morning,
                DecidedAt = now,
                NotBefore = now,
            });
        }
    }
}

/// <summary>The two sides see a partnership differently.</summary>
public sealed class RatingGapNotice : NoticeWriter
{
    public const string Name = "rating-gap";

    public override string Trigger => Name;

    public override async Task<Card?> WriteAsync(EquityDb db, Notice notice, Reader reader, CancellationToken ct)
    {
        if (await reader.ViewAsync(db, notice.Ref, ct) is not { Subject: Partner partner } view)
        {
            return null;
        }

        var figures = RatingFigures.Of(await db.Set<PartnershipRating>().AsNoTracking().Where(one => one.PartnerId == partner.Id && one.Quarter == notice.Period).ToListAsync(ct), await RatingFactor.OfAsync(db, partner.Id, ct));
        var words = reader.Words;
        return figures.Gaps.Count == 0 ? null : new(
            words["rating.gap-title", ("partner", partner.Name)],
            [.. figures.Describe(notice.Period, words), new Quiet(words["rating.gap-words"]), .. reader.Buttons(view, "show") is { } buttons ? new Block[] { buttons } : []]);
    }
}
