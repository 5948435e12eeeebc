using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace EquityBot.Bench;

/// <summary>What the platform saw.</summary>
/// <param name="Accepted">Requests that were not answered with 429.</param>
/// <param name="Twice">Message ids that came more than once.</param>
/// <param name="Seconds">From the first accepted request to the last.</param>
sealed record Seen(int Accepted, int Refused, int Twice, double Seconds);

/// <summary>A platform as a process of its own, so that its work is in nobody's figures. It answers at once, or enforces what Teams allows.</summary>
sealed class BenchStandIn : IAsyncDisposable
{
    readonly Process process;

    BenchStandIn(Process process, Uri url) => (this.process, Url) = (process, url);

    public Uri Url { get; }

    public static async Task<BenchStandIn> StartAsync(bool limits)
    {
        var process = Process.Start(new ProcessStartInfo("dotnet", [typeof(BenchStandIn).Assembly.Location, "stand-in", limits ? "limits" : "none"]) { RedirectStandardOutput = true })!;
        return new(process, new((await process.StandardOutput.ReadLineAsync())!));
    }

    public async Task<Seen> SeenAsync()
    {
        using var http = new HttpClient();
        return JsonSerializer.Deserialize<Seen>(await http.GetStringAsync(new Uri(Url, "/seen")), JsonSerializerOptions.Web)!;
    }

    public async Task ForgetAsync()
    {
        using var http = new HttpClient();
        (await http.DeleteAsync(new Uri(Url, "/seen"))).EnsureSuccessStatusCode();
    }

    public static async Task ServeAsync(bool limits)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0));
        var app = builder.Build();
        var (gate, accepted, refused) = (new Lock(), 0, 0);
        var (ids, everywhere, each) = (new ConcurrentDictionary<string, int>(), new Window(30, 1), new Dictionary<string, Window[]>());
        var (first, last) = (0L, 0L);
        app.MapPost("/", async context =>
        {
            var sent = (await JsonDocument.ParseAsync(context.Request.Body)).RootElement;
            lock (gate)
            {
                var now = Stopwatch.GetTimestamp();
                var to = sent.GetProperty("to").GetString()!;
                if (limits)
                {
                    if (!each.TryGetValue(to, out var own))
                    {
                        each.Add(to, own = [new(7, 1), new(8, 2), new(60, 30), new(1800, 3600)]);
                    }

                    if (!everywhere.Allows(now) || !own.All(one => one.Allows(now)))
                    {
                        refused++;
                        context.Response.StatusCode = 429;
                        context.Response.Headers.RetryAfter = "1";
                        return;
                    }

                    everywhere.Take(now);
                    Array.ForEach(own, one => one.Take(now));
                }

                accepted++;
                (first, last) = (first == 0 ? now : first, now);
                ids.AddOrUpdate(sent.GetProperty("messageId").GetString()!, 1, (_, times) => times + 1);
            }
        });
        app.MapGet("/seen", () => new Seen(accepted, refused, ids.Values.Count(times => times > 1), Stopwatch.GetElapsedTime(first, last).TotalSeconds));
        app.MapDelete("/seen", () =>
        {
            (accepted, refused, first, last) = (0, 0, 0, 0);
            ids.Clear();
        });
        await app.StartAsync();
        Console.WriteLine(app.Urls.First());
        await Task.Delay(Timeout.Infinite);
    }

    /// <summary>At most so many in any stretch of so many seconds.</summary>
    sealed class Window(int count, int seconds)
    {
        readonly Queue<long> taken = new();

        public bool Allows(long now)
        {
            while (taken.TryPeek(out var oldest) && Stopwatch.GetElapsedTime(oldest, now).TotalSeconds >= seconds)
            {
                taken.Dequeue();
            }

            return taken.Count < count;
        }

        public void Take(long now) => taken.Enqueue(now);
    }

    public ValueTask DisposeAsync()
    {
        process.Kill();
        process.Dispose();
        return ValueTask.CompletedTask;
    }
}
