using EquityBot.Chat;
using EquityBot.Commitments;
using EquityBot.People;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace EquityBot.Staffing;

/// <summary>Something that somebody says about themselves: that they are away, or who acts for them.</summary>
public abstract class StaffCommand(IEnumerable<RosterPart> parts) : ChatCommand
{
    /// <summary>The longest absence or delegation, in days; whoever is away longer says so again.</summary>
    protected const int Longest = 366;

    public override string Action => "ask";

    /// <summary>The speaker's own row, to be changed.</summary>
    protected static Task<Person> MyselfAsync(Turn turn, CancellationToken ct) => turn.Db.Set<Person>().Where(one => one.Id == turn.Speaker.Id).ForUpdate().SingleAsync(ct);

    /// <summary>Whatever was computed from who is here and who acts for whom is looked at again.</summary>
    protected async Task ChangedAsync(Turn turn, CancellationToken ct)
    {
        await turn.Db.SaveChangesAsync(ct);
        foreach (var part in parts.OrderBy(part => part.Order))
        {
            await part.RosterChangedAsync(turn.Db, turn.Now, ct);
        }
    }

    protected static async Task<Workload> WorkloadAsync(Person person, Turn turn, CancellationToken ct) => Workload.Of(
        person,
        [.. (await turn.Db.Set<Commitment>().AsNoTracking().Where(one => one.Status != CommitmentStatus.Draft).ToListAsync(ct)).Where(one => one.IsOpen)],
        await turn.Db.Set<Request>().AsNoTracking().Where(one => one.ToId == person.Id && one.Answer == null).ToListAsync(ct),
        turn.Roster,
        turn.Now);

    /// <summary>The day that somebody's words name; null where they name none, one that is over, or one that is too far away.</summary>
    protected static (LocalDate Date, LocalDate? Other)? Read(Turn turn, string? words) =>
        words is not null && Dates.ReadEither(words, turn.Reckoning) is { } day && IsNear(day.Date, turn) ? (day.Date, day.Other is { } other && IsNear(other, turn) ? other : null) : null;

    static bool IsNear(LocalDate day, Turn turn) => day >= turn.Today && day <= turn.Today.PlusDays(Longest);

    /// <summary>Why somebody cannot act for the speaker; null where they can.</summary>
    protected static Reply? WhyNot(Turn turn, string? named, out Person? standIn)
    {
        standIn = named is null ? null : turn.Roster.ByName(named);
        if (standIn is null || standIn.HasLeftBy(turn.Today))
        {
            return turn.No("delegate.who", ("name", named));
        }

        if (standIn.Id == turn.Speaker.Id)
        {
            return turn.No("delegate.self");
        }

        return LeadsBack(standIn, turn) ? turn.No("delegate.loop", ("name", standIn.Name)) : null;
    }

    /// <summary>Whether those who act for one another would end with the speaker again, so that nobody did.</summary>
    static bool LeadsBack(Person standIn, Turn turn)
    {
        var seen = new HashSet<Guid>();
        for (var next = standIn; next is not null && seen.Add(next.Id); next = turn.Roster.Find(next.DelegateOn(turn.Today)))
        {
            if (next.Id == turn.Speaker.Id)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>From now on somebody acts for the speaker, and hears so.</summary>
    protected static void Name(Turn turn, Person speaker, Person standIn, LocalDate until)
    {
        (speaker.DelegateId, speaker.DelegateUntil, speaker.DelegateById) = (standIn.Id, until, speaker.Id);
        StandInNotice.Tell(turn, standIn, StandInNotice.Asked, speaker, until);
    }

    /// <summary>Nobody acts for the person any more; who did hears so, but where it was they who said it.</summary>
    protected static void End(Turn turn, Person person)
    {
        if (turn.Roster.Find(person.DelegateOn(turn.Today)) is { } before)
        {
            StandInNotice.Tell(turn, before, StandInNotice.Ended, person, turn.Today);
        }

        (person.DelegateId, person.DelegateUntil, person.DelegateById) = (null, null, null);
    }

    /// <summary>A button for something to say that is about no one promise.</summary>
    protected static Button Button(Reader reader, string verb, string title, IReadOnlyDictionary<string, string>? values = null, params IReadOnlyList<Input> inputs) =>
        reader.Catalogue.Command(verb).ButtonFor(null, new Offer(title, inputs) { Values = values ?? new Dictionary<string, string>() });
}
