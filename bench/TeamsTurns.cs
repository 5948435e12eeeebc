using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using EquityBot.Doubles;
using EquityBot.People;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;

namespace EquityBot.Bench;

/// <summary>
/// G1, G3, G4: activities of Teams. Ours checks the token, decides, writes down and answers with a card through the postman; the peers answer every activity with
/// the same card and check and keep nothing.
/// </summary>
static class TeamsTurns
{
    const int People = 500;
    const int AtOnce = 16;
    const int WarmUp = 5_000;
    static readonly string[] Peers = ["botbuilder", "agents"];
    static readonly TimeSpan Long = TimeSpan.FromSeconds(60);

    /// <summary>G1: whole turns, from the request to the card that arrives.</summary>
    public static async Task TurnsAsync(DurablePostgres server, int rounds, int turns, bool peers, Report report)
    {
        for (var round = 0; round < rounds; round++)
        {
            await using (var world = await World.OpenAsync(server))
            {
                await TurnsAsync(world.Teams, world.Host.Url, () => world.Host.Processor, WarmUp, null, "");
                await TurnsAsync(world.Teams, world.Host.Url, () => world.Host.Processor, turns, report, "EquityBot", world.Connection);
            }

            foreach (var name in peers ? Peers : [])
            {
                await using var teams = await TeamsDouble.StartAsync();
                using var peer = await Listener.StartAsync("teams.mjs", name);
                await TurnsAsync(teams, peer.Url, () => peer.Processor, WarmUp, null, "");
                await TurnsAsync(teams, peer.Url, () => peer.Processor, turns, report, name);
            }
        }
    }

    static async Task TurnsAsync(TeamsDouble teams, Uri host, Func<TimeSpan> processor, int turns, Report? report, string who, string? database = null)
    {
        var (before, stood) = (processor(), teams.Posts.Count);
        var began = Stopwatch.GetTimestamp();
        Reading? reading = null;
        if (database is null)
        {
            await SendAsync();
        }
        else
        {
            reading = await new Gauge(database).MeasureAsync(async () =>
            {
                await SendAsync();
                return (processor() - before).TotalSeconds;
            });
        }

        report?.Measured("G1", $"{who}: processor a turn", [1e6 * (reading?.Client ?? (processor() - before).TotalSeconds) / turns], "µs");
        if (reading is not null)
        {
            report?.Measured("G1", $"{who}: the same in PostgreSQL", [1e6 * reading.Server / turns], "µs");
        }

        async Task SendAsync()
        {
            await ActivitiesAsync(teams, host, turns, number => Said(teams, number), _ => { });
            while (teams.Posts.Count - stood < turns)
            {
                await Task.Delay(5);
            }

            report?.Measured("G1", $"{who}: turns a second", [turns / Stopwatch.GetElapsedTime(began).TotalSeconds], "");
        }
    }

    /// <summary>G3: an activity that is believed and read and means nothing, beside a request that is answered with a word.</summary>
    public static async Task LayersAsync(DurablePostgres server, int rounds, int requests, Report report)
    {
        await using var world = await World.OpenAsync(server);
        using var hello = await Listener.StartAsync("hello");
        for (var round = -1; round < rounds; round++)
        {
            foreach (var (who, host, processor) in new (string, Uri, Func<TimeSpan>)[] { ("verified and read", world.Host.Url, () => world.Host.Processor), ("Kestrel's hello", hello.Url, () => hello.Processor) })
            {
                var before = processor();
                await ActivitiesAsync(world.Teams, host, requests, number => Typing(world.Teams, number), _ => { });
                if (round >= 0)
                {
                    report.Measured("G3", $"{who}: processor a request", [1e6 * (processor() - before).TotalSeconds / requests], "µs");
                }
            }
        }
    }

    /// <summary>G4: fifty a second, alone and while ten thousand promises fall due.</summary>
    public static async Task AcknowledgedAsync(DurablePostgres server, int rounds, int items, Report report)
    {
        for (var round = 0; round < rounds; round++)
        {
            await using var world = await World.OpenAsync(server);
            await TurnsAsync(world.Teams, world.Host.Url, () => world.Host.Processor, WarmUp, null, "");
            await PacedAsync(world, "Teams: an answer, when nothing else is to be done");
            await world.Town.PromiseAsync(items, Ours.Now);
            await PacedAsync(world, $"Teams: an answer, while {items} promises fall due");
            report.Measured("G4", "Teams: messages that these became meanwhile", [world.Teams.Posts.Count(post => !post.Activity.ToJsonString().Contains("What you can say", StringComparison.Ordinal))], "");
        }

        async Task PacedAsync(World world, string what)
        {
            var waits = new System.Collections.Concurrent.ConcurrentBag<double>();
            await ActivitiesAsync(world.Teams, world.Host.Url, (int)(50 * Long.TotalSeconds), number => Said(world.Teams, number), waits.Add, perSecond: 50);
            report.Measured("G4", what, [.. waits], "ms");
        }
    }

    static string Said(TeamsDouble teams, int number)
    {
        var activity = teams.Activity("message", $"p{number % People}");
        activity["text"] = "help";
        return activity.ToJsonString();
    }

    static string Typing(TeamsDouble teams, int number) => teams.Activity("typing", $"p{number % People}").ToJsonString();

    static async Task ActivitiesAsync(TeamsDouble teams, Uri host, int count, Func<int, string> body, Action<double> waited, int? perSecond = null)
    {
        using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = AtOnce }) { BaseAddress = host };
        var (token, began, next) = (teams.Token(DateTimeOffset.UtcNow), Stopwatch.GetTimestamp(), -1);
        await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Increment(ref next) is var number && number < count)
            {
                if (perSecond is { } pace && TimeSpan.FromSeconds((double)number / pace) - Stopwatch.GetElapsedTime(began) is var early && early > TimeSpan.Zero)
                {
                    await Task.Delay(early);
                }

                var left = Stopwatch.GetTimestamp();
                using var request = new HttpRequestMessage(HttpMethod.Post, "/api/messages") { Content = new StringContent(body(number), Encoding.UTF8, "application/json") };
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
                using var response = await http.SendAsync(request);
                waited(Stopwatch.GetElapsedTime(left).TotalMilliseconds);
                if (response.StatusCode is not (HttpStatusCode.OK or HttpStatusCode.Accepted))
                {
                    throw new InvalidOperationException($"{host} answered {(int)response.StatusCode}; this run is no measurement.");
                }
            }
        })));
    }

    /// <summary>A town whose people all have Teams, and the product that serves it.</summary>
    sealed class World(TeamsDouble teams, Host host, Town town, string connection, DirectoryInfo folder) : IAsyncDisposable
    {
        public TeamsDouble Teams => teams;

        public Host Host => host;

        public Town Town => town;

        public string Connection => connection;

        public static async Task<World> OpenAsync(DurablePostgres server)
        {
            var (teams, connection, folder) = (await TeamsDouble.StartAsync(), await Rounds.DatabaseAsync(server), Directory.CreateTempSubdirectory("equitybot-bench-"));
            var store = new EquityStore(connection);
            await store.MigrateAsync(CancellationToken.None);
            var town = await Town.BuildAsync(store, People, Ours.Now);
            await store.WriteAsync(town.Organization, Urgency.Background, async db =>
            {
                await db.Set<ChatAddress>().ExecuteDeleteAsync();
                db.Add(new Workspace { OrganizationId = town.Organization, Channel = "teams", Tenant = teams.TenantId.ToString("D") });
                db.AddRange((await db.Set<Person>().Where(one => one.Handle != "boss").ToListAsync()).Select(one => new ChatAddress
                {
                    OrganizationId = town.Organization, PersonId = one.Id, Channel = "teams", Address = TeamsDouble.DirectoryId(one.Handle), Rank = 1,
                    Route = new JsonObject { ["Service"] = teams.ServiceUrl, ["Conversation"] = TeamsDouble.Conversation(one.Handle), ["User"] = $"29:{one.Handle}" }.ToJsonString(),
                }));
            }, CancellationToken.None);
            return new(teams, await Host.TeamsAsync(connection, teams, folder.FullName), town, connection, folder);
        }

        public async ValueTask DisposeAsync()
        {
            await host.DisposeAsync();
            await teams.DisposeAsync();
            folder.Delete(recursive: true);
        }
    }
}
