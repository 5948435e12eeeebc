using EquityBot.Chat;

namespace EquityBot.Access;

/// <summary>A page for people: one column, one style sheet, no script.</summary>
public static class Page
{
    /// <param name="title">Short; never a name or a reference, since it stands in the browser's history.</param>
    public static IResult Of(Phrases words, string title, Html main, int status = 200) => Results.Content(
        Html.Of($"""
            <!doctype html>
            <html lang="{words.Language}">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta name="robots" content="noindex">
            <title>{title} · EquityBot</title>
            <link rel="icon" href="/practice/icon.svg">
            <link rel="stylesheet" href="/pages/page.css">
            </head>
            <body>
            <main>
            {main}
            </main>
            </body>
            </html>
            """).ToString(),
        "text/html; charset=utf-8",
        statusCode: status);

    /// <summary>A page that says one thing and, where there is something to do, how.</summary>
    public static IResult Say(Phrases words, string heading, string text, int status, Html? more = null) =>
        Of(words, heading, Html.Of($"<h1>{heading}</h1><p>{text}</p>{more}"), status);
}
