using System.Globalization;
using System.Text.Json;
using EquityBot.Chat;
using EquityBot.Commitments;
using EquityBot.Doubles;
using EquityBot.People;
using EquityBot.Storage;
using EquityBot.Sweeps;
using Microsoft.EntityFrameworkCore;
using Xunit.Abstractions;

namespace EquityBot.Scenarios.Nodes;

/// <summary>Many at once, and everything breaks: afterwards one order of events explains what every one of them was told.</summary>
public sealed class HistoryStories(ITestOutputHelper output)
{
    const int Clients = 8;
    const int Promises = 20;
    static readonly bool Soaks = Environment.GetEnvironmentVariable("EQUITYBOT_SOAK") == "1";
    static readonly TimeSpan Length = TimeSpan.FromMinutes(1);

    /// <summary>Shortened, it is enough when everything was broken once and so many deeds were answered.</summary>
    const int Enough = 150;

    static readonly string[] Owners = ["p0", "p1", "p2", "p3"];

    static readonly Dictionary<string, (Kind Kind, string Verb)> Events = new()
    {
        ["logged"] = (Kind.Create, "confirm-draft"),
        ["progress-reported"] = (Kind.Acknowledge, "report-progress"),
        ["due-moved"] = (Kind.Edit, "push-commitment"),
        ["extension-asked"] = (Kind.Edit, "push-commitment"),
        ["done-claimed"] = (Kind.Close, "complete-commitment"),
        ["not-yet"] = (Kind.Reopen, "not-yet"),
        ["met-confirmed"] = (Kind.Confirm, "confirm-met"),
    };

    // R24, shortened; whole under EQUITYBOT_SOAK=1.
    [Fact]
    public async Task One_order_explains_what_eight_clients_were_told_while_nodes_died_and_the_database_was_restarted()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("EQUITYBOT_SEED"), CultureInfo.InvariantCulture, out var given) ? given : Random.Shared.Next(int.MaxValue / 2);
        Console.WriteLine($"History of EQUITYBOT_SEED={seed}");
        var server = await DurablePostgres.StartAsync();
        await using var installation = await Installation.OpenAsync(Owners.Length, server);
        await installation.Town.OpenAsync();
        List<NodeProcess> nodes = [.. await Task.WhenAll(Enumerable.Range(0, Soaks ? 3 : 2).Select(_ => StartAsync(installation)))];
        var mischief = new Mischief(installation, server, nodes, new(seed));
        var crowd = new Crowd(Owners, () => mischief.Nodes, Promises, seed);
        using (var until = new CancellationTokenSource(Length))
        {
            await Task.WhenAll(crowd.ActAsync(Clients, until.Token), mischief.DoAsync(until.Token), Soaks ? Task.CompletedTask : EnoughAsync(crowd, mischief, until));
        }

        // Whatever is still on its way in a node is through or rolled back once that has ended.
        Assert.All(await Task.WhenAll(nodes.Select(node => node.TerminateAsync())), code => Assert.Equal(0, code));
        Npgsql.NpgsqlConnection.ClearAllPools();
        var records = await RecordsAsync(installation);
        Tell(crowd.Deeds, mischief.Done);
        Assert.Contains(crowd.Deeds, deed => deed.Outcome == PressOutcome.Superseded);
        Assert.Contains(crowd.Deeds, deed => deed.Outcome == PressOutcome.Refused);
        var deeds = crowd.Deeds.ToLookup(deed => deed.Ref);
        var problems = records.Keys.Union(deeds.Select(own => own.Key)).SelectMany(reference => Problems(reference, [.. deeds[reference]], records.GetValueOrDefault(reference))).ToList();
        Assert.True(problems.Count == 0, $"EQUITYBOT_SEED={seed}\n{string.Join("\n\n", problems.Take(5))}");
        Assert.Empty((await new AuditCheck(installation.Store).RunAsync(CancellationToken.None)).Findings);
    }

    static async Task<NodeProcess> StartAsync(Installation installation) => await (await installation.StartAsync()).WarmAsync();

    static async Task EnoughAsync(Crowd crowd, Mischief mischief, CancellationTokenSource until)
    {
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (!until.IsCancellationRequested && (mischief.Done.Distinct().Count() < Mischief.Kinds || crowd.Deeds.Count(deed => deed.Outcome is not null) < Enough))
        {
            await pause.WaitForNextTickAsync(CancellationToken.None);
        }

        await until.CancelAsync();
    }

    void Tell(IReadOnlyCollection<Deed> deeds, IReadOnlyCollection<string> mischief)
    {
        var figures = string.Join(", ", deeds.GroupBy(deed => deed.Outcome?.ToString() ?? (deed.Ended is null ? "no answer" : "taken before")).OrderByDescending(same => same.Count()).Select(same => $"{same.Count()} {same.Key}"));
        var said = $"{deeds.Count} deeds on {deeds.Select(deed => deed.Ref).Distinct().Count()} promises ({figures}); {string.Join(", ", mischief.CountBy(what => what).Select(what => $"{what.Value} × {what.Key}"))}";
        output.WriteLine(said);
        Console.WriteLine(said);
    }

    static IEnumerable<string> Problems(string reference, List<Deed> deeds, OwnRecord? record)
    {
        record ??= new([], [], null);
        var problems = History.Problems(deeds, record.Trail, record.Row).ToList();
        if (!record.Trail.Select(line => $"{line.Kind} {line.Who}").SequenceEqual(record.Audit.Select(entry => $"{entry.Kind} {entry.Who}")))
        {
            problems.Add($"the audit trail tells another story: {string.Join(", ", record.Audit)}");
        }

        return problems.Count == 0 ? [] : [$"{reference}: {string.Join("\n  ", problems)}\nIts record:\n  {string.Join("\n  ", record.Trail)}\nWhat was done:\n  {string.Join("\n  ", deeds.OrderBy(deed => deed.Began))}"];
    }

    /// <summary>What the database keeps of a promise: its events and its audit entries, each in their order, and the row. A draft that nobody confirmed has none.</summary>
    sealed record OwnRecord(List<Line> Trail, List<Line> Audit, Promise? Row);

    static async Task<Dictionary<string, OwnRecord>> RecordsAsync(Installation installation)
    {
        await using var db = installation.Store.For(installation.Town.Organization);
        var who = await db.Set<Person>().ToDictionaryAsync(one => one.Id, one => one.Handle);
        var events = (await db.Set<CommitmentEvent>().AsNoTracking().OrderBy(one => one.Seq).ToListAsync()).ToLookup(one => one.CommitmentId);
        var audit = (await db.Set<AuditEntry>().AsNoTracking().Where(one => one.Outcome == "done" && one.ActorId != null && one.Subject != null).OrderBy(one => one.Seq).ToListAsync()).ToLookup(one => one.Subject!);
        var asked = await db.Set<Request>().Select(one => one.CommitmentId).ToHashSetAsync();
        return (await db.Set<Commitment>().AsNoTracking().ToListAsync()).ToDictionary(one => one.Ref, one => new OwnRecord(
            [.. events[one.Id].Select(line => new Line(Events[line.What].Kind, who[line.ById!.Value], line.What == "logged" ? Crowd.WordIn(one.Statement) : line.Note))],
            [.. audit[one.Ref].Where(entry => Events.Values.Any(known => known.Verb == entry.Action)).Select(entry => new Line(Events.Values.First(known => known.Verb == entry.Action).Kind, who[entry.ActorId!.Value], null))],
            one.Status == CommitmentStatus.Draft ? null : new(one.Version, one.Status, one.Due!.Value, one.LastNote) { Moves = one.Extensions, HasAsked = asked.Contains(one.Id) }));
    }
}
