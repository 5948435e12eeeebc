using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using EquityBot.Channels.Slack;
using EquityBot.Chat;
using EquityBot.Commitments;
using EquityBot.Doubles;
using EquityBot.Tests.Given;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace EquityBot.Tests.Slack;

/// <summary>Calls of Slack's that are answered when the test says so.</summary>
sealed class Held(int times)
{
    readonly TaskCompletionSource asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly TaskCompletionSource answered = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Asked => asked.Task;

    public void Answers() => answered.TrySetResult();

    public Task Take()
    {
        if (Interlocked.Decrement(ref times) == 0)
        {
            asked.TrySetResult();
        }

        return answered.Task;
    }
}

/// <summary>A hospital whose Slack answers when the test says so, and a clock that goes when it does.</summary>
sealed class SlowSlack(SlackDouble slack, Riverbend riverbend, HandClock time, string account) : IAsyncDisposable
{
    public const string Json = "application/json";
    public const string Form = "application/x-www-form-urlencoded";

    public SlackDouble Slack => slack;

    public Riverbend Riverbend => riverbend;

    public HandClock Time => time;

    public string Account => account;

    public static async Task<SlowSlack> OpenAsync()
    {
        var (slack, time) = (await SlackDouble.StartAsync(), new HandClock(Wiring.Start.ToDateTimeOffset()));
        var riverbend = await Riverbend.OpenAsync(more: services => services.AddSlack(slack).AddSingleton(new MachineClock(time)));
        return new(slack, riverbend, time, slack.Employ("dana.reyes", "dana.reyes@riverbend.example"));
    }

    public Held Hold(string method, int times = 1)
    {
        var (held, before) = (new Held(times), slack.Holds);
        slack.Holds = request => request.Method == method ? held.Take() : before?.Invoke(request);
        return held;
    }

    public string Command(string text) => Body(new Dictionary<string, string>
    {
        ["team_id"] = slack.Team, ["user_id"] = account, ["command"] = "/equity", ["text"] = text, ["api_app_id"] = SlackDouble.AppId, ["response_url"] = $"{slack.Url}/hooks/none", ["trigger_id"] = $"{Guid.NewGuid():N}",
    });

    static string Body(Dictionary<string, string> fields) => string.Join('&', fields.Select(one => $"{one.Key}={Uri.EscapeDataString(one.Value)}"));

    public Task<(int Status, string Body)> InteractAsync(JsonObject payload) => PostAsync(Body(new() { ["payload"] = payload.ToJsonString() }), Form);

    /// <summary>As Slack sends it, by the very clock that the product has.</summary>
    public async Task<(int Status, string Body)> PostAsync(string text, string type)
    {
        var (bytes, at) = (Encoding.UTF8.GetBytes(text), time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        await using var services = new ServiceCollection().AddLogging().BuildServiceProvider();
        var context = new DefaultHttpContext { RequestServices = services };
        (context.Request.Method, context.Request.ContentType, context.Request.Body, context.Response.Body) = ("POST", type, new MemoryStream(bytes), new MemoryStream());
        (context.Request.Headers["X-Slack-Request-Timestamp"], context.Request.Headers["X-Slack-Signature"]) = (at, SlackPayloads.Sign(bytes, at));
        await (await riverbend.Get<SlackEndpoint>().TakeAsync(context)).ExecuteAsync(context);
        return (context.Response.StatusCode, Encoding.UTF8.GetString(((MemoryStream)context.Response.Body).ToArray()));
    }

    /// <summary>Sends a command that is answered only after Slack has heard that it takes longer.</summary>
    public async Task LateAsync(string command)
    {
        var (bot, who) = (Hold("auth.test"), Hold("users.info"));
        var sent = PostAsync(command, Form);
        await bot.Asked;
        time.Pass(TimeSpan.FromSeconds(1));
        bot.Answers();
        await who.Asked;
        time.Pass(SlackTurn.Time - TimeSpan.FromSeconds(1));
        Assert.Contains("The answer comes here", (await sent).Body, StringComparison.Ordinal);
        who.Answers();
    }

    /// <summary>The window in which a promise is pushed, opened from the home page and filled in.</summary>
    public async Task<JsonObject> PushAsync()
    {
        Assert.Equal(200, (await PostAsync(slack.Says(account, "help").ToJsonString(), Json)).Status);
        var promise = await riverbend.PromisesAsync("dana.reyes", "we'll offer an interpreter at every discharge by 2026-03-06");
        Assert.Equal(200, (await PostAsync(slack.Says(account, $"show {promise}").ToJsonString(), Json)).Status);
        await DeliverAsync();
        await using var db = riverbend.Read();
        var shown = await db.Set<Message>().Where(one => one.Ref == promise && one.Channel == "slack").OrderBy(one => one.Seq).LastAsync();
        slack.Open("V1", SlackViews.Form(Riverbend.ButtonOf(shown, "Push"), SlackOrigin.Home, riverbend.Get<Languages>()["en"]));
        string Block(string field) => SlackDouble.Block(slack.Views["V1"], field)["block_id"]!.ToString();
        return slack.Submit(account, "V1", new JsonObject
        {
            [Block("due")] = new JsonObject { ["value"] = new JsonObject { ["type"] = "datepicker", ["selected_date"] = "2026-03-20" } },
            [Block("reason")] = new JsonObject { ["value"] = new JsonObject { ["type"] = "plain_text_input", ["value"] = "the vendor is late" } },
            [Block("need")] = new JsonObject { ["value"] = new JsonObject { ["type"] = "plain_text_input", ["value"] = "nothing" } },
        });
    }

    public async Task<LocalDate?> DueAsync()
    {
        await using var db = riverbend.Read();
        return (await db.Set<Commitment>().AsNoTracking().SingleAsync(one => one.Statement.Contains("interpreter at every discharge"))).Due;
    }

    public async Task DeliverAsync()
    {
        while (await riverbend.Get<Postman>().RunAsync(CancellationToken.None) > 0)
        {
        }
    }

    public async ValueTask DisposeAsync()
    {
        await riverbend.DisposeAsync();
        await slack.DisposeAsync();
    }
}
