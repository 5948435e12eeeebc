using EquityBot.People;
using NodaTime;

namespace EquityBot.Digests;

/// <summary>Whom a digest is made for; everybody of one audience sees the same numbers.</summary>
public enum Audience
{
    Executive,
    Board,
}

/// <summary>Who gets which digest, and on which morning.</summary>
public static class Readership
{
    public static IEnumerable<Person> Of(Audience audience, Roster roster) => audience == Audience.Board
        ? roster.Holder(Role.BoardOwner) is { } owner ? [owner] : []
        : roster.People.Where(person => roster.RolesOf(person).Contains(Role.Executive));

    /// <summary>The digest that somebody with these roles may ask for.</summary>
    public static Audience AskedBy(IEnumerable<Role> roles) => roles.Contains(Role.BoardOwner) ? Audience.Board : Audience.Executive;

    /// <summary>
    /// The person's opening on the first working day of the week on which they are there; <paramref name="now"/>, or the next opening, where that has passed.
    /// Null when nothing of the week is left to them: away, gone, or the next opening is in another week.
    /// </summary>
    public static Instant? MorningOf(Person person, IsoWeek week, Roster roster, Instant now)
    {
        var hours = roster.HoursOf(person);
        var opening = hours.OpeningOnOrAfter(person.BackOn(week.Monday));
        var at = opening > now ? opening : hours.OpenAtOrAfter(now);
        var day = at.InZone(hours.Zone).Date;
        return day > week.Sunday || person.IsAbsentOn(day) ? null : at;
    }
}
