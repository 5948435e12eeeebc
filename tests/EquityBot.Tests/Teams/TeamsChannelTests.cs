using EquityBot.Channels.Teams;
using EquityBot.Chat;
using EquityBot.Doubles;
using EquityBot.People;
using EquityBot.Storage;
using EquityBot.Tests.Given;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace EquityBot.Tests.Teams;

/// <summary>What the Connector answers, and what the postman makes of it: again, elsewhere, not at all, or nobody knows.</summary>
public sealed class TeamsChannelTests
{
    [Theory] // C5, R19, R20
    [InlineData(200, "{}", typeof(SendOutcome.Sent))]
    [InlineData(202, "", typeof(SendOutcome.Sent))]
    [InlineData(400, "{\"error\":{\"code\":\"BadSyntax\"}}", typeof(SendOutcome.Permanent))]
    [InlineData(403, "{\"error\":{\"code\":\"BotNotInConversationRoster\"}}", typeof(SendOutcome.Permanent))]
    [InlineData(403, "{\"errorCode\":209,\"message\":\"{\\\"subCode\\\":\\\"MessageWritesBlocked\\\"}\"}", typeof(SendOutcome.Permanent))]
    [InlineData(404, "{\"error\":{\"code\":\"ConversationNotFound\"}}", typeof(SendOutcome.Permanent))]
    [InlineData(408, "", typeof(SendOutcome.Refused))]
    [InlineData(412, "", typeof(SendOutcome.Refused))]
    [InlineData(413, "", typeof(SendOutcome.Permanent))]
    [InlineData(500, "", typeof(SendOutcome.Unknown))]
    [InlineData(502, "<html>", typeof(SendOutcome.Unknown))]
    [InlineData(503, "", typeof(SendOutcome.Refused))]
    [InlineData(504, "", typeof(SendOutcome.Unknown))]
    [InlineData(0, "", typeof(SendOutcome.Unknown))]
    [InlineData(307, "", typeof(SendOutcome.Permanent))]
    public async Task Each_answer_has_its_meaning(int status, string body, Type outcome)
    {
        await using var chat = await Chatting.OpenAsync();
        chat.Teams.Script = request => IsSend(request) ? new(status, body, Location: status == 307 ? "http://evil.test/" : null) : null;
        Assert.IsType(outcome, await chat.SendAsync());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(504)]
    public async Task A_card_drawn_anew_is_never_in_doubt(int status)
    {
        await using var chat = await Chatting.OpenAsync();
        var place = Assert.IsType<SendOutcome.Sent>(await chat.SendAsync()).Place;
        chat.Teams.Script = request => request.Method == "PUT" ? new(status, "") : null;
        Assert.IsType<SendOutcome.Refused>(await chat.SendAsync(place));
        chat.Teams.Script = null;
        Assert.IsType<SendOutcome.Sent>(await chat.SendAsync(place));
        Assert.Single(chat.Teams.In(Chatting.Conversation));
    }

    [Theory] // C1, C3
    [InlineData("30", 30.0)]
    [InlineData("0", 0.0)]
    [InlineData(null, null)]
    [InlineData("-5", null)]
    [InlineData("soon", null)]
    [InlineData("999999999", null)]
    [InlineData("Wed, 21 Oct 2026 07:28:00 GMT", null)]
    public async Task Too_many_is_no_try_and_its_pause_is_honoured_where_it_makes_sense(string? after, double? seconds)
    {
        await using var chat = await Chatting.OpenAsync();
        chat.Teams.Script = request => IsSend(request) ? new(429, "{}", after) : null;
        var throttled = Assert.IsType<SendOutcome.Throttled>(await chat.SendAsync());
        Assert.Equal(seconds, throttled.After?.TotalSeconds);
    }

    [Fact]
    public async Task A_refused_token_is_fetched_anew_once()
    {
        await using var chat = await Chatting.OpenAsync();
        var refusals = 1;
        chat.Teams.Script = request => IsSend(request) && Interlocked.Decrement(ref refusals) >= 0 ? new(401) : null;
        Assert.IsType<SendOutcome.Sent>(await chat.SendAsync());
        Assert.Equal(2, chat.Teams.Requests.Count(one => one.Path == "/token"));
        refusals = 2;
        Assert.IsType<SendOutcome.Refused>(await chat.SendAsync());
        Assert.Equal(3, chat.Teams.Requests.Count(one => one.Path == "/token"));
    }

    [Fact]
    public async Task One_token_serves_many_messages_and_many_at_once()
    {
        await using var chat = await Chatting.OpenAsync();
        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => chat.SendAsync()));
        Assert.Equal(1, chat.Teams.Requests.Count(one => one.Path == "/token"));
        Assert.Equal(10, chat.Teams.In(Chatting.Conversation).Count);
    }

    [Fact]
    public async Task Without_a_token_nothing_leaves_and_it_is_tried_again()
    {
        await using var chat = await Chatting.OpenAsync(("Teams:ClientSecret", "another"));
        Assert.IsType<SendOutcome.Refused>(await chat.SendAsync());
        Assert.Empty(chat.Teams.Calls);
    }

    [Fact]
    public async Task What_cannot_be_reached_was_certainly_not_sent() // R20
    {
        await using var chat = await Chatting.OpenAsync();
        var refused = await chat.SendAsync(route: new TeamsRoute("http://127.0.0.1:1/teams", Chatting.Conversation, null));
        Assert.IsType<SendOutcome.Refused>(refused);
    }

    [Fact] // R20
    public async Task While_the_directory_says_nothing_nothing_has_left_and_nobody_waits_longer_than_a_delivery_may()
    {
        using var open = new ManualResetEventSlim();
        await using var chat = await Chatting.OpenAsync(new Hasty());
        chat.Teams.Script = request =>
        {
            if (request.Path == "/token")
            {
                open.Wait(TimeSpan.FromSeconds(30));
            }

            return null;
        };
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => chat.SendAsync()));
        open.Set();
        Assert.All(outcomes, outcome => Assert.IsType<SendOutcome.Refused>(outcome));
        Assert.Empty(chat.Teams.Calls);
    }

    /// <summary>Whatever is waited for takes too long.</summary>
    sealed class Hasty : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => System.CreateTimer(callback, state, dueTime > TimeSpan.Zero ? TimeSpan.Zero : dueTime, period);
    }

    [Fact]
    public async Task Somebody_who_has_not_written_is_found_by_the_directory_and_the_way_is_kept()
    {
        await using var chat = await Chatting.OpenAsync();
        await chat.ForgetAsync();
        var sent = Assert.IsType<SendOutcome.Sent>(await chat.SendAsync(isRouteKnown: false));
        Assert.NotNull(sent.Place);
        var opened = Assert.Single(chat.Teams.Calls, call => call.Path == "/teams/v3/conversations");
        Assert.Equal(Chatting.Account, opened.Json!["members"]![0]!["id"]!.ToString());
        Assert.Equal($"a:{Chatting.Account}", TeamsRoute.Read(await chat.RouteAsync())!.Conversation);
    }

    [Fact]
    public async Task A_conversation_that_is_gone_is_forgotten() // C5
    {
        await using var chat = await Chatting.OpenAsync();
        chat.Teams.Script = request => IsSend(request) ? new(404, "{\"error\":{\"code\":\"ConversationNotFound\"}}") : null;
        Assert.IsType<SendOutcome.Permanent>(await chat.SendAsync());
        Assert.Null(await chat.RouteAsync());
    }

    [Fact]
    public async Task A_message_carries_no_more_than_its_card_and_a_preview_that_tells_nothing()
    {
        await using var chat = await Chatting.OpenAsync();
        await chat.SendAsync();
        var activity = Assert.Single(chat.Teams.In(Chatting.Conversation)).Activity;
        Assert.Equal(["type", "summary", "attachments"], activity.AsObject().Select(one => one.Key));
        Assert.Equal("One item needs you", activity["summary"]!.ToString());
        Assert.Equal("Bearer the bot's token", chat.Teams.Calls[^1].Authorization);
    }

    static bool IsSend(TeamsRequest request) => request.Method == "POST" && request.Path.EndsWith("/activities", StringComparison.Ordinal);

    /// <summary>The channel with its own clients, and one person of the sample who has an account.</summary>
    sealed class Chatting : IAsyncDisposable
    {
        public const string Conversation = "a:chat-of-dana.reyes";
        public static readonly string Account = TeamsDouble.DirectoryId("dana.reyes");

        readonly Riverbend hospital;
        readonly Clients clients;
        readonly TeamsChannel channel;

        Chatting(TeamsDouble teams, Riverbend hospital, TeamsSettings settings, TimeProvider time)
        {
            (Teams, this.hospital) = (teams, hospital);
            clients = new(settings);
            var tokens = new ConnectorTokens(settings, clients.Get<LoginClients>(), new MachineClock(time));
            var connector = new Connector(settings, clients.Factory, tokens, NullLogger<Connector>.Instance);
            channel = new(settings, connector, new TeamsChats(settings, connector, hospital.Store), hospital.Store, new Languages());
        }

        public TeamsDouble Teams { get; }

        public static Task<Chatting> OpenAsync(params (string Key, string? Value)[] more) => OpenAsync(TimeProvider.System, more);

        public static async Task<Chatting> OpenAsync(TimeProvider time, params (string Key, string? Value)[] more)
        {
            var (teams, hospital) = (await TeamsDouble.StartAsync(), await Riverbend.OpenAsync());
            var chat = new Chatting(teams, hospital, TeamsGiven.Settings(teams, more), time);
            await using var db = hospital.Read();
            var person = db.Set<Person>().Single(one => one.Handle == "dana.reyes");
            await hospital.Store.WriteAsync(hospital.Organization, Urgency.Inbound, writing =>
            {
                writing.Add(new ChatAddress { OrganizationId = hospital.Organization, PersonId = person.Id, Channel = "teams", Address = Account, Route = chat.Known.Write(), Rank = 10 });
                return Task.CompletedTask;
            }, CancellationToken.None);
            return chat;
        }

        TeamsRoute Known => new(Teams.ServiceUrl, Conversation, "29:dana.reyes");

        public Task<SendOutcome> SendAsync(string? place = null, TeamsRoute? route = null, bool isRouteKnown = true)
        {
            var message = new RenderedMessage(hospital.Organization, Guid.NewGuid(), Account, new Card("Title", new Words("Words")), "Title. Words", "One item needs you")
            {
                Route = isRouteKnown ? (route ?? Known).Write() : null, Place = place,
            };
            return channel.SendAsync(message, CancellationToken.None);
        }

        public Task ForgetAsync() => hospital.Store.WriteAsync(hospital.Organization, Urgency.Inbound, db => db.Set<ChatAddress>().Where(one => one.Channel == "teams").ExecuteUpdateAsync(set => set.SetProperty(one => one.Route, (string?)null)), CancellationToken.None);

        public async Task<string?> RouteAsync()
        {
            await using var db = hospital.Read();
            return db.Set<ChatAddress>().Single(one => one.Channel == "teams").Route;
        }

        public async ValueTask DisposeAsync()
        {
            clients.Dispose();
            await hospital.DisposeAsync();
            await Teams.DisposeAsync();
        }
    }
}
