using EquityBot.Channels.Slack;
using EquityBot.Doubles;
using EquityBot.People;
using EquityBot.Tests.Given;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace EquityBot.Tests.Slack;

/// <summary>Accounts of people who have not written yet, found by the addresses that the roster gives them.</summary>
public sealed class SlackDirectoryTests
{
    [Fact]
    public async Task Whoever_has_an_account_with_their_address_is_known_before_they_write_and_whoever_has_none_is_asked_for_once()
    {
        await using var world = await World.OpenAsync();
        var (dana, guest) = (await world.EmployAsync("dana.reyes"), await world.EmployAsync("anil.deshmukh", user => user["is_restricted"] = true));
        Assert.False(await world.LookAllAsync());
        Assert.Equal([dana], await world.KnownAsync());
        Assert.NotEqual(dana, guest);
        var asked = world.Slack.Of("users.lookupByEmail").Count;
        Assert.Equal(await world.PeopleWithAddressAsync(), asked);

        await world.Directory.LookAsync(CancellationToken.None);
        Assert.Equal(asked, world.Slack.Of("users.lookupByEmail").Count);
    }

    [Fact]
    public async Task A_large_roster_is_asked_for_at_the_pace_that_Slack_allows()
    {
        await using var world = await World.OpenAsync();
        var people = await world.PeopleWithAddressAsync();
        Assert.True(await world.Directory.LookAsync(CancellationToken.None));
        Assert.Equal(20, world.Slack.Of("users.lookupByEmail").Count);
        Assert.False(await world.LookAllAsync());
        Assert.Equal(people, world.Slack.Of("users.lookupByEmail").Count);
    }

    [Theory]
    [InlineData(429, true)]
    [InlineData(503, false)]
    [InlineData(200, false)]
    public async Task Where_Slack_does_not_answer_it_is_asked_later_and_nobody_counts_as_unknown(int status, bool soon)
    {
        await using var world = await World.OpenAsync();
        var dana = await world.EmployAsync("dana.reyes");
        world.Slack.Script = request => request.Method == "users.lookupByEmail" ? new(status, """{"ok":false,"error":"missing_scope"}""") : null;
        Assert.Equal(soon, await world.Directory.LookAsync(CancellationToken.None));
        Assert.Single(world.Slack.Of("users.lookupByEmail"));
        Assert.Empty(await world.KnownAsync());

        world.Slack.Script = null;
        await world.LookAllAsync();
        Assert.Equal([dana], await world.KnownAsync());
    }

    sealed class World(SlackDouble slack, Riverbend hospital) : IAsyncDisposable
    {
        public SlackDouble Slack => slack;

        public SlackDirectory Directory => hospital.Get<SlackDirectory>();

        public static async Task<World> OpenAsync()
        {
            var slack = await SlackDouble.StartAsync();
            return new(slack, await Riverbend.OpenAsync(more: services => services.AddSlack(slack)));
        }

        public async Task<string> EmployAsync(string handle, Action<System.Text.Json.Nodes.JsonObject>? change = null)
        {
            await using var db = hospital.Read();
            return slack.Employ(handle, await db.Set<Person>().Where(one => one.Handle == handle).Select(one => one.Email).SingleAsync(), change);
        }

        /// <summary>Minute by minute until nobody is left to be asked for; whether somebody is, after as many times as suffice.</summary>
        public async Task<bool> LookAllAsync()
        {
            var left = true;
            for (var time = 0; left && time < 5; time++)
            {
                left = await Directory.LookAsync(CancellationToken.None);
                hospital.Clock.Now += Duration.FromMinutes(1);
            }

            return left;
        }

        public async Task<List<string>> KnownAsync()
        {
            await using var db = hospital.Read();
            return await db.Set<ChatAddress>().Where(one => one.Channel == "slack").Select(one => one.Address).ToListAsync();
        }

        public async Task<int> PeopleWithAddressAsync()
        {
            await using var db = hospital.Read();
            return await db.Set<Person>().CountAsync(one => one.Email != "");
        }

        public async ValueTask DisposeAsync()
        {
            await hospital.DisposeAsync();
            await slack.DisposeAsync();
        }
    }
}
