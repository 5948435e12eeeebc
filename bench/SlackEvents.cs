using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using EquityBot.Doubles;
using EquityBot.People;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;

namespace EquityBot.Bench;

/// <summary>G2 to G4: events of Slack, beside Bolt round by round. Ours checks the signature, decides and writes down before it says that all is well; Bolt checks the signature and keeps nothing.</summary>
static class SlackEvents
{
    const int People = 500;
    const int AtOnce = 16;
    const int WarmUp = 5_000;

    /// <summary>Messages a minute that Slack would not allow: what falls due is sent beside fifty answers a second, instead of waiting behind them.</summary>
    const int Unhindered = 60_000;

    const string Listening = "listening";
    static readonly TimeSpan Long = TimeSpan.FromSeconds(60);

    /// <summary>G2: from the request to the acknowledgement. What the answers cost that are posted meanwhile, at the pace that Slack allows, counts for ours.</summary>
    public static async Task EventsAsync(DurablePostgres server, int rounds, int events, bool peers, Report report)
    {
        for (var round = 0; round < rounds; round++)
        {
            await using (var world = await World.OpenAsync(server))
            {
                await EventsAsync(world.Slack, world.Host.Url, () => world.Host.Processor, WarmUp, null, "");
                await EventsAsync(world.Slack, world.Host.Url, () => world.Host.Processor, events, report, "EquityBot");
            }

            if (peers)
            {
                await using var slack = await SlackDouble.StartAsync();
                using var peer = await BoltAsync(Listening);
                await EventsAsync(slack, peer.Url, () => peer.Processor, WarmUp, null, "");
                await EventsAsync(slack, peer.Url, () => peer.Processor, events, report, "bolt");
            }
        }
    }

    static async Task EventsAsync(SlackDouble slack, Uri host, Func<TimeSpan> processor, int events, Report? report, string who)
    {
        var (before, began) = (processor(), Stopwatch.GetTimestamp());
        await PostAsync(host, events, number => Said(slack, number), _ => { });
        report?.Measured("G2", $"{who}: events a second", [events / Stopwatch.GetElapsedTime(began).TotalSeconds], "");
        report?.Measured("G2", $"{who}: processor an event", [1e6 * (processor() - before).TotalSeconds / events], "µs");
    }

    /// <summary>G3: an event that is believed and read and means nothing, beside Bolt to which nobody listens and a request that is answered with a word.</summary>
    public static async Task LayersAsync(DurablePostgres server, int rounds, int requests, bool peers, Report report)
    {
        await using var world = await World.OpenAsync(server);
        using var hello = await Listener.StartAsync("hello");
        using var bolt = peers ? await BoltAsync() : null;
        var all = new List<(string Who, Uri Host, Func<TimeSpan> Processor)> { ("Slack, verified and read", world.Host.Url, () => world.Host.Processor), ("Kestrel's hello, beside Slack", hello.Url, () => hello.Processor) };
        if (bolt is not null)
        {
            all.Add(("bolt, verified and read", bolt.Url, () => bolt.Processor));
        }

        for (var round = -1; round < rounds; round++)
        {
            foreach (var (who, host, processor) in all)
            {
                var before = processor();
                await PostAsync(host, requests, number => Meaningless(world.Slack, number), _ => { });
                if (round >= 0)
                {
                    report.Measured("G3", $"{who}: processor a request", [1e6 * (processor() - before).TotalSeconds / requests], "µs");
                }
            }
        }
    }

    /// <summary>G4: fifty a second, alone and while ten thousand promises fall due; Bolt, to which nothing falls due, alone.</summary>
    public static async Task AcknowledgedAsync(DurablePostgres server, int rounds, int items, bool peers, Report report)
    {
        for (var round = 0; round < rounds; round++)
        {
            await using (var world = await World.OpenAsync(server, Unhindered))
            {
                await EventsAsync(world.Slack, world.Host.Url, () => world.Host.Processor, WarmUp, null, "");
                await PacedAsync(world.Slack, world.Host.Url, "Slack: an acknowledgement, when nothing else is to be done");
                await world.Town.PromiseAsync(items, Ours.Now);
                await PacedAsync(world.Slack, world.Host.Url, $"Slack: an acknowledgement, while {items} promises fall due");
                report.Measured("G4", "Slack: messages that these became meanwhile", [world.Slack.Posts.Count(post => !post.Blocks.ToJsonString().Contains("What you can say", StringComparison.Ordinal))], "");
            }

            if (peers)
            {
                await using var slack = await SlackDouble.StartAsync();
                using var peer = await BoltAsync(Listening);
                await EventsAsync(slack, peer.Url, () => peer.Processor, WarmUp, null, "");
                await PacedAsync(slack, peer.Url, "bolt: an acknowledgement, when nothing else is to be done");
            }
        }

        async Task PacedAsync(SlackDouble slack, Uri host, string what)
        {
            var waits = new System.Collections.Concurrent.ConcurrentBag<double>();
            await PostAsync(host, (int)(50 * Long.TotalSeconds), number => Said(slack, number), waits.Add, perSecond: 50);
            report.Measured("G4", what, [.. waits], "ms");
        }
    }

    static Task<Listener> BoltAsync(params string[] listening) => Listener.StartAsync("bolt.mjs", [SlackDouble.SigningSecret, .. listening]);

    static string Account(int number) => $"U{number % People:000000}";

    static byte[] Said(SlackDouble slack, int number) => Encoding.UTF8.GetBytes(slack.Says(Account(number), "help").ToJsonString());

    static byte[] Meaningless(SlackDouble slack, int number) => Encoding.UTF8.GetBytes(new JsonObject { ["type"] = "event_nobody_knows", ["team_id"] = slack.Team, ["event"] = new JsonObject { ["type"] = "reaction_added", ["user"] = Account(number) } }.ToJsonString());

    static async Task PostAsync(Uri host, int count, Func<int, byte[]> body, Action<double> waited, int? perSecond = null)
    {
        using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = AtOnce }) { BaseAddress = host };
        var (began, next) = (Stopwatch.GetTimestamp(), -1);
        await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Increment(ref next) is var number && number < count)
            {
                if (perSecond is { } pace && TimeSpan.FromSeconds((double)number / pace) - Stopwatch.GetElapsedTime(began) is var early && early > TimeSpan.Zero)
                {
                    await Task.Delay(early);
                }

                var (bytes, timestamp) = (body(number), DateTimeOffset.UtcNow.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
                var left = Stopwatch.GetTimestamp();
                using var request = new HttpRequestMessage(HttpMethod.Post, host.AbsolutePath.Length > 1 ? host.AbsolutePath : "/slack/events") { Content = new ByteArrayContent(bytes) };
                request.Content.Headers.ContentType = new("application/json");
                request.Headers.Add("X-Slack-Request-Timestamp", timestamp);
                request.Headers.Add("X-Slack-Signature", SlackPayloads.Sign(bytes, timestamp));
                using var response = await http.SendAsync(request);
                waited(Stopwatch.GetElapsedTime(left).TotalMilliseconds);
                if (response.StatusCode != HttpStatusCode.OK)
                {
                    throw new InvalidOperationException($"{host} answered {(int)response.StatusCode}; this run is no measurement.");
                }
            }
        })));
    }

    /// <summary>A town whose people all have Slack, and the product that serves it.</summary>
    sealed class World(SlackDouble slack, Host host, Town town, DirectoryInfo folder) : IAsyncDisposable
    {
        public SlackDouble Slack => slack;

        public Host Host => host;

        public Town Town => town;

        /// <param name="messagesPerMinute">Null for the usual pace.</param>
        public static async Task<World> OpenAsync(DurablePostgres server, int? messagesPerMinute = null)
        {
            var (slack, connection, folder) = (await SlackDouble.StartAsync(), await Rounds.DatabaseAsync(server), Directory.CreateTempSubdirectory("equitybot-bench-"));
            var store = new EquityStore(connection);
            await store.MigrateAsync(CancellationToken.None);
            var town = await Town.BuildAsync(store, People, Ours.Now);
            await store.WriteAsync(town.Organization, Urgency.Background, async db =>
            {
                await db.Set<ChatAddress>().ExecuteDeleteAsync();
                db.Add(new Workspace { OrganizationId = town.Organization, Channel = "slack", Tenant = slack.Team });
                db.AddRange((await db.Set<Person>().Where(one => one.Handle != "boss").ToListAsync()).Select((one, number) => new ChatAddress
                {
                    OrganizationId = town.Organization, PersonId = one.Id, Channel = "slack", Address = Account(number), Rank = 1,
                    Route = new JsonObject { ["Tenant"] = slack.Team, ["Conversation"] = SlackDouble.Conversation(Account(number)) }.ToJsonString(),
                }));
            }, CancellationToken.None);
            return new(slack, await Host.SlackAsync(connection, slack, folder.FullName, messagesPerMinute), town, folder);
        }

        public async ValueTask DisposeAsync()
        {
            await host.DisposeAsync();
            await slack.DisposeAsync();
            folder.Delete(recursive: true);
        }
    }
}
