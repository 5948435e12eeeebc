using EquityBot.Chat;
using EquityBot.People;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace EquityBot.Commitments;

/// <summary>The departments that were asked to contribute to a promise, in the order of asking.</summary>
public sealed record Together(IReadOnlyList<Contribution> Departments)
{
    /// <summary>The first department that has not answered and for which this reader does: its lead, else its deputy while nobody leads it; null where there is none.</summary>
    public Contribution? AskedOf(Person person, Roster roster) =>
        Departments.FirstOrDefault(one => one.Answer is null && AnswersFor(roster.Department(one.DepartmentId), roster)?.Id == person.Id);

    public static Person? AnswersFor(Department department, Roster roster) => roster.Find(department.LeadId) ?? roster.Find(department.DeputyId);
}

/// <summary>Shows on a promise who is in on it, and who has signed.</summary>
public sealed class ContributionFollower : SubjectFollower
{
    public override async Task<IReadOnlyDictionary<Guid, object>> LoadAspectsAsync(EquityDb db, IReadOnlyCollection<ISubject> subjects, CancellationToken ct)
    {
        var promises = subjects.OfType<Commitment>().Select(one => one.Id).ToList();
        var found = promises.Count == 0 ? [] : await db.Set<Contribution>().AsNoTracking().Where(one => promises.Contains(one.CommitmentId)).OrderBy(one => one.AskedAt).ThenBy(one => one.Id).ToListAsync(ct);
        return found.GroupBy(one => one.CommitmentId).ToDictionary(own => own.Key, object (own) => new Together([.. own]));
    }

    public override Task FollowAsync(EquityDb db, Change change, Roster roster, Instant now, CancellationToken ct) => Task.CompletedTask;

    public override IEnumerable<Block> Describe(View view, Reader reader) => view.Aspect<Together>() is { } together
        ? [new Bullets([.. together.Departments.Select(one => Line(one, reader))])]
        : [];

    static string Line(Contribution one, Reader reader)
    {
        var department = reader.Roster.Department(one.DepartmentId).Name;
        return one is { Answer: { } answer, AnsweredById: { } by, AnsweredAt: { } at }
            ? reader.Words[answer == RequestAnswer.Accepted ? "joint.signed" : "joint.declined", ("department", department), ("name", reader.Name(by)), ("day", reader.Day(at.InZone(reader.Roster.ZoneOf(reader.Person)).Date))]
            : reader.Words["joint.asked", ("department", department)];
    }
}
