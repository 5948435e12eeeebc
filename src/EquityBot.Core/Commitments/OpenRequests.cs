using EquityBot.Chat;
using EquityBot.People;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace EquityBot.Commitments;

/// <summary>The requests about a promise that wait for their answer, the oldest first.</summary>
public sealed record OpenRequests(IReadOnlyList<Request> Requests)
{
    public Request? To(Guid person) => Requests.FirstOrDefault(request => request.ToId == person);
}

/// <summary>Puts the open requests beside their promise, so that whoever is asked can answer from any card of it.</summary>
public sealed class RequestFollower : SubjectFollower
{
    public override async Task<IReadOnlyDictionary<Guid, object>> LoadAspectsAsync(EquityDb db, IReadOnlyCollection<ISubject> subjects, CancellationToken ct)
    {
        var promises = subjects.OfType<Commitment>().Select(one => one.Id).ToList();
        var open = promises.Count == 0 ? [] : await db.Set<Request>().AsNoTracking().Where(one => promises.Contains(one.CommitmentId) && one.Answer == null).OrderBy(one => one.AskedAt).ToListAsync(ct);
        return open.GroupBy(one => one.CommitmentId).ToDictionary(own => own.Key, object (own) => new OpenRequests([.. own]));
    }

    public override Task FollowAsync(EquityDb db, Change change, Roster roster, Instant now, CancellationToken ct) => Task.CompletedTask;

    public override IEnumerable<Block> Describe(View view, Reader reader) =>
        view.Aspect<OpenRequests>() is { } open
            ? open.Requests.Select(request => new Quiet(reader.Words[$"request.open-{Name(request.Kind)}", ("name", reader.Roster[request.ToId].Name)]))
            : [];

    public static string Name(RequestKind kind) => kind == RequestKind.HandOver ? "hand-over" : kind.ToString().ToLowerInvariant();
}
