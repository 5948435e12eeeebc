using System.Security.Cryptography;
using System.Text;
using EquityBot.Channels.Slack;
using EquityBot.Channels.Teams;
using EquityBot.Chat;
using EquityBot.Doubles;
using EquityBot.Scenarios.Slack;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;

namespace EquityBot.Scenarios;

/// <summary>Looks at every card that a story brought about as Teams and Slack would get it; <c>scripts/cards</c> has one of each shape kept, for pictures.</summary>
static class CardAlbum
{
    static readonly string? Folder = Environment.GetEnvironmentVariable("EQUITYBOT_CARDS");

    static readonly Phrases Words = new Languages()["en"];

    public static async Task LookAsync(EquityStore store)
    {
        await using var everywhere = store.AcrossOrganizations();
        foreach (var message in await everywhere.Rows<Message>().AsNoTracking().ToListAsync())
        {
            var card = Card.FromJson(message.Card);
            var drawn = TeamsCards.Render(card, "Send", CardClient.Teams);
            var wrong = CardLint.Look(drawn);
            Assert.True(wrong.Count == 0, $"{string.Join("; ", wrong)} in:\n{PlainText.Of(card)}");
            await InSlackAsync(card);
            if (Folder is not null)
            {
                await KeepAsync(Folder, $"{message.Kind}", card);
            }
        }
    }

    /// <summary>As a message, in a window, and the form of every button that has one.</summary>
    static async Task InSlackAsync(Card card)
    {
        await BlockTypes.MessageAsync(card.Title, SlackThrift.Message(card, "More"));
        await BlockTypes.ViewAsync(SlackViews.Of(card, "EquityBot", SlackOrigin.Message, Words));
        await BlockTypes.ViewAsync(new() { ["type"] = "home", ["blocks"] = SlackThrift.View(card, "More") });
        foreach (var button in card.Buttons.Where(button => button.Inputs.Count > 0))
        {
            await BlockTypes.ViewAsync(SlackViews.Form(button, SlackOrigin.Message, Words));
        }
    }

    /// <summary>Of one shape are cards of one kind with the same buttons and the same blocks.</summary>
    static async Task KeepAsync(string folder, string kind, Card card)
    {
        var shape = $"{kind} {string.Join(' ', card.Blocks.Select(block => block.GetType().Name).Distinct())} {string.Join('|', card.Buttons.Select(button => button.Title).Distinct().Order())}";
        var file = Path.Combine(folder, $"{kind}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(shape)))[..12]}.json");
        if (!File.Exists(file))
        {
            await File.WriteAllTextAsync(file, TeamsCards.Render(card, "Send").ToJsonString());
        }
    }
}
