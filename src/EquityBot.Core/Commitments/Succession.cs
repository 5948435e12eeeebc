using EquityBot.People;
using NodaTime;

namespace EquityBot.Commitments;

/// <summary>To whom falls what somebody leaves behind.</summary>
public static class Succession
{
    /// <summary>
    /// The next one above them who is still with the organization, else the lead of the promise's department, else the equity officer. Null where nobody of these is left to ask.
    /// </summary>
    /// <param name="passedOver">Who declined it, or cannot be asked: whoever asks for help does not help themselves.</param>
    public static Person? HeirOf(Person leaver, Guid departmentId, IReadOnlyCollection<Guid> passedOver, Roster roster, Instant now) => roster.Above(leaver)
        .Append(roster.ActingLeadOf(departmentId, now))
        .Append(roster.Holder(Role.EquityOfficer))
        .FirstOrDefault(person => person is not null && person.Id != leaver.Id && !roster.HasLeft(person, now) && !passedOver.Contains(person.Id));

    /// <summary>Whom the heir may name with one tap: who leads the promise's department, and the lead's deputy.</summary>
    public static IEnumerable<Person> Suggestions(Commitment commitment, Person heir, Roster roster, Instant now) =>
        new[] { roster.ActingLeadOf(commitment.DepartmentId, now), roster.Find(roster.Department(commitment.DepartmentId).DeputyId) }
            .OfType<Person>().DistinctBy(one => one.Id).Where(one => one.Id != heir.Id && one.Id != commitment.OwnerId && !roster.HasLeft(one, now));
}
