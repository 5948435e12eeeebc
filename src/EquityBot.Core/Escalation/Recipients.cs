using EquityBot.People;
using NodaTime;

namespace EquityBot.Escalation;

/// <summary>Who a step goes to, resolved at the moment it fires.</summary>
public static class Recipients
{
    /// <summary>
    /// The holder of the step's role; while absent or vacant their delegate, else their deputy, else their supervisor. Where that is the owner or somebody
    /// already told in this case, the owner's next supervisor who was not told. The steps to the board go to its owner and its deputy, told before or not, and
    /// to nobody below them, but for whoever is in the place of a seat that is empty, or whose holder is away without anybody acting for them; the owner's step to the owner, their delegate, or where nobody covers to the lead. Null when there is nobody.
    /// </summary>
    /// <param name="told">People to whom a notice of this case was delivered; the unreachable do not count.</param>
    /// <param name="now">Absence is judged by each person's own local date.</param>
    public static Person? For(string to, Person owner, Guid departmentId, IReadOnlySet<Guid> told, Roster roster, Instant now)
    {
        var holder = Present(HolderOf(to, owner, departmentId, roster, now), roster, now);
        return to switch
        {
            "owner" => ForOwner(owner, departmentId, roster, now),
            "board" => holder ?? Present(roster.InTheBoardsPlace(now), roster, now) ?? Present(roster.Holder(Role.EquityOfficer), roster, now),
            "board-deputy" => holder,
            _ when holder is not null && holder.Id != owner.Id && !told.Contains(holder.Id) => holder,
            _ => roster.Above(owner).Select(above => Present(above, roster, now)).FirstOrDefault(above => above is not null && above.Id != owner.Id && !told.Contains(above.Id)),
        };
    }

    /// <summary>Away, or gone, with nobody who acts for them.</summary>
    public static bool NeedsCover(Person owner, Roster roster, Instant now) =>
        roster.IsAbsent(owner, now) && roster.ActingFor(owner, now) is null;

    /// <summary>The owner, or who acts for them; with nobody, the lead, or the supervisor where the owner is the lead.</summary>
    static Person? ForOwner(Person owner, Guid departmentId, Roster roster, Instant now) =>
        !roster.IsAbsent(owner, now) ? owner
        : roster.ActingFor(owner, now) ?? Present(roster.ConfirmerFor(owner, departmentId, now), roster, now);

    /// <summary>Who holds the step's role, here or away; null while the post is vacant. The board's empty seat falls to whoever is in its place.</summary>
    public static Person? HolderOf(string to, Person owner, Guid departmentId, Roster roster, Instant now) => to switch
    {
        "owner" => owner,
        "deputy" => roster.Find(roster.Department(departmentId).DeputyId),
        "lead" => roster.ActingLeadOf(departmentId, now),
        "supervisor" => roster.Find(owner.SupervisorId),
        "officer" => roster.Holder(Role.EquityOfficer),
        "sponsor" => roster.SponsorFor(owner, departmentId),
        "board" => roster.BoardOwner(now) ?? roster.InTheBoardsPlace(now),
        "board-deputy" => roster.Find(roster.BoardOwner(now)?.DeputyId),
        _ when to.StartsWith(EscalationStep.PersonPrefix, StringComparison.Ordinal) => roster.ByHandle(to[EscalationStep.PersonPrefix.Length..]),
        _ => throw new InvalidOperationException($"No schedule step goes to '{to}'."),
    };

    /// <summary>The person, or who stands in while they are away; follows each stand-in at most once.</summary>
    static Person? Present(Person? person, Roster roster, Instant now)
    {
        var seen = new HashSet<Guid>();
        while (person is not null && roster.IsAbsent(person, now))
        {
            if (!seen.Add(person.Id))
            {
                return null;
            }

            person = new[] { person.DelegateOn(roster.TodayOf(person, now)), person.DeputyId, person.SupervisorId }
                .Select(roster.Find)
                .FirstOrDefault(standIn => standIn is not null && !seen.Contains(standIn.Id));
        }

        return person;
    }
}
