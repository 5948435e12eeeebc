using System.Net;
using EquityBot.Chat;
using EquityBot.Escalation.Auditing;
using EquityBot.Jobs;
using EquityBot.Storage;
using EquityBot.Tests.Given;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace EquityBot.Tests.Jobs;

/// <summary>The outside monitor hears of every audit that found all well, and of nothing else. // R22</summary>
public class HeartbeatPingTests
{
    /// <summary>Answers as it is told and counts who asks.</summary>
    sealed class Outside : IAsyncDisposable
    {
        readonly WebApplication app;

        Outside(WebApplication app) => this.app = app;

        public Func<HttpContext, Task> Answers { get; set; } = context => { context.Response.StatusCode = 200; return Task.CompletedTask; };

        public int Beats { get; private set; }

        public int Elsewhere { get; private set; }

        public string Url => app.Urls.Single() + "/beat/secret-of-ours";

        public static async Task<Outside> OpenAsync()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            var outside = new Outside(builder.Build());
            outside.app.MapGet("/beat/secret-of-ours", context => { outside.Beats++; return outside.Answers(context); });
            outside.app.MapGet("/elsewhere", () => { outside.Elsewhere++; });
            await outside.app.StartAsync();
            return outside;
        }

        public ValueTask DisposeAsync() => app.DisposeAsync();
    }

    static IConfiguration Setting(string? url) => new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["Heartbeat:Url"] = url }).Build();

    static async Task<(Riverbend Hospital, HeartbeatPing Ping, Outside Outside)> OpenAsync()
    {
        var outside = await Outside.OpenAsync();
        Assert.True(OutsideMonitor.TryRead(Setting(outside.Url), out var monitor));
        var hospital = await Riverbend.OpenAsync(more: services => services.AddSingleton(Pace.Real).AddHeartbeat(monitor));
        return (hospital, hospital.Get<HeartbeatPing>(), outside);
    }

    [Fact]
    public async Task Each_audit_is_told_once_and_silence_follows_when_the_auditor_dies_or_something_was_missed()
    {
        var (hospital, ping, outside) = await OpenAsync();
        await using var _ = hospital;
        await using var _1 = outside;
        Assert.False(await ping.TellAsync(CancellationToken.None));
        await hospital.PassToAsync(hospital.Clock.Now);
        Assert.True(await ping.TellAsync(CancellationToken.None));
        Assert.False(await ping.TellAsync(CancellationToken.None));
        Assert.Equal(1, outside.Beats);

        hospital.Clock.Now += 4 * AuditorSweep.Period;
        Assert.False(await ping.TellAsync(CancellationToken.None));
        await hospital.PassToAsync(hospital.Clock.Now);
        Assert.True(await ping.TellAsync(CancellationToken.None));

        await hospital.Store.WriteAsync(hospital.Organization, Urgency.Background, db =>
        {
            db.Add(new Finding { Id = Guid.NewGuid(), OrganizationId = hospital.Organization, Kind = FindingKind.Parked, Subject = "due 1", Since = hospital.Clock.Now, SeenAt = hospital.Clock.Now, FoundAt = hospital.Clock.Now });
            return Task.CompletedTask;
        }, CancellationToken.None);
        hospital.Clock.Now += Duration.FromMinutes(1);
        Assert.False(await ping.TellAsync(CancellationToken.None));
        Assert.Equal(2, outside.Beats);
    }

    [Fact]
    public async Task A_monitor_that_is_down_or_points_elsewhere_disturbs_nothing_and_is_told_again_later()
    {
        var (hospital, ping, outside) = await OpenAsync();
        await using var _ = hospital;
        await using var _1 = outside;
        await hospital.PassToAsync(hospital.Clock.Now);
        outside.Answers = context => { context.Response.Redirect("/elsewhere"); return Task.CompletedTask; };
        Assert.False(await ping.TellAsync(CancellationToken.None));
        Assert.Equal(0, outside.Elsewhere);
        outside.Answers = context => { context.Abort(); return Task.CompletedTask; };
        Assert.False(await ping.TellAsync(CancellationToken.None));
        outside.Answers = context => { context.Response.StatusCode = (int)HttpStatusCode.NoContent; return Task.CompletedTask; };
        Assert.True(await ping.TellAsync(CancellationToken.None));
    }

    [Theory]
    [InlineData("https://monitor.example.org/ping/abc", true)]
    [InlineData("http://localhost:9000/x", true)]
    [InlineData("http://127.0.0.1/x", true)]
    [InlineData("", true)]
    [InlineData("http://monitor.example.org/ping", false)]
    [InlineData("https://user:word@monitor.example.org/", false)]
    [InlineData("https://monitor.example.org/#part", false)]
    [InlineData("ftp://monitor.example.org/", false)]
    [InlineData("monitor.example.org", false)]
    public void Only_an_address_that_is_safe_to_call_is_taken(string url, bool taken) => Assert.Equal(taken, OutsideMonitor.TryRead(Setting(url), out _));
}
