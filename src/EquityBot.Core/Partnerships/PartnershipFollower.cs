using EquityBot.Chat;
using EquityBot.People;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace EquityBot.Partnerships;

/// <summary>What a partner's card tells beside the partner itself.</summary>
/// <param name="Recent">The last things done together, the newest first.</param>
/// <param name="Count">How many there are in all.</param>
/// <param name="Open">Follow-ups that are still to be done, the earliest first.</param>
/// <param name="Ratings">Of the last quarters that have any, the newest first.</param>
/// <param name="Factors">Everything it is or was rated on beside the three scales, in the order of naming.</param>
/// <param name="Since">The change since which it stands as it does; null where it has always stood so.</param>
public sealed record PartnerStory(
    IReadOnlyList<PartnershipActivity> Recent, int Count, IReadOnlyList<FollowUp> Open, IReadOnlyList<(string Quarter, RatingFigures Figures)> Ratings, IReadOnlyList<RatingFactor> Factors, PartnerStateChange? Since);

/// <param name="Partners">Every partner that there is: for its own names, and to choose another where the wrong one was logged.</param>
/// <param name="Corrections">The oldest first.</param>
public sealed record ActivityStory(IReadOnlyList<Partner> Partners, IReadOnlyList<ActivityCorrection> Corrections);

/// <param name="Partner">Null where it is about none.</param>
public sealed record FollowUpStory(Partner? Partner);

/// <summary>Puts beside partners, activities and follow-ups what their cards say about one another.</summary>
public sealed class PartnershipFollower : SubjectFollower
{
    const int Shown = 5;
    const int Quarters = 2;

    public override async Task<IReadOnlyDictionary<Guid, object>> LoadAspectsAsync(EquityDb db, IReadOnlyCollection<ISubject> subjects, CancellationToken ct)
    {
        var stories = new Dictionary<Guid, object>();
        foreach (var partner in subjects.OfType<Partner>())
        {
            stories.Add(partner.Id, await StoryAsync(db, partner, ct));
        }

        if (subjects.Any(subject => subject is PartnershipActivity or FollowUp))
        {
            var partners = await db.Set<Partner>().AsNoTracking().OrderBy(one => one.Name).ToListAsync(ct);
            var activities = subjects.OfType<PartnershipActivity>().Select(one => one.Id).ToList();
            var corrections = await db.Set<ActivityCorrection>().AsNoTracking().Where(one => activities.Contains(one.ActivityId)).OrderBy(one => one.Seq).ToListAsync(ct);
            activities.ForEach(id => stories.Add(id, new ActivityStory(partners, [.. corrections.Where(one => one.ActivityId == id)])));
            foreach (var followUp in subjects.OfType<FollowUp>())
            {
                stories.Add(followUp.Id, new FollowUpStory(partners.FirstOrDefault(one => one.Id == followUp.PartnerId)));
            }
        }

        return stories;
    }

    static async Task<PartnerStory> StoryAsync(EquityDb db, Partner partner, CancellationToken ct)
    {
        var activities = db.Set<PartnershipActivity>().AsNoTracking().Where(one => one.TakenBackAt == null && one.Partners.Contains(partner.Id));
        var ratings = await db.Set<PartnershipRating>().AsNoTracking().Where(one => one.PartnerId == partner.Id).ToListAsync(ct);
        var factors = await RatingFactor.OfAsync(db, partner.Id, ct);
        return new(
            await activities.OrderByDescending(one => one.On).ThenByDescending(one => one.Number).Take(Shown).ToListAsync(ct),
            await activities.CountAsync(ct),
            await db.Set<FollowUp>().AsNoTracking().Where(one => one.PartnerId == partner.Id && one.Status == FollowUpStatus.Open).OrderBy(one => one.Due).Take(Shown).ToListAsync(ct),
            [.. ratings.GroupBy(one => one.Quarter).OrderByDescending(one => one.Key, StringComparer.Ordinal).Take(Quarters).Select(one => (one.Key, RatingFigures.Of(one, factors)))],
            factors,
            await PartnerStates.LastAsync(db, partner.Id, ct));
    }

    public override Task FollowAsync(EquityDb db, Change change, Roster roster, Instant now, CancellationToken ct) => Task.CompletedTask;

    public override IEnumerable<Block> Describe(View view, Reader reader) => [];
}
