using System.Text.Json.Nodes;
using EquityBot.Chat;

namespace EquityBot.Channels.Slack;

/// <summary>Where a window came from, so that what lies under it can follow.</summary>
public enum SlackOrigin
{
    Message,
    Home,

    /// <summary>The list of what waits for a word, in a window of its own.</summary>
    CheckIn,
}

/// <summary>Windows of Slack. What they are about travels with them as an id of ours, and is looked up again when they come back.</summary>
public static class SlackViews
{
    public const string Callback = "equitybot";

    const int LongestTitle = 24;
    const int MostBeside = SlackThrift.MostInView - 40;

    /// <summary>The form of one button.</summary>
    public static JsonObject Form(Button button, SlackOrigin origin, Phrases words)
    {
        var view = Window(button.Title, words, Meta(button.Id, origin));
        view["submit"] = SlackBlocks.Plain(words["button.send"], LongestTitle);
        view["blocks"] = new JsonArray([.. SlackForms.Fields(button, words)]);
        return view;
    }

    /// <summary>A card. Where its first button asks for something before all else, as a draft asks for its day, the window is that button's form, below the words.</summary>
    public static JsonObject Of(Card card, string title, SlackOrigin origin, Phrases words)
    {
        var form = card.Buttons.FirstOrDefault() is { Primary: true, Inputs.Count: > 0 } first ? first : null;
        var view = Window(title, words, Meta(form?.Id, origin));
        if (form is null)
        {
            view["blocks"] = SlackThrift.View(card, words["slack.more"]);
            return view;
        }

        var beside = SlackThrift.View(Without(card, form), words["slack.more"], MostBeside);
        foreach (var field in SlackForms.Fields(form, words))
        {
            beside.Add(field);
        }

        (view["submit"], view["blocks"]) = (SlackBlocks.Plain(form.Title, LongestTitle), beside);
        return view;
    }

    static Card Without(Card card, Button gone) => card with
    {
        Blocks = [.. card.Blocks.Select(block => block is ButtonRow row ? ButtonRow.Of(row.Buttons.Where(button => button != gone)) : block).OfType<Block>()],
    };

    static JsonObject Window(string title, Phrases words, string meta) => new()
    {
        ["type"] = "modal",
        ["callback_id"] = Callback,
        ["private_metadata"] = meta,
        ["title"] = SlackBlocks.Plain(title, LongestTitle),
        ["close"] = SlackBlocks.Plain(words["slack.close"], LongestTitle),
    };

    static string Meta(Guid? button, SlackOrigin origin) => $"{button?.ToString("N")}|{origin}";

    /// <summary>What <see cref="Meta"/> wrote; nothing where it is not ours.</summary>
    public static (Guid? Button, SlackOrigin Origin) Read(string? meta) => meta?.Split('|') is [var button, var origin]
        ? (Guid.TryParseExact(button, "N", out var id) ? id : null, Enum.TryParse<SlackOrigin>(origin, out var known) ? known : SlackOrigin.Message)
        : (null, SlackOrigin.Message);
}
