using System.Globalization;
using System.Text;
using EquityBot.Chat;
using EquityBot.Commitments;
using EquityBot.People;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace EquityBot.Doubles;

/// <summary>As many people as wanted in one department, who work at any hour of any day and are reached through the stand-in: for tests of what many rows do, not of who hears what.</summary>
public sealed record Town(EquityStore Store, Guid Organization, IReadOnlyList<Guid> People, Guid Department)
{
    public const string Tenant = "town";

    const int Chunk = 2_000;

    public static async Task<Town> BuildAsync(EquityStore store, int people, Instant now, string name = "Town")
    {
        await using var core = new ServiceCollection().AddLogging().AddEquityCore(store).BuildServiceProvider();
        var files = new Dictionary<string, string>
        {
            ["organization.csv"] = $"name,zone,cycle,cycle_start,cycle_end,fiscal_year_start\n{name},UTC,Some year,2090-01-01,2090-12-31,01-01\n",
            ["sites.csv"] = "site,zone\nMain,UTC\n",
            ["departments.csv"] = "department,kind,site,lead,deputy\nCare,other,Main,boss,\n",
            ["people.csv"] = Everybody(people),
        };
        var outcome = await core.GetRequiredService<RosterImport>().ImportAsync(files, now, dryRun: false, CancellationToken.None);
        if (outcome.Problems.Count > 0)
        {
            throw new InvalidOperationException(string.Join('\n', outcome.Problems));
        }

        return await store.WriteAsync(outcome.OrganizationId, Urgency.Background, async db =>
        {
            // Somebody must be above everybody; away, so that digests and the like do not get among what is counted.
            (await db.Set<Person>().SingleAsync(one => one.Handle == "boss")).AwayUntil = new(2099, 12, 31);
            var everybody = await db.Set<Person>().Where(one => one.Handle != "boss").OrderBy(one => one.Handle).ToListAsync();
            db.AddRange(everybody.Select(one => new ChatAddress { OrganizationId = db.OrganizationId, PersonId = one.Id, Channel = StandInChannel.Channel, Address = one.Handle, Rank = 1 }));
            return new Town(store, db.OrganizationId, [.. everybody.Select(one => one.Id)], everybody[0].DepartmentId);
        }, CancellationToken.None);
    }

    /// <summary>Lets everybody speak as well, through the stand-in's own workspace; the boss is given an address for it.</summary>
    public Task OpenAsync() => Store.WriteAsync(Organization, Urgency.Background, async db =>
    {
        var boss = await db.Set<Person>().SingleAsync(one => one.Handle == "boss");
        db.Add(new ChatAddress { OrganizationId = Organization, PersonId = boss.Id, Channel = StandInChannel.Channel, Address = boss.Handle, Rank = 1 });
        db.Add(new Workspace { OrganizationId = Organization, Channel = StandInChannel.Channel, Tenant = Tenant });
    }, CancellationToken.None);

    static string Everybody(int count)
    {
        var people = new StringBuilder("handle,name,title,department,site,email,roles,supervisor,deputy,delegate,sponsor,days,from,to\n");
        people.Append("boss,The Boss,Trustee,Care,Main,boss@town.example,BoardOwner,,,,,1;2;3;4;5;6;7,00:00,23:59\n");
        for (var number = 0; number < count; number++)
        {
            people.Append(CultureInfo.InvariantCulture, $"p{number},Person {number},Nurse,Care,Main,p{number}@town.example,Contributor,boss,,,,1;2;3;4;5;6;7,00:00,23:59\n");
        }

        return people.ToString();
    }

    /// <summary>Promises of everybody in turn, accepted a month ago, whose reminder is due at <paramref name="now"/>.</summary>
    /// <param name="open">Of them, how many are not due for months.</param>
    /// <param name="spread">They fall due one after another over so long.</param>
    public async Task PromiseAsync(int count, Instant now, int open = 0, Duration spread = default)
    {
        var today = now.InUtc().Date;
        for (var from = 0; from < count; from += Chunk)
        {
            await Store.WriteAsync(Organization, Urgency.Background, async db =>
            {
                if (!await db.Set<Counter>().AnyAsync(one => one.Prefix == "C"))
                {
                    db.Add(new Counter { OrganizationId = Organization, Prefix = "C" });
                    await db.SaveChangesAsync();
                }

                for (var number = from; number < Math.Min(count, from + Chunk); number++)
                {
                    var owner = People[number % People.Count];
                    var promise = new Commitment
                    {
                        Id = Guid.NewGuid(), OrganizationId = Organization, Number = await Counter.NextAsync(db, "C", default), Statement = $"Offer an interpreter at every visit to room {number}",
                        OwnerId = owner, DepartmentId = Department, AuthorId = owner, Due = today.PlusDays(number < open ? 200 : 1),
                    };
                    promise.Accept(now - Duration.FromDays(30));
                    promise.LookAt = now + Duration.FromDays(number < open ? 190 : 0) + (spread * number / count);
                    db.Append(promise);
                }
            }, CancellationToken.None);
        }
    }

    /// <summary>A notice to be sent at once to each of the first people, for the writer <c>node</c>.</summary>
    public Task TellAsync(int count, Instant now, Func<int, string>? words = null, string period = "1") => Store.WriteAsync(Organization, Urgency.Background, db =>
    {
        db.AddRange(People.Take(count).Select((person, number) => new Notice
        {
            OrganizationId = Organization, SubjectId = person, Ref = "", Trigger = NodeWriter.Name, Period = period, RecipientId = person, Kind = MessageKind.Task, Slot = Slot.Now,
            Facts = words?.Invoke(number) ?? "news", DecidedAt = now, NotBefore = now,
        }));
        return Task.CompletedTask;
    }, CancellationToken.None);
}

/// <summary>Says a notice's facts as they are; can be told to stop, to throw, or to take the process with it.</summary>
public sealed class NodeWriter(Action<string>? reached = null) : NoticeWriter
{
    public const string Name = "node";
    public const string Throws = "throws";
    public const string Kills = "kills";

    /// <summary>As where the disk of the database is full.</summary>
    public const string Full = "full";

    public override string Trigger => Name;

    public override Task<Card?> WriteAsync(EquityDb db, Notice notice, Reader reader, CancellationToken ct)
    {
        reached?.Invoke("claim");
        return notice.Facts switch
        {
            Throws => throw new ArithmeticException("as told"),
            Kills => Die(),
            Full => throw new Npgsql.PostgresException("could not extend file", "ERROR", "ERROR", "53100"),
            _ => Task.FromResult<Card?>(new(notice.Facts!, new Words("for you"))),
        };
    }

    static Task<Card?> Die()
    {
        System.Diagnostics.Process.GetCurrentProcess().Kill();
        return Task.FromResult<Card?>(null);
    }
}
