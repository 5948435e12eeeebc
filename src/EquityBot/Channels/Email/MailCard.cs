using EquityBot.Access;
using EquityBot.Chat;

namespace EquityBot.Channels.Email;

/// <summary>A neutral card as the HTML that mail programs draw, Outlook among them: tables and inline styles, nothing remote, and what people typed as they typed it.</summary>
static class MailCard
{
    /// <summary>For the programs that follow the reader's setting; the others keep the light colours.</summary>
    public static readonly Html Dark = Html.Of($$"""
        @media (prefers-color-scheme: dark) {
        .page { background: #14171a !important; } .card { background: #1b1f23 !important; border-color: #363d43 !important; }
        .ink { color: #e9ecee !important; } .muted { color: #a8b0b7 !important; } .quote { border-color: #7d868e !important; } .line { border-color: #363d43 !important; }
        .action { background: #6fc3d2 !important; } .on-action { color: #0c1e22 !important; } .link { color: #6fc3d2 !important; }
        .kept { color: #7bd19b !important; } .at-risk { color: #e9b44c !important; } .missed { color: #f1948a !important; } .waiting { color: #b3b3f0 !important; }
        }
        """);

    public static Html Of(Card card) => Html.Of($"""<h1 style="margin:0 0 12px;font-size:20px;line-height:1.3;font-weight:bold;">{Inert(card.Title)}</h1>{Blocks(card.Blocks)}""");

    /// <summary>Mail programs turn what looks like an address into a link; a joiner that nobody sees keeps it text.</summary>
    public static string Inert(string text) => text.Replace("://", ":\u2060//", StringComparison.Ordinal).Replace("www.", "www\u2060.", StringComparison.OrdinalIgnoreCase);

    static Html Blocks(IEnumerable<Block> blocks) => Html.Join(blocks.Select(Of));

    static Html Of(Block block) => block switch
    {
        Words { Strong: true } words => Html.Of($"""<p style="margin:0 0 12px;font-weight:bold;">{Inert(words.Text)}</p>"""),
        Words words => Html.Of($"""<p style="margin:0 0 12px;">{Inert(words.Text)}</p>"""),
        Quiet quiet => Html.Of($"""<p class="muted" style="margin:0 0 12px;font-size:14px;color:#586069;">{Inert(quiet.Text)}</p>"""),
        Status status => Marked(status.Mood, status.Word),
        Banner banner => Marked(banner.Mood, banner.Text),
        Facts facts => Rows(facts.Rows.Select(fact => Html.Of($"""<tr><td class="muted" valign="top" style="padding:2px 12px 2px 0;color:#586069;">{Inert(fact.Label)}</td><td valign="top" style="padding:2px 0;">{Inert(fact.Value)}</td></tr>"""))),
        Quote quote => Html.Of($"""<p class="quote" style="margin:0 0 12px;padding:4px 0 4px 12px;border-left:3px solid #7d868e;">“{Inert(quote.Text)}”<br><span class="muted" style="font-size:14px;color:#586069;">{Inert(quote.By)}</span></p>"""),
        Bullets bullets => Html.Of($"""<ul style="margin:0 0 12px;padding:0 0 0 20px;">{Html.Join(bullets.Items.Select(item => Html.Of($"<li>{Inert(item)}</li>")))}</ul>"""),
        Trend trend => Blocks([new Words(trend.Title, Strong: true), trend.Table]),
        Table table => Rows(table.Rows.Select(row => Row(row, "td")).Prepend(Row(table.Columns, "th"))),
        Link link => Html.Of($"""<p><a href="{link.Address.AbsoluteUri}" style="color:#0b5563;font-weight:600;">{link.Title}</a></p>"""),
        Divider => Html.Of($"""<hr class="line" style="border:0;border-top:1px solid #d5dade;margin:16px 0;">"""),
        Section section => Html.Of($"""<div class="line" style="border-top:1px solid #d5dade;margin-top:16px;padding-top:16px;"><h2 style="margin:0 0 12px;font-size:17px;line-height:1.3;font-weight:bold;">{Inert(section.Title)}</h2>{Blocks(section.Blocks)}</div>"""),
        Question question => Html.Of($"""<p style="margin:0 0 12px;">{Inert(question.Text)}</p>"""),
        ButtonRow => Html.Nothing,
        _ => throw new NotSupportedException($"No mail element for {block.GetType().Name}."),
    };

    /// <summary>Shape and word; the colour only for those who see it.</summary>
    static Html Marked(Mood mood, string text) =>
        Html.Of($"""<p class="{Tone(mood)}" style="margin:0 0 12px;font-weight:bold;color:{Colour(mood)};">{PlainText.Shape(mood)} {Inert(text)}</p>""");

    public static string Tone(Mood mood) => mood switch
    {
        Mood.Kept => "kept",
        Mood.AtRisk => "at-risk",
        Mood.Missed => "missed",
        Mood.Waiting => "waiting",
        _ => "ink",
    };

    static string Colour(Mood mood) => mood switch
    {
        Mood.Kept => "#1b6e3c",
        Mood.AtRisk => "#8a5a00",
        Mood.Missed => "#a4262c",
        Mood.Waiting => "#4a4a8a",
        _ => "#1b1f23",
    };

    static Html Rows(IEnumerable<Html> rows) => Html.Of($"""<table cellpadding="0" cellspacing="0" border="0" style="margin:0 0 12px;font-size:16px;">{Html.Join(rows)}</table>""");

    static Html Row(IReadOnlyList<string> cells, string tag) => Html.Of($"<tr>{Html.Join(cells.Select(cell => tag == "th"
        ? Html.Of($"""<th align="left" style="padding:2px 12px 2px 0;">{Inert(cell)}</th>""")
        : Html.Of($"""<td valign="top" style="padding:2px 12px 2px 0;">{Inert(cell)}</td>""")))}</tr>");
}
