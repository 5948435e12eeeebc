using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using EquityBot.Channels.Slack;
using EquityBot.Chat;
using EquityBot.Commitments;
using EquityBot.Doubles;
using EquityBot.Storage;
using EquityBot.Tests.Given;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace EquityBot.Tests.Slack;

/// <summary>Slack waits three seconds for an answer, however slow Slack itself is: what it hears then, and what becomes of the rest.</summary>
public sealed class SlackTurnTests
{
    const string Room = "C01ROOM";

    /// <summary>For a test that fails: what is held is held for ever. In milliseconds.</summary>
    const int Patience = 120_000;

    [Fact(Timeout = Patience)] // R14
    public async Task Two_slow_calls_of_one_mention_do_not_add_up_and_what_was_said_is_kept_once()
    {
        await using var world = await World.OpenAsync();
        var (who, name) = (world.Hold("users.info"), world.Hold("conversations.info"));
        var said = world.Slack.Mentions(world.Account, "mine", Room).ToJsonString();
        var first = world.PostAsync(said, World.Json);
        await who.Asked;
        world.Time.Pass(TimeSpan.FromSeconds(1.5));
        who.Answers();
        await name.Asked;
        Assert.False(first.IsCompleted);
        world.Time.Pass(SlackTurn.Time - TimeSpan.FromSeconds(1.5));
        Assert.Equal((503, ""), await first);

        // Slack sends it again while the first still goes on, until it is taken.
        name.Answers();
        while ((await world.PostAsync(said, World.Json)).Status == 503)
        {
        }

        await world.DeliverAsync();
        Assert.Single(world.Slack.In(Room));
        Assert.Single(world.Slack.In(SlackDouble.Conversation(world.Account)));
    }

    [Fact(Timeout = Patience)]
    public async Task Each_kind_of_request_hears_in_time_what_is_true_until_then()
    {
        await using var world = await World.OpenAsync();
        var (bot, who) = (world.Hold("auth.test", 6), world.Hold("users.info", 6));
        var press = world.Slack.Press(world.Account, new(Room, "1.1", "", [], null, null, null), JsonNode.Parse("""{"type":"button","action_id":"a","value":"none"}""")!);
        press["response_url"] = $"{world.Slack.Url}/hooks/press";
        var list = world.Slack.Interaction("block_suggestion", world.Account);
        var window = world.Slack.Interaction("view_submission", world.Account);
        window["view"] = JsonNode.Parse("""{"blocks":[{"type":"section","block_id":"s"},{"type":"input","block_id":"note"}]}""");
        var bare = world.Slack.Interaction("view_submission", world.Account);
        bare["view"] = new JsonObject();
        var requests = new[]
        {
            world.PostAsync(world.Slack.Says(world.Account, "help").ToJsonString(), World.Json), world.PostAsync(world.Command("help"), World.Form),
            world.InteractAsync(press), world.InteractAsync(list), world.InteractAsync(window), world.InteractAsync(bare),
        };
        await bot.Asked;
        world.Time.Pass(TimeSpan.FromSeconds(1));
        bot.Answers();
        await who.Asked;
        world.Time.Pass(SlackTurn.Time - TimeSpan.FromSeconds(1));
        var answers = await Task.WhenAll(requests);
        Assert.Equal([503, 200, 503, 200, 200, 200], answers.Select(one => one.Status));
        Assert.Equal("ephemeral", JsonNode.Parse(answers[1].Body)!["response_type"]!.ToString());
        Assert.Contains("The answer comes here", answers[1].Body, StringComparison.Ordinal);
        Assert.Equal("""{"options":[]}""", answers[3].Body);
        Assert.Contains("Press again in a moment", JsonNode.Parse(answers[4].Body)!["errors"]!["note"]!.ToString(), StringComparison.Ordinal);
        Assert.Equal("update", JsonNode.Parse(answers[5].Body)!["response_action"]!.ToString());

        // What was announced comes, and the press goes on.
        var (answer, word) = (world.Hold("none"), world.Hold("press"));
        who.Answers();
        await Task.WhenAll(answer.Asked, word.Asked);
        Assert.Contains("What you can say", world.Slack.Of("none").Single().Text, StringComparison.Ordinal);
        Assert.Contains("There is no such button", world.Slack.Of("press").Single().Text, StringComparison.Ordinal);
        answer.Answers();
        word.Answers();
    }

    [Fact(Timeout = Patience)]
    public async Task An_answer_that_was_announced_and_does_not_come_is_said_to_be_lost()
    {
        await using var world = await World.OpenAsync();
        var (bot, who, word) = (world.Hold("auth.test"), world.Hold("users.info"), world.Hold("none"));
        var command = world.PostAsync(world.Command("help"), World.Form);
        await bot.Asked;
        world.Time.Pass(TimeSpan.FromSeconds(1));
        bot.Answers();
        await who.Asked;
        world.Time.Pass(SlackTurn.Time - TimeSpan.FromSeconds(1));
        Assert.Equal(200, (await command).Status);
        world.Time.Pass(SlackApi.WhileAsked);
        await word.Asked;
        Assert.Contains("nothing was kept", world.Slack.Of("none").Single().Text, StringComparison.Ordinal);
        word.Answers();
        who.Answers();
    }

    [Fact(Timeout = Patience)]
    public async Task An_answer_whose_address_is_closed_comes_into_the_chat()
    {
        await using var world = await World.OpenAsync();
        world.Slack.Script = request => request.Method == "none" ? new(404, "expired_url") : null;
        var post = world.Hold("chat.postMessage");
        await world.LateAsync(world.Command("help"));
        await post.Asked;
        var said = world.Slack.Of("chat.postMessage").Single();
        Assert.Equal((world.Account, "EquityBot: one item needs you"), (said["channel"], said["text"]));
        Assert.Contains("What you can say", said["blocks"]!, StringComparison.Ordinal);
        post.Answers();
    }

    [Fact(Timeout = Patience)]
    public async Task Whether_it_was_kept_is_not_claimed_where_nobody_knows()
    {
        await using var world = await World.OpenAsync();
        await using (var db = world.Riverbend.Read())
        {
            await db.Database.ExecuteSqlRawAsync("ALTER TABLE \"ReceivedEvents\" RENAME TO \"Gone\"");
        }

        var word = world.Hold("none");
        await world.LateAsync(world.Command("help"));
        await word.Asked;
        Assert.Contains("I cannot say whether it was kept", world.Slack.Of("none").Single().Text, StringComparison.Ordinal);
        word.Answers();
    }

    [Fact(Timeout = Patience)]
    public async Task The_program_does_not_end_before_what_was_announced_has_come()
    {
        await using var world = await World.OpenAsync();
        var word = world.Hold("none");
        await world.LateAsync(world.Command("help"));
        await word.Asked;
        var stopped = world.Riverbend.Get<SlackTurns>().StopAsync(CancellationToken.None);
        Assert.False(stopped.IsCompleted);
        word.Answers();
        await stopped;

        // One that never ends holds nobody for ever.
        world.Riverbend.Get<SlackTurns>().Hold(new TaskCompletionSource().Task);
        using var enough = new CancellationTokenSource();
        var waits = world.Riverbend.Get<SlackTurns>().StopAsync(enough.Token);
        Assert.False(waits.IsCompleted);
        await enough.CancelAsync();
        await waits;
    }

    [Fact(Timeout = Patience)]
    public async Task A_window_whose_page_is_slow_to_follow_closes_all_the_same()
    {
        await using var world = await World.OpenAsync();
        var home = world.Hold("views.publish");
        var submitted = world.InteractAsync(await world.PushAsync());
        await home.Asked;
        world.Time.Pass(SlackTurn.Time);
        Assert.Equal((200, ""), await submitted);
        Assert.Equal(new(2026, 3, 20), await world.DueAsync());
        home.Answers();
    }

    [Fact(Timeout = Patience)]
    public async Task A_window_of_which_nobody_knows_yet_what_came_stays_and_can_be_sent_again()
    {
        await using var world = await World.OpenAsync();
        var push = await world.PushAsync();
        Task<(int Status, string Body)>? first = null;

        // Whoever writes holds the file.
        await world.Riverbend.Store.WriteAsync(world.Riverbend.Organization, Urgency.Inbound, async _ =>
        {
            first = world.InteractAsync(push);
            world.Time.Pass(SlackTurn.Time);
            Assert.Contains("Press again in a moment", (await first).Body, StringComparison.Ordinal);
        }, CancellationToken.None);
        (int Status, string Body) again;
        do
        {
            push["trigger_id"] = $"{Guid.NewGuid():N}";
            again = await world.InteractAsync(push);
        }
        while (again.Body.Contains("took too long", StringComparison.Ordinal));

        // Whichever came first did it, once; the other is shown what stands.
        Assert.True(again.Body.Length == 0 || again.Body.Contains("March 20", StringComparison.Ordinal), again.Body);
        Assert.Equal(new(2026, 3, 20), await world.DueAsync());
        push["trigger_id"] = "and again";
        Assert.Contains("March 20", (await world.InteractAsync(push)).Body, StringComparison.Ordinal);
    }

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

    sealed class World(SlackDouble slack, Riverbend riverbend, HandClock time, string account) : IAsyncDisposable
    {
        public const string Json = "application/json";
        public const string Form = "application/x-www-form-urlencoded";

        public SlackDouble Slack => slack;

        public Riverbend Riverbend => riverbend;

        public HandClock Time => time;

        public string Account => account;

        public static async Task<World> OpenAsync()
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
            (context.Request.Headers["X-Slack-Request-Timestamp"], context.Request.Headers["X-Slack-Signature"]) = (at, SlackDouble.Sign(bytes, at));
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
}
