using System.Text.Json;
using EquityBot.People;
using EquityBot.Storage;
using NodaTime;

namespace EquityBot.Chat;

/// <summary>Something with a human reference that commands act on: a commitment, an escalation case.</summary>
public interface ISubject
{
    Guid Id { get; }

    /// <summary>C-12.</summary>
    string Ref { get; }

    /// <summary>Grows with every change that a person makes; buttons made for an earlier version are outdated.</summary>
    int Version { get; }

    Guid OwnerId { get; }

    Guid DepartmentId { get; }

    /// <summary>Who wrote it down first.</summary>
    Guid AuthorId { get; }

    /// <summary>Departments that contribute to it, beside the one that is accountable.</summary>
    IReadOnlyCollection<Guid> Contributors => [];

    /// <summary>Everybody may see that it exists; otherwise only those it concerns do.</summary>
    bool IsOnThePlan { get; }
}

/// <summary>A subject with what other slices know about it: a commitment with its escalation case.</summary>
public sealed record View(ISubject Subject, IReadOnlyList<object> Aspects, IReadOnlyList<SubjectFollower> Followers)
{
    /// <summary>What the other slices have to say about it, for its card.</summary>
    public IEnumerable<Block> Describe(Reader reader) => Followers.SelectMany(follower => follower.Describe(this, reader));

    public T? Aspect<T>() where T : class => Subject as T ?? Aspects.OfType<T>().FirstOrDefault();
}

/// <summary>Finds, locks and shows subjects of one prefix. Each slice with subjects has one.</summary>
public abstract class SubjectKind
{
    /// <summary>C, G, P, E.</summary>
    public abstract string Prefix { get; }

    /// <summary>The subjects with these numbers, as many as there are; when asked tracked and locked until the transaction ends, in the order of ids.</summary>
    public abstract Task<IReadOnlyList<ISubject>> LoadAsync(EquityDb db, IReadOnlyCollection<int> numbers, bool locked, CancellationToken ct);

    /// <summary>The card that shows it as it is now, with every button its reader may press.</summary>
    public abstract Card Card(View view, Reader reader);

    /// <summary>What a room may see of it, with departments for people; null where a room sees what was said at the time.</summary>
    public virtual Card? Public(View view, Reader reader) => null;
}

/// <summary>What happened to a subject, mostly by a person's hand.</summary>
/// <param name="What">Past tense, of the slice's own list: <c>progress-reported</c>, <c>done-claimed</c>, <c>due-moved</c> …</param>
public sealed record Change(ISubject Subject, string What)
{
    /// <summary>A change as the audit trail keeps it.</summary>
    /// <param name="Version">The subject's, once it was changed.</param>
    public sealed record Kept(string Ref, string What, int Version);

    /// <summary>For <see cref="AuditEntry.Detail"/>; null when nothing changed.</summary>
    public static string? Write(IReadOnlyCollection<Change> changes) =>
        changes.Count == 0 ? null : JsonSerializer.Serialize(changes.Select(change => new Kept(change.Subject.Ref, change.What, change.Subject.Version)));

    /// <summary>Nothing where the entry's detail is about something else.</summary>
    public static IReadOnlyList<Kept> Read(string detail) => detail.StartsWith('[') ? JsonSerializer.Deserialize<List<Kept>>(detail)! : [];
}

/// <summary>A slice that keeps something about another slice's subjects: follows their changes in the same transaction, and adds to their cards.</summary>
public abstract class SubjectFollower
{
    /// <summary>What this slice knows about these subjects, by their ids; nothing of those about which it knows nothing.</summary>
    public abstract Task<IReadOnlyDictionary<Guid, object>> LoadAspectsAsync(EquityDb db, IReadOnlyCollection<ISubject> subjects, CancellationToken ct);

    public abstract Task FollowAsync(EquityDb db, Change change, Roster roster, Instant now, CancellationToken ct);

    /// <summary>Blocks for the subject's card.</summary>
    public abstract IEnumerable<Block> Describe(View view, Reader reader);
}

/// <summary>All kinds of subject and all followers together.</summary>
public sealed class Subjects(IEnumerable<SubjectKind> kinds, IEnumerable<SubjectFollower> followers)
{
    readonly Dictionary<string, SubjectKind> kinds = kinds.ToDictionary(kind => kind.Prefix, StringComparer.OrdinalIgnoreCase);
    readonly List<SubjectFollower> followers = [.. followers];

    public SubjectKind? KindOf(string reference) => kinds.GetValueOrDefault(reference.Split('-')[0]);

    /// <summary>The subject of a reference such as "c-12"; null when nothing bears it.</summary>
    public async Task<View?> LoadAsync(EquityDb db, string reference, bool locked, CancellationToken ct) => (await LoadAsync(db, [reference], locked, ct)).Values.SingleOrDefault();

    /// <summary>The subjects of these references, as many as there are, by their references as they are written.</summary>
    public async Task<IReadOnlyDictionary<string, View>> LoadAsync(EquityDb db, IReadOnlyCollection<string> references, bool locked, CancellationToken ct)
    {
        var found = new List<ISubject>();
        foreach (var kind in references.Select(Parse).OfType<(SubjectKind Kind, int Number)>().GroupBy(one => one.Kind, one => one.Number).OrderBy(kind => kind.Key.Prefix))
        {
            found.AddRange(await kind.Key.LoadAsync(db, kind.Distinct().ToList(), locked, ct));
        }

        return (await ViewsAsync(db, found, ct)).ToDictionary(view => view.Subject.Ref, StringComparer.OrdinalIgnoreCase);
    }

    (SubjectKind Kind, int Number)? Parse(string reference) =>
        reference.Split('-') is [_, var digits] && int.TryParse(digits, out var number) && KindOf(reference) is { } kind ? (kind, number) : null;

    public async Task<View> ViewAsync(EquityDb db, ISubject subject, CancellationToken ct) => (await ViewsAsync(db, [subject], ct)).Single();

    async Task<IEnumerable<View>> ViewsAsync(EquityDb db, IReadOnlyCollection<ISubject> subjects, CancellationToken ct)
    {
        if (subjects.Count == 0)
        {
            return [];
        }

        var known = new List<IReadOnlyDictionary<Guid, object>>();
        foreach (var follower in followers)
        {
            known.Add(await follower.LoadAspectsAsync(db, subjects, ct));
        }

        return subjects.Select(subject => new View(subject, [.. known.Select(aspects => aspects.GetValueOrDefault(subject.Id)).OfType<object>()], followers));
    }

    public async Task FollowAsync(EquityDb db, Change change, Roster roster, Instant now, CancellationToken ct)
    {
        foreach (var follower in followers)
        {
            await follower.FollowAsync(db, change, roster, now, ct);
        }
    }

    public Card Card(View view, Reader reader) => KindOf(view.Subject.Ref)!.Card(view, reader);

    public Card? Public(View view, Reader reader) => KindOf(view.Subject.Ref)!.Public(view, reader);
}
