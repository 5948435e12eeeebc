using System.Text.Json.Nodes;
using EquityBot.Chat;
using EquityBot.People;
using Microsoft.EntityFrameworkCore;

namespace EquityBot.Scenarios.Teams;

/// <summary>A channel and a group chat, and what is seen there.</summary>
static class TeamsRoom
{
    public const string Promise = "we'll offer an interpreter at every discharge by 2026-03-06";
    public const string Team = "Equity";
    public const string Channel = "19:Equity@thread.tacv2";
    public const string Topic = $"{Channel};messageid=1700000000001";
    public const string Huddle = "19:huddle@thread.v2";

    public static async Task<TeamsCard> PromisedAsync(InTeams world, string account, string conversation, string? team)
    {
        await world.SendAsync(world.Teams.Asks(account, Promise, conversation, team));
        await world.As(account).PressesAsync(world.As(account).Saw("Confirm", "interpreter"), "Confirm");
        return All(world).Last(card => card.Post.Conversation.StartsWith(conversation, StringComparison.Ordinal));
    }

    /// <summary>As a client does that draws the card for somebody.</summary>
    public static async Task<JsonNode> RefreshedAsync(InTeams world, string account, TeamsCard card)
    {
        var invoke = world.Teams.InRoom("invoke", account, card.Post.Conversation, card.Post.Conversation.Contains("tacv2", StringComparison.Ordinal) ? Team : null);
        invoke["name"] = "adaptiveCard/action";
        invoke["value"] = new JsonObject { ["action"] = card.Card["refresh"]!["action"]!.DeepClone(), ["trigger"] = "automatic" };
        var answer = await world.SendAsync(invoke);
        Assert.Equal(200, answer.Status);
        return JsonNode.Parse(answer.Body)!;
    }

    public static List<TeamsCard> In(InTeams world, string conversation) => [.. world.Teams.In(conversation).Select(post => new TeamsCard(post))];

    public static List<TeamsCard> All(InTeams world) => [.. world.Teams.Posts.OrderBy(post => int.Parse(post.Id, System.Globalization.CultureInfo.InvariantCulture)).Select(post => new TeamsCard(post))];

    public static async Task<int> MessagesAsync(InTeams world)
    {
        await using var everywhere = world.Hospital.Store.AcrossOrganizations();
        return await everywhere.Rows<Message>().CountAsync();
    }

    public static async Task<List<T>> RoomsAsync<T>(InTeams world, System.Linq.Expressions.Expression<Func<Room, T>> what)
    {
        await using var everywhere = world.Hospital.Store.AcrossOrganizations();
        return await everywhere.Rows<Room>().Where(one => one.Channel == "teams").Select(what).ToListAsync();
    }
}
