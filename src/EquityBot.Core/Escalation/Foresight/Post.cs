using EquityBot.Chat;
using EquityBot.People;
using NodaTime;

namespace EquityBot.Escalation;

/// <summary>A notice of a <see cref="World"/> on its way to somebody.</summary>
/// <param name="IsTrue">Asked at the moment it leaves.</param>
public sealed record Letter(string Trigger, MessageKind Kind, string Step, string To, Guid SubjectId, Person Recipient, string About, Guid DepartmentId, Func<bool> IsTrue)
{
    /// <summary>What makes this occurrence another than the last.</summary>
    public string Period { get; init; } = "";

    public Func<Instant, bool> StillTrue { get; init; } = _ => true;

    /// <summary>What its arrival brings about.</summary>
    public Action<Instant> Arrived { get; init; } = _ => { };

    /// <summary>Whether the department that it is about rests on that day.</summary>
    public Func<Instant, bool> Rests { get; init; } = _ => false;

    /// <summary>Where it is for whoever holds the post, and its reader is away by now: the engine finds who does.</summary>
    public Action<Instant>? LookAgain { get; init; }
}

/// <summary>The one scheduled bundle a person and morning, as the postman makes it.</summary>
public sealed class Post(Roster roster)
{
    readonly List<(Letter Letter, Instant NotBefore)> waiting = [];
    readonly HashSet<string> takenBack = [];
    readonly Dictionary<Guid, LocalDate> lastBundle = [];

    public Instant? NextAt => waiting.Count == 0 ? null : waiting.Min(one => one.NotBefore);

    /// <summary>The last local date on which this person's bundle left.</summary>
    public void Remember(Guid person, LocalDate on) => lastBundle[person] = on;

    /// <summary>Whether this occurrence stopped being true or theirs before it left.</summary>
    public bool WasTakenBack(Guid subject, string period) => takenBack.Contains($"{subject:N} {period}");

    public void TakeBack(Guid subject, string period)
    {
        waiting.RemoveAll(one => one.Letter.SubjectId == subject && one.Letter.Period == period);
        takenBack.Add($"{subject:N} {period}");
    }

    /// <summary>Not before the recipient's next opening.</summary>
    public void Put(Letter letter, Instant now) => PutAt(letter, roster.HoursOf(letter.Recipient).OpenAtOrAfter(now));

    public void PutAt(Letter letter, Instant notBefore) => waiting.Add((letter, notBefore));

    /// <summary>Sends what may leave now: one bundle a person and local date, inside their hours; what falls due after today's waits for tomorrow's. True when something moved.</summary>
    public bool Deliver(Instant now, ICollection<Foreseen> sent)
    {
        var moved = false;
        foreach (var theirs in waiting.Where(one => one.NotBefore <= now).GroupBy(one => one.Letter.Recipient.Id).ToList())
        {
            moved = true;
            var person = roster[theirs.Key];
            var (hours, today) = (roster.HoursOf(person), roster.TodayOf(person, now));
            var letters = theirs.Select(one => one.Letter).ToList();
            waiting.RemoveAll(one => letters.Contains(one.Letter));
            var leftToday = lastBundle.TryGetValue(person.Id, out var last) && last == today;
            if (leftToday || !hours.IsOpen(now))
            {
                waiting.AddRange(letters.Select(letter => (letter, leftToday ? hours.NextMorning(now) : hours.OpenAtOrAfter(now))));
                continue;
            }

            foreach (var letter in letters.OrderBy(letter => letter.Kind))
            {
                Send(letter, person, today, now, sent);
            }
        }

        return moved;
    }

    void Send(Letter letter, Person person, LocalDate today, Instant now, ICollection<Foreseen> sent)
    {
        if (!letter.IsTrue() || !letter.StillTrue(now))
        {
            takenBack.Add($"{letter.SubjectId:N} {letter.Period}");
        }
        else if (letter.LookAgain is { } lookAgain && (person.IsAbsentOn(today) || letter.Rests(now)))
        {
            takenBack.Add($"{letter.SubjectId:N} {letter.Period}");
            lookAgain(now);
        }
        else if (person.HasLeftBy(today))
        {
            takenBack.Add($"{letter.SubjectId:N} {letter.Period}");
        }
        else
        {
            lastBundle[person.Id] = today;
            sent.Add(new(now, today, person.Id, letter.About, letter.DepartmentId, letter.Kind, letter.Trigger, letter.Step, letter.To));
            letter.Arrived(now);
        }
    }
}
