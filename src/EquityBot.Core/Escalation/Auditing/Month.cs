using System.Globalization;
using EquityBot.People;
using NodaTime;

namespace EquityBot.Escalation.Auditing;

/// <summary>A month of the calendar, in an organization's zone.</summary>
/// <param name="First">Its first day.</param>
public readonly record struct Month(LocalDate First)
{
    public static Month Of(LocalDate day) => new(day.With(DateAdjusters.StartOfMonth));

    public LocalDate Last => First.With(DateAdjusters.EndOfMonth);

    public Month Next => new(First.PlusMonths(1));

    public Month Before => new(First.PlusMonths(-1));

    /// <summary>2026-03.</summary>
    public string Name => First.ToString("uuuu-MM", CultureInfo.InvariantCulture);

    public Instant BeginsIn(DateTimeZone zone) => zone.AtStartOfDay(First).ToInstant();

    /// <summary>
    /// When the equity officer is first at work once the month has begun in the organization's zone; where nobody holds the post, its beginning. Never earlier: an officer far in the
    /// east is at work while the organization still has the month before.
    /// </summary>
    public Instant MorningFor(Roster roster) => roster.Holder(Role.EquityOfficer) is { } officer ? roster.HoursOf(officer).OpenAtOrAfter(BeginsIn(roster.Zone)) : BeginsIn(roster.Zone);
}
