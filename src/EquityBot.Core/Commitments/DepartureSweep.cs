using EquityBot.Chat;
using EquityBot.People;
using EquityBot.Storage;
using EquityBot.Sweeps;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace EquityBot.Commitments;

/// <summary>
/// Offers what somebody left behind to whoever it falls to: their promises and what was proposed to them, what others asked of them, what they were to confirm. Nobody owns
/// anything of it before they accept; until then its days go on counting, and what escalates goes to whoever is responsible.
/// </summary>
public sealed class DepartureSweep(EquityStore store, Subjects subjects, IEnumerable<RosterPart> parts, ILogger<DepartureSweep> log) : RowSweep<DepartureSweep.Batch>(store, log)
{
    public override string Name => "departures";

    public override IQueryable<DueRow> Rows(AcrossOrganizations everywhere) =>
        everywhere.Rows<Departure>().Where(one => one.LookAt != null).Select(one => new DueRow { OrganizationId = one.OrganizationId, Id = one.Id, At = one.LookAt!.Value });

    /// <param name="Promises">Theirs, or about which somebody waits for them.</param>
    /// <param name="Requests">About these promises: those that are open, and who was offered one and did not take it.</param>
    public sealed record Batch(IReadOnlyDictionary<Guid, Departure> Departures, IReadOnlyDictionary<Guid, Commitment> Promises, List<Request> Requests, Roster Roster);

    protected override async Task<Batch> LoadAsync(EquityDb db, IReadOnlyList<Guid> ids, CancellationToken ct)
    {
        var people = await db.Set<Departure>().Where(one => ids.Contains(one.Id)).Select(one => one.PersonId).ToListAsync(ct);
        var asked = db.Set<Request>().Where(one => people.Contains(one.ToId) && one.Answer == null).Select(one => one.CommitmentId);
        var promises = await db.Set<Commitment>().Where(one => people.Contains(one.OwnerId) || asked.Contains(one.Id)).OrderBy(one => one.Id).ForUpdate().ToDictionaryAsync(one => one.Id, ct);
        var about = promises.Keys.ToList();
        var requests = await db.Set<Request>().Where(one => about.Contains(one.CommitmentId)).OrderBy(one => one.Id).ForUpdate().ToListAsync(ct);
        var departures = await db.Set<Departure>().Where(one => ids.Contains(one.Id)).OrderBy(one => one.Id).ForUpdate().ToDictionaryAsync(one => one.Id, ct);
        return new(departures, promises, requests, await Roster.LoadAsync(db, ct));
    }

    protected override async Task DecideAsync(EquityDb db, Batch batch, Guid id, Instant now, CancellationToken ct)
    {
        if (!batch.Departures.TryGetValue(id, out var departure) || departure.LookAt is null || departure.LookAt > now)
        {
            return;
        }

        var (roster, person) = (batch.Roster, batch.Roster[departure.PersonId]);
        if (!roster.HasLeft(person, now))
        {
            departure.LookAt = roster.ZoneOf(person).AtStartOfDay(departure.LastDay.PlusDays(1)).ToInstant();
            return;
        }

        departure.LookAt = null;
        foreach (var request in batch.Requests.Where(one => one.ToId == person.Id && one.Answer is null && batch.Promises[one.CommitmentId].IsOpen).OrderBy(one => one.AskedAt).ToList())
        {
            await PassAsync(db, batch, request, person, now, ct);
        }

        foreach (var promise in batch.Promises.Values.Where(one => one.OwnerId == person.Id && NeedsAnOwner(one)).OrderBy(one => one.Number))
        {
            Offer(db, batch, promise, person, now);
        }

        await db.SaveChangesAsync(ct);
        foreach (var part in parts.OrderBy(part => part.Order))
        {
            await part.RosterChangedAsync(db, now, ct);
        }
    }

    /// <summary>A claim of done, or a withdrawal, may settle it; where it goes on after all, this is asked again.</summary>
    static bool NeedsAnOwner(Commitment promise) => promise.IsRunning || promise.Status is CommitmentStatus.Missed or CommitmentStatus.Proposed;

    static void Offer(EquityDb db, Batch batch, Commitment promise, Person leaver, Instant now)
    {
        var offered = batch.Requests.Where(one => one.CommitmentId == promise.Id && one.Kind == RequestKind.HandOver).ToList();
        if (offered.Exists(one => one.Answer is null))
        {
            return;
        }

        var declined = offered.Where(one => one.Answer == RequestAnswer.Declined).Select(one => one.ToId).ToHashSet();
        if (Succession.HeirOf(leaver, promise.DepartmentId, declined, batch.Roster, now) is { } heir)
        {
            batch.Requests.Add(Ask(db, RequestKind.HandOver, promise, leaver.Id, null, heir, batch.Roster, now));
        }
    }

    /// <summary>What somebody asked of whoever left is asked of their heir instead; the asker stays the asker.</summary>
    async Task PassAsync(EquityDb db, Batch batch, Request request, Person leaver, Instant now, CancellationToken ct)
    {
        var promise = batch.Promises[request.CommitmentId];
        if (Succession.HeirOf(leaver, promise.DepartmentId, [request.FromId, promise.OwnerId], batch.Roster, now) is not { } heir)
        {
            return;
        }

        request.Settle(RequestAnswer.PassedOn, now);
        batch.Requests.Add(Ask(db, request.Kind, promise, request.FromId, request, heir, batch.Roster, now));
        await db.SaveChangesAsync(ct);
        await subjects.FollowAsync(db, new Change(promise, "request-answered"), batch.Roster, now, ct);
    }

    static Request Ask(EquityDb db, RequestKind kind, Commitment promise, Guid from, Request? before, Person heir, Roster roster, Instant now)
    {
        var request = new Request
        {
            Id = Guid.NewGuid(),
            OrganizationId = db.OrganizationId,
            CommitmentId = promise.Id,
            Kind = kind,
            FromId = from,
            ToId = heir.Id,
            PassedById = before?.ToId,
            Words = before?.Words,
            Due = before?.Due,
            Need = before?.Need,
            AskedAt = now,
            AskedOn = roster.TodayOf(heir, now),
        };
        request.LookAt = request.EscalatesWhenUnanswered ? now : null;
        db.Add(request);
        db.Add(AuditEntry.Of(db, now, "departures", promise.Ref, "offered", RequestFollower.Name(kind)));
        db.Add(new Notice
        {
            OrganizationId = db.OrganizationId,
            SubjectId = promise.Id,
            Ref = promise.Ref,
            Trigger = RequestNotice.Name,
            Period = request.Id.ToString(),
            RecipientId = heir.Id,
            Kind = IsTask(heir, roster) ? MessageKind.Task : MessageKind.Request,
            Slot = Slot.Now,
            DecidedAt = now,
            NotBefore = roster.HoursOf(heir).OpenAtOrAfter(now),
        });
        return request;
    }

    /// <summary>With nobody else left it is the equity officer's to find somebody.</summary>
    static bool IsTask(Person heir, Roster roster) => roster.Holder(Role.EquityOfficer)?.Id == heir.Id;
}
