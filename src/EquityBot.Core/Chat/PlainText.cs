using System.Text;

namespace EquityBot.Chat;

/// <summary>The complete text of a card: for e-mail, screen readers, channels without cards, and everybody whose client cannot draw one.</summary>
public static class PlainText
{
    /// <summary>Everything the card says, in reading order; never empty. Buttons appear as their titles, questions with their answers.</summary>
    public static string Of(Card card)
    {
        var text = new StringBuilder().Append(card.Title).Append('\n');
        Write(text, card.Blocks);
        return text.ToString().TrimEnd();
    }

    static void Write(StringBuilder text, IReadOnlyList<Block> blocks)
    {
        foreach (var block in blocks)
        {
            text.Append(Line(block)).Append('\n');
            if (block is Section section)
            {
                Write(text, section.Blocks);
            }
        }
    }

    static string Line(Block block) => block switch
    {
        Words words => words.Text,
        Quiet quiet => quiet.Text,
        Status status => $"{Shape(status.Mood)} {status.Word}",
        Facts facts => string.Join('\n', facts.Rows.Select(fact => $"{fact.Label}: {fact.Value}")),
        Quote quote => $"“{quote.Text}” — {quote.By}",
        Bullets bullets => string.Join('\n', bullets.Items.Select(item => $"• {item}")),
        Table table => string.Join('\n', table.Rows.Prepend(table.Columns).Select(row => string.Join(" · ", row))),
        Trend trend => $"{trend.Title}\n{Line(trend.Table)}",
        Banner banner => $"{Shape(banner.Mood)} {banner.Text}",
        Divider => "—",
        Link link => $"{link.Title}: {link.Address}",
        Section section => "\n" + section.Title,
        Question question => $"{question.Text} {Titles(question.Answers)}",
        ButtonRow row => Titles(row.Buttons),
        _ => throw new NotSupportedException($"No plain text for {block.GetType().Name}."),
    };

    static string Titles(IReadOnlyList<Button> buttons) => string.Join(' ', buttons.Select(button => $"[{button.Title}]"));

    /// <summary>The shape that stands beside the word, so that nothing rests on colour.</summary>
    public static string Shape(Mood mood) => mood switch
    {
        Mood.Kept => "✔",
        Mood.AtRisk => "▲",
        Mood.Missed => "◆",
        Mood.Waiting => "◷",
        _ => "●",
    };
}
