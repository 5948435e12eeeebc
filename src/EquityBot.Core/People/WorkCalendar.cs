using NodaTime;

namespace EquityBot.People;

/// <summary>Which local dates are working days: a site's weekdays less its holidays.</summary>
/// <param name="Days">At least one weekday.</param>
/// <param name="Holidays">Days on which nobody works.</param>
public sealed record WorkCalendar(IReadOnlySet<IsoDayOfWeek> Days, IReadOnlySet<LocalDate> Holidays)
{
    /// <summary>Monday to Friday.</summary>
    public static readonly IReadOnlySet<IsoDayOfWeek> Weekdays = new HashSet<IsoDayOfWeek>
    {
        IsoDayOfWeek.Monday, IsoDayOfWeek.Tuesday, IsoDayOfWeek.Wednesday, IsoDayOfWeek.Thursday, IsoDayOfWeek.Friday,
    };

    /// <summary>Monday to Sunday.</summary>
    public static readonly IReadOnlySet<IsoDayOfWeek> EveryDay = new HashSet<IsoDayOfWeek>(Weekdays) { IsoDayOfWeek.Saturday, IsoDayOfWeek.Sunday };

    public bool IsWorkingDay(LocalDate date) => Days.Contains(date.DayOfWeek) && !Holidays.Contains(date);

    /// <summary>
    /// The <paramref name="count"/>th working day after <paramref name="date"/>, or before it when negative; <paramref name="date"/> itself is never
    /// counted, working day or not. Zero gives <paramref name="date"/>. Due on a Saturday, +1 is the Monday and −1 the Friday.
    /// </summary>
    public LocalDate Add(LocalDate date, int count)
    {
        for (var step = Math.Sign(count); count != 0; count -= step)
        {
            do
            {
                date = date.PlusDays(step);
            }
            while (!IsWorkingDay(date));
        }

        return date;
    }

    /// <summary>The first working day on or after <paramref name="date"/>.</summary>
    public LocalDate OnOrAfter(LocalDate date) => IsWorkingDay(date) ? date : Add(date, 1);

    /// <summary>Working days after <paramref name="from"/> up to and including <paramref name="to"/>; zero when <paramref name="to"/> is not later.</summary>
    public int Between(LocalDate from, LocalDate to)
    {
        var count = 0;
        for (var date = from.PlusDays(1); date <= to; date = date.PlusDays(1))
        {
            count += IsWorkingDay(date) ? 1 : 0;
        }

        return count;
    }
}

/// <summary>When a person may be written to: their own days less their site's holidays, from opening to close in their zone.</summary>
public sealed record WorkingHours(DateTimeZone Zone, WorkCalendar Calendar, LocalTime From, LocalTime To)
{
    /// <summary>The opening of the first working day on or after <paramref name="date"/>. An opening that a clock change skips moves to the first instant after the gap; one that occurs twice is the first.</summary>
    public Instant OpeningOnOrAfter(LocalDate date) =>
        Zone.AtLeniently(Calendar.OnOrAfter(date).At(From)).ToInstant();

    public bool IsOpen(Instant at)
    {
        var local = at.InZone(Zone);
        return Calendar.IsWorkingDay(local.Date) && local.TimeOfDay >= From && local.TimeOfDay < To;
    }

    /// <summary><paramref name="at"/> itself when open, else the next opening.</summary>
    public Instant OpenAtOrAfter(Instant at)
    {
        if (IsOpen(at))
        {
            return at;
        }

        var local = at.InZone(Zone);
        return OpeningOnOrAfter(local.TimeOfDay < From ? local.Date : local.Date.PlusDays(1));
    }

    /// <summary>The first opening strictly after the local day of <paramref name="at"/>.</summary>
    public Instant NextMorning(Instant at) => OpeningOnOrAfter(at.InZone(Zone).Date.PlusDays(1));
}
