using System.Text.Json.Nodes;
using EquityBot.Chat;

namespace EquityBot.Channels.Slack;

/// <summary>Neutral cards as Block Kit. What people wrote stands in plain texts alone, where no mark means anything. Limits: docs.slack.dev/reference/block-kit.</summary>
static class SlackBlocks
{
    /// <summary>Of a button's <c>action_id</c> that only opens a page, which Slack tells us of all the same.</summary>
    public const string Opens = "open:";

    const int LongestText = 3000;
    const int LongestHeader = 150;
    const int LongestField = 2000;
    const int MostFields = 10;
    const int LongestButton = 75;
    const int MostAtHand = 5;
    const int MostInOverflow = 5;
    const int MostInRow = 25;
    const int LongestAddress = 3000;

    /// <summary>Lists longer than that are lines of text: as a list each line takes twice the room, and a message has little.</summary>
    const int LongestList = 12;

    /// <summary>A card in a conversation: with its heading.</summary>
    /// <param name="called">The id of whom the card's title calls by name; null where it calls nobody.</param>
    public static IEnumerable<JsonObject> Of(Card card, string more, string? called = null) => [.. Heading(card, called), .. Body(card.Blocks, more)];

    /// <summary>What stands below the heading.</summary>
    public static IEnumerable<JsonObject> Body(IEnumerable<Block> blocks, string more) => blocks.SelectMany(block => Drawn(block, more));

    static IEnumerable<JsonObject> Heading(Card card, string? called)
    {
        if (called is not null && card.Calls is { } name && card.Title.IndexOf(name, StringComparison.Ordinal) is >= 0 and var at)
        {
            return [new()
            {
                ["type"] = "rich_text",
                ["elements"] = new JsonArray(Line([Piece(card.Title[..at], true), new JsonObject { ["type"] = "user", ["user_id"] = called }, Piece(card.Title[(at + name.Length)..], true)])),
            }];
        }

        return card.Title.Length <= LongestHeader ? [Header(card.Title)] : [Header(SlackText.Cut(card.Title, LongestHeader)), .. Texts(card.Title)];
    }

    static JsonObject Header(string text) => new() { ["type"] = "header", ["text"] = Plain(text, LongestHeader) };

    static IEnumerable<JsonObject> Drawn(Block block, string more) => block switch
    {
        Words { Strong: true } words => [Rich(Line([Piece(words.Text, true)]))],
        Words words => Texts(words.Text),
        Quiet quiet => Pieces(quiet.Text, LongestField).Select(piece => new JsonObject { ["type"] = "context", ["elements"] = new JsonArray(Plain(piece, LongestField)) }),
        Status status => [Rich(Line([Piece($"{PlainText.Shape(status.Mood)} {status.Word}", true)]))],
        Facts { Rows.Count: > 0 } facts => [Rich(Line(facts.Rows.SelectMany((fact, place) => new[] { Piece($"{(place == 0 ? "" : "\n")}{fact.Label}: ", true), Piece(fact.Value, false) })))],
        Quote quote => [Rich(new JsonObject { ["type"] = "rich_text_quote", ["elements"] = new JsonArray(Piece($"“{quote.Text}”", false)) }), .. Drawn(new Quiet(quote.By), more)],
        Bullets { Items.Count: > LongestList } bullets => Texts(string.Join('\n', bullets.Items.Select(item => $"• {item}"))),
        Bullets { Items.Count: > 0 } bullets => [Rich(Bulleted(bullets.Items))],
        Trend trend => [Rich(Line([Piece(trend.Title, true)])), .. Drawn(trend.Table, more)],
        Table { Columns.Count: 2 } table => Fields(table),
        Table table => [Rich(Line([Piece(string.Join(" · ", table.Columns), true)]), Bulleted(table.Rows.Select(row => string.Join(" · ", row))))],
        Banner banner => Texts($"{PlainText.Shape(banner.Mood)} {banner.Text}"),
        Divider => [new() { ["type"] = "divider" }],
        Link link when link.Address.AbsoluteUri.Length <= LongestAddress => [Actions([new() { ["type"] = "button", ["action_id"] = $"{Opens}{Guid.NewGuid():N}", ["text"] = Plain(link.Title, LongestButton), ["url"] = link.Address.AbsoluteUri }])],
        Section section => Part(section, more),
        Question question => [.. Texts(question.Text), .. Row(question.Answers, more)],
        ButtonRow row => Row(row.Buttons, more),
        _ => [],
    };

    /// <summary>A part whose only button looks at it carries that beside its title.</summary>
    static IEnumerable<JsonObject> Part(Section section, string more)
    {
        var only = section.Blocks.OfType<ButtonRow>().SelectMany(row => row.Buttons).ToList() is [{ Inputs.Count: 0 } button] ? button : null;
        var title = new JsonObject { ["type"] = "section", ["text"] = Plain(section.Title, LongestText) };
        if (only is not null)
        {
            title["accessory"] = Press(only);
        }

        return [new() { ["type"] = "divider" }, only is null ? Rich(Line([Piece(section.Title, true)])) : title, .. Body(section.Blocks.Where(block => only is null || block is not ButtonRow), more)];
    }

    /// <summary>Two columns of at most five rows a block.</summary>
    static IEnumerable<JsonObject> Fields(Table table) => table.Rows.Prepend(table.Columns).Chunk(MostFields / 2).Select(rows => new JsonObject
    {
        ["type"] = "section",
        ["fields"] = new JsonArray([.. rows.SelectMany(row => row).Select(cell => Plain(cell.Length == 0 ? " " : cell, LongestField))]),
    });

    static IEnumerable<JsonObject> Row(IReadOnlyList<Button> buttons, string more)
    {
        var waiting = buttons.Count - (MostAtHand - 1);
        var atHand = waiting is > 1 and <= MostInOverflow && buttons.Skip(MostAtHand - 1).All(button => button.Title.Length <= LongestButton) ? MostAtHand - 1 : buttons.Count;
        return buttons.Take(atHand).Select(Press).Concat(atHand == buttons.Count ? [] : [Overflow(buttons.Skip(atHand), more)]).Chunk(MostInRow).Select(row => Actions(row));
    }

    static JsonObject Actions(IReadOnlyList<JsonObject> elements) => new() { ["type"] = "actions", ["elements"] = new JsonArray([.. elements]) };

    static JsonObject Press(Button button)
    {
        var drawn = new JsonObject { ["type"] = "button", ["action_id"] = Name(button), ["value"] = Name(button), ["text"] = Plain(button.Title, LongestButton) };
        if (button.Primary)
        {
            drawn["style"] = "primary";
        }

        if (button.Ref is { } reference)
        {
            // Many parts have a button of the same name.
            drawn["accessibility_label"] = SlackText.Cut($"{button.Title} {reference}", LongestButton);
        }

        return drawn;
    }

    static JsonObject Overflow(IEnumerable<Button> buttons, string more)
    {
        var options = buttons.Select(button => new JsonObject { ["text"] = Plain(button.Title, LongestButton), ["value"] = Name(button) }).ToList();
        return new() { ["type"] = "overflow", ["action_id"] = $"more:{options[0]["value"]}", ["options"] = new JsonArray([.. options]) };
    }

    public static string Name(Button button) => button.Id.ToString("N");

    /// <summary>Nothing but words, as few blocks as there can be; what marks would mean in a text is nothing here.</summary>
    public static JsonArray Alone(string text) => new(new JsonObject { ["type"] = "section", ["text"] = Plain(text, LongestText) });

    static IEnumerable<JsonObject> Texts(string text) => Pieces(text, LongestText).Select(piece => new JsonObject { ["type"] = "section", ["text"] = Plain(piece, LongestText) });

    /// <summary>The whole of a long text, cut between lines or words where there are some.</summary>
    static IEnumerable<string> Pieces(string text, int most)
    {
        while (text.Length > most)
        {
            var end = text.LastIndexOf('\n', most - 1, most / 2) is > 0 and var line ? line : text.LastIndexOf(' ', most - 1, most / 2) is > 0 and var space ? space : SlackText.Cut(text, most).Length - 1;
            yield return text[..end];
            text = text[end..].TrimStart();
        }

        if (text.Length > 0)
        {
            yield return text;
        }
    }

    static JsonObject Rich(params JsonObject[] elements) => new() { ["type"] = "rich_text", ["elements"] = new JsonArray([.. elements]) };

    static JsonObject Line(IEnumerable<JsonObject> pieces) => new() { ["type"] = "rich_text_section", ["elements"] = new JsonArray([.. pieces.Where(piece => piece["text"] is not { } text || text.GetValue<string>().Length > 0)]) };

    static JsonObject Bulleted(IEnumerable<string> items) => new() { ["type"] = "rich_text_list", ["style"] = "bullet", ["elements"] = new JsonArray([.. items.Select(item => Line([Piece(item, false)]))]) };

    static JsonObject Piece(string text, bool strong)
    {
        var piece = new JsonObject { ["type"] = "text", ["text"] = text };
        if (strong)
        {
            piece["style"] = new JsonObject { ["bold"] = true };
        }

        return piece;
    }

    public static JsonObject Plain(string text, int most) => new() { ["type"] = "plain_text", ["text"] = SlackText.Cut(text.Length == 0 ? " " : text, most), ["emoji"] = false };
}
