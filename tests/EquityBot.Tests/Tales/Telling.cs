using System.Globalization;
using EquityBot.Chat;
using EquityBot.Commitments;
using EquityBot.Doubles;
using EquityBot.Escalation;
using EquityBot.Jobs;
using EquityBot.People;
using EquityBot.Storage;
using EquityBot.Tests.Given;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using NodaTime.Text;

namespace EquityBot.Tests.Tales;

/// <summary>One telling of a random story: real sweeps, postman and switchboard on a database of its own, with a clock that stands where it is put.</summary>
sealed class Telling : IAsyncDisposable
{
    const string Tenant = "random";

    readonly RandomStory story;
    readonly Database database;
    readonly ServiceProvider core;
    readonly StillClock clock;
    int events;

    Telling(RandomStory story, Database database)
    {
        (this.story, this.database, clock, Store) = (story, database, new(story.Town.Start), new(database.ConnectionString));
        Letters = new(story, clock);
        core = Wiring.Core(Store, clock, services => services.AddJobs().AddSingleton<IChannel>(Letters));
    }

    public EquityStore Store { get; }

    public Guid Organization { get; private set; }

    public Letterbox Letters { get; }

    public static async Task<Telling> OpenAsync(RandomStory story, Engine engine)
    {
        var telling = new Telling(story, await Database.OpenAsync(engine));
        var outcome = await telling.Get<RosterImport>().ImportAsync(story.Town.Files, telling.clock.Now, dryRun: false, CancellationToken.None);
        Assert.Empty(outcome.Problems);
        telling.Organization = outcome.OrganizationId;
        telling.Get<Switchboard>().WarmUp();
        await telling.Store.WriteAsync(telling.Organization, Urgency.Inbound, async db =>
        {
            (await db.Set<ScheduleVersion>().SingleAsync()).Plan = story.Town.Plan.ToJson();
            db.Add(new Workspace { Channel = telling.Letters.Name, Tenant = Tenant, OrganizationId = db.OrganizationId });
            var people = await db.Set<Person>().ToDictionaryAsync(one => one.Handle);
            foreach (var (handle, to, isAbove) in story.Town.Circles)
            {
                var person = people[handle];
                (person.SupervisorId, person.DelegateId) = (isAbove ? people[to].Id : person.SupervisorId, isAbove ? person.DelegateId : people[to].Id);
            }

            db.AddRange(people.Values.Select(person => new ChatAddress { OrganizationId = db.OrganizationId, PersonId = person.Id, Channel = telling.Letters.Name, Address = person.Handle, Rank = 1 }));
        }, CancellationToken.None);
        return telling;
    }

    public T Get<T>() where T : notnull => core.GetRequiredService<T>();

    public EquityDb Read() => Store.For(Organization);

    /// <summary>From one moment that the product itself says is its next to the following one, as practice mode does; between them nothing runs.</summary>
    public Task JumpAsync() => TellAsync(async to =>
    {
        while (await NextDueAsync() is { } next && next <= to)
        {
            Assert.True(next > clock.Now, $"Something due at {next} was not done by {clock.Now}");
            await SettleAsync(next);
        }
    });

    /// <summary>At every hour of the town's clocks, and every so many minutes besides, whether the product expects anything or not.</summary>
    public Task TickAsync() => TellAsync(async to =>
    {
        var strides = Enumerable.Range(1, (int)((story.Town.End - story.Town.Start) / story.Stride)).Select(number => story.Town.Start + (number * story.Stride)).Where(at => at > clock.Now && at <= to);
        foreach (var at in story.Town.Hours(clock.Now, to).Concat(strides).Distinct().Order().ToList())
        {
            await SettleAsync(at);
        }
    });

    /// <summary>By jumping, up to and including this moment.</summary>
    public Task JumpToAsync(Instant to) => TellAsync(JumpUntilAsync, to);

    /// <summary>On to this moment while nobody does anything.</summary>
    public async Task JumpIdlyToAsync(Instant to)
    {
        await JumpUntilAsync(to);
        await SettleAsync(to);
    }

    async Task JumpUntilAsync(Instant to)
    {
        while (await NextDueAsync() is { } next && next <= to)
        {
            await SettleAsync(next);
        }
    }

    async Task TellAsync(Func<Instant, Task> moveAsync, Instant? until = null)
    {
        await SettleAsync(clock.Now);
        var end = until ?? story.Town.End;
        foreach (var act in story.Acts.Where(act => act.At <= end))
        {
            await moveAsync(act.At);
            await SettleAsync(act.At);
            await DoAsync(act);
            await SettleAsync(act.At);
        }

        await moveAsync(end);
        await SettleAsync(end);
    }

    async Task<Instant?> NextDueAsync()
    {
        var (sweep, post) = (await Get<SweepRunner>().NextDueAsync(CancellationToken.None), await Get<Postman>().NextDueAsync(CancellationToken.None));
        return sweep is null || post < sweep ? post ?? sweep : sweep;
    }

    async Task SettleAsync(Instant at)
    {
        clock.Now = at;
        for (var round = 0; ; round++)
        {
            Assert.True(round < 1000, $"Still not quiet at {at}");
            var result = await Get<SweepRunner>().RunAllAsync(CancellationToken.None);
            Assert.True(result.Failed == 0, $"{result.Failed} rows failed at {at}");
            if (result.Done + await Get<Postman>().RunAsync(CancellationToken.None) == 0)
            {
                return;
            }
        }
    }

    async Task DoAsync(Act act)
    {
        await using var db = Read();
        var roster = await Roster.LoadAsync(db, CancellationToken.None);
        if (act.Verb is "away" or "leaves" or "delegate")
        {
            var (person, until, other) = (roster.ByHandle(act.Who)!, LocalDatePattern.Iso.Parse(act.Values["until"]).Value, roster.ByHandle(act.Values["to"])!);
            Letters.LeavesOn[person.Handle] = act.Verb == "leaves" ? until : person.LeavesOn;
            await Get<RosterImport>().ChangeAsync(Organization, person.Id, one =>
            {
                one.AwayUntil = act.Verb == "away" ? until : one.AwayUntil;
                one.LeavesOn = act.Verb == "leaves" ? until : one.LeavesOn;
                one.DelegateId = act.Verb == "delegate" && other.Id != one.Id ? other.Id : one.DelegateId;
            }, clock.Now, CancellationToken.None);
        }
        else if (act.Verb == "log-commitment")
        {
            await PressAsync(act.Who!, "log", null, act.Verb, act.Values.ToDictionary(value => value.Key, value => value.Value == "self" ? act.Who! : value.Value));
        }
        else if (act.Verb == "answer")
        {
            await AnswerAsync(act);
        }
        else if (await ReferenceAsync(db, act.About, roster) is { } reference && (act.Who ?? (await ExpectedAsync(db, act.Verb, reference, roster))?.Handle) is { } actor)
        {
            await PressAsync(actor, $"show {reference}", reference, act.Verb, act.Values);
        }
    }

    static async Task<string?> ReferenceAsync(EquityDb db, string about, Roster roster)
    {
        if (roster.Departments.FirstOrDefault(one => one.Name == about) is not { } department)
        {
            return about;
        }

        var silent = await db.Set<EscalationCase>().Where(one => one.DepartmentId == department.Id && one.Line == Lines.Silence).OrderByDescending(one => one.OpenedAt).FirstOrDefaultAsync();
        return silent?.Ref;
    }

    /// <summary>Who would be the one to do it; null where there is nobody, or no such promise.</summary>
    async Task<Person?> ExpectedAsync(EquityDb db, string verb, string reference, Roster roster)
    {
        var promise = reference[0] == 'C' ? (await db.Set<Commitment>().AsNoTracking().ToListAsync()).SingleOrDefault(one => one.Ref == reference) : null;
        var silence = reference[0] == 'E' ? (await db.Set<EscalationCase>().AsNoTracking().ToListAsync()).Single(one => one.Ref == reference) : null;
        if ((promise?.OwnerId ?? silence?.OwnerId) is not { } id)
        {
            return null;
        }

        var (owner, department) = (roster[id], promise?.DepartmentId ?? silence!.DepartmentId);
        var above = roster.ConfirmerFor(owner, department, clock.Now) ?? roster.Holder(Role.EquityOfficer);
        return verb switch
        {
            "confirm-met" or "not-yet" or "approve-withdrawal" or "decline-withdrawal" or "cover-case" or "offer-help" => above,
            "accept-request" or "decline-request" => roster.Find((await db.Set<Request>().Where(one => one.CommitmentId == promise!.Id && one.Answer == null).OrderBy(one => one.AskedAt).FirstOrDefaultAsync())?.ToId),
            "waive-case" => roster.Holder(Role.EquityOfficer) ?? roster.Above(owner).FirstOrDefault(),
            "decide-case" => roster.Holder(Role.BoardOwner),
            _ => owner,
        };
    }

    /// <summary>Presses one of the buttons that somebody has about any promise; of those that do the same the newest.</summary>
    async Task AnswerAsync(Act act)
    {
        await using var db = Read();
        var buttons = await (
            from button in db.Set<ButtonRecord>()
            join message in db.Set<Message>() on button.MessageId equals message.Id
            join person in db.Set<Person>() on button.PersonId equals person.Id
            where person.Handle == act.Who && !button.Reads && button.PressedAt == null && message.SentAt != null && message.State == MessageState.Current && (button.Ref == null || button.Ref.StartsWith("C-"))
            select new { message.Seq, message.Id, Button = button.Id, Does = button.Verb + button.Ref }).ToListAsync();
        var found = buttons.GroupBy(one => one.Does).OrderBy(same => same.Key, StringComparer.Ordinal).Select(same => same.MaxBy(one => one.Seq)!).ToList();
        if (found.Count > 0)
        {
            var pick = found[int.Parse(act.Values["pick"], CultureInfo.InvariantCulture) % found.Count];
            await HandleAsync(act.Who!, incoming => incoming with { Press = new(pick.Id, pick.Button, act.Values) });
        }
    }

    /// <summary>Presses the newest button of that kind, once the words that may bring one have been answered; nothing where there is none.</summary>
    async Task PressAsync(string handle, string words, string? reference, string verb, IReadOnlyDictionary<string, string> values)
    {
        await HandleAsync(handle, incoming => incoming with { Text = words });
        await using var db = Read();
        var found = await (
            from button in db.Set<ButtonRecord>()
            join message in db.Set<Message>() on button.MessageId equals message.Id
            join person in db.Set<Person>() on button.PersonId equals person.Id
            where person.Handle == handle && button.Verb == verb && button.Ref == reference && button.PressedAt == null && message.SentAt != null
            orderby message.Seq descending
            select new { message.Id, Button = button.Id }).FirstOrDefaultAsync();
        if (found is not null)
        {
            await HandleAsync(handle, incoming => incoming with { Press = new(found.Id, found.Button, values) });
        }
    }

    async Task HandleAsync(string handle, Func<IncomingMessage, IncomingMessage> what)
    {
        var incoming = what(new(Letters.Name, Tenant, handle, $"event {++events}"));
        while (await Get<Switchboard>().HandleAsync(incoming, CancellationToken.None) is Handled.Busy)
        {
            // A slow machine; platforms ask again with the same event.
        }
    }

    public async ValueTask DisposeAsync()
    {
        await core.DisposeAsync();
        await database.DisposeAsync();
    }
}
