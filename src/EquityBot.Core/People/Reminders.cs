using NodaTime;

namespace EquityBot.People;

/// <summary>Moments of which the latest counts.</summary>
public static class Reminders
{
    public static (int Due, Instant? Next) Look(IReadOnlyList<Instant> moments, Instant now) =>
        moments.Count(at => at <= now) is var due && due < moments.Count ? (due, moments[due]) : (due, null);

    /// <summary>Who hears for the owner: the owner, else their delegate, else the lead of the department, else the equity officer; null where none of them is there.</summary>
    public static Person? Hears(Roster roster, Guid owner, Guid department, Instant now) =>
        new[] { roster[owner], roster.Find(roster[owner].DelegateId), roster.Find(roster.Department(department).LeadId), roster.Holder(Role.EquityOfficer) }
            .OfType<Person>().FirstOrDefault(one => !roster.IsAbsent(one, now));
}
