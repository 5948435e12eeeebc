using EquityBot.Access;
using EquityBot.Chat;

namespace EquityBot.Channels.Email;

/// <summary>One mail: subject and preview say nothing, the text and the HTML part say the same.</summary>
sealed record Letter(string Subject, string Text, string Html)
{
    /// <summary>Mail programs show the beginning of a mail on the lock screen: the generic line, then nothing that can be seen.</summary>
    static readonly string Padding = string.Concat(Enumerable.Repeat("\u200c\u00a0", 80));

    /// <param name="until">The day on which the link ends, in words.</param>
    public static Letter Of(Card card, string preview, Uri link, string until, string organization, Phrases words)
    {
        // Other previews count the parts of a bundle; here not even a number.
        var subject = words.Count("mail.subject", preview == words.Count("preview", 1) ? 1 : 2);
        var titles = string.Join(" · ", card.Buttons.Select(button => button.Title).Distinct());
        var can = titles.Length > 0 ? words["mail.can", ("titles", titles)] : null;
        var (ask, apart, sender) = (words["mail.link", ("day", until)], words["mail.private"], words["mail.sender", ("organization", organization)]);
        return new(
            subject,
            string.Join("\r\n\r\n", subject, MailCard.Inert(PlainText.Of(card)).ReplaceLineEndings("\r\n"), ask, link, apart, sender) + "\r\n",
            Access.Html.Of($"""
                <!doctype html>
                <html lang="{words.Language}">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta name="color-scheme" content="light dark">
                <meta name="supported-color-schemes" content="light dark">
                <title>{subject}</title>
                <style>{MailCard.Dark}</style>
                </head>
                <body class="page" style="margin:0;padding:0;background:#f3f5f6;">
                <div role="main">
                <div style="display:none;max-height:0;overflow:hidden;opacity:0;">{subject}{Padding}</div>
                <table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tr><td align="center" style="padding:16px 8px;">
                <table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" class="card" style="max-width:600px;table-layout:fixed;background:#ffffff;border:1px solid #d5dade;border-radius:8px;">
                <tr><td class="ink" style="padding:20px;font:16px/1.5 'Segoe UI',system-ui,-apple-system,Arial,sans-serif;color:#1b1f23;text-align:left;overflow-wrap:anywhere;word-break:break-word;">
                {MailCard.Of(card)}
                {Line(can)}
                <table role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin:16px 0;"><tr><td class="action" style="background:#0b5563;border-radius:8px;">
                <a href="{link}" class="on-action" style="display:inline-block;padding:12px 24px;font-weight:bold;color:#ffffff;text-decoration:none;">{words["mail.open"]}</a></td></tr></table>
                {Line(ask)}
                <p class="muted" style="margin:0 0 12px;font-size:14px;"><a href="{link}" class="link" style="color:#0b5563;word-break:break-all;">{link}</a></p>
                {Line(apart)}
                {Line(sender)}
                </td></tr></table>
                </td></tr></table>
                </div>
                </body>
                </html>
                """).ToString());
    }

    static Html? Line(string? text) => text is null ? null : Access.Html.Of($"""<p class="muted" style="margin:0 0 12px;font-size:14px;color:#586069;">{text}</p>""");
}
