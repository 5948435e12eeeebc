using AngleSharp.Html.Parser;
using EquityBot.Channels.Email;
using EquityBot.Chat;

namespace EquityBot.Tests.Channels.Email;

public class LetterTests
{
    static readonly Phrases English = Phrases.Load("en");
    static readonly Uri Link = new("https://equity.example.org/enter/token");

    static Letter Of(Card card, string preview = "EquityBot: one item needs you") => Letter.Of(card, preview, Link, "Monday, March 23, 2026", "Riverbend Health", English);

    [Fact]
    public void Subject_and_preview_say_nothing_of_what_is_inside()
    {
        var one = Of(new("C-12 was due", new Words("Dana Reyes promised 7 interpreters")));
        var some = Of(new("3 things", new Words("…")), "EquityBot: 3 items need you");
        Assert.Equal(("EquityBot: one item needs you", "EquityBot: some items need you"), (one.Subject, some.Subject));

        // What a lock screen shows is the beginning of either part.
        Assert.StartsWith(one.Subject + "\r\n", one.Text, StringComparison.Ordinal);
        var seen = new HtmlParser().ParseDocument(one.Html).Body!.TextContent.Trim();
        Assert.StartsWith(one.Subject, seen, StringComparison.Ordinal);
        Assert.True(seen.IndexOf("C-12", StringComparison.Ordinal) > 150, "the preview must end before the card begins");
    }

    [Theory] // I3, I4, I5
    [InlineData("<img src=x onerror=alert(1)>")]
    [InlineData("</td></table><script>alert(1)</script>")]
    [InlineData("\" style=\"position:fixed")]
    [InlineData("[the budget](https://evil.test)")]
    [InlineData("![pixel](http://evil.test/pixel.png)")]
    [InlineData("**bold** # heading")]
    [InlineData("https://evil.test/ack and www.evil.test")]
    [InlineData("${name} {{DATE(2026-01-01)}} {link}")]
    [InlineData("<!channel> <at>CEO</at>")]
    public void What_people_typed_is_text_in_every_element(string typed)
    {
        var card = new Card(typed, new Words(typed), new Quiet(typed), new Status(typed, Mood.Missed), new Facts(new Fact(typed, typed)), new Quote(typed, typed), new Bullets([typed]), new Table([typed], [[typed]]), new Banner(typed, Mood.AtRisk), new Section(typed, [new Words(typed)]));
        var letter = Of(card);
        var page = new HtmlParser().ParseDocument(letter.Html);
        Assert.Empty(page.QuerySelectorAll("script, img, iframe, form, link, object, [onerror], [style*=position]"));
        Assert.All(page.QuerySelectorAll("a"), link => Assert.Equal(Link.ToString(), link.GetAttribute("href")));
        Assert.Equal(14, Count(page.Body!.TextContent.Replace("\u2060", "", StringComparison.Ordinal), typed));
        Assert.DoesNotContain("https://evil", letter.Html + letter.Text, StringComparison.Ordinal);
    }

    static int Count(string text, string part) => text.Split(part).Length - 1;

    [Fact]
    public void Nothing_is_fetched_from_anywhere_when_a_mail_is_opened() =>
        Assert.DoesNotMatch("(?i)(src=|url\\(|@import|<link|background=)", Of(new("T", new Words("w"), new Divider())).Html);

    [Fact]
    public void Whatever_a_card_holds_stands_in_both_parts()
    {
        foreach (var seed in new[] { 1, 2 })
        {
            var letter = Of(new Card($"title {seed}", new Facts(new Fact($"label {seed}", $"value {seed}")), new Question($"question {seed}", [new Button(Guid.NewGuid(), $"answer {seed}")]), new Table(["a"], [[$"cell {seed}"]])));
            var seen = new HtmlParser().ParseDocument(letter.Html).Body!.TextContent;
            Assert.All(new[] { "title", "label", "value", "question", "answer", "cell" }, word => Assert.Contains($"{word} {seed}", seen, StringComparison.Ordinal));
            Assert.All(new[] { "title", "label", "value", "question", "answer", "cell" }, word => Assert.Contains($"{word} {seed}", letter.Text, StringComparison.Ordinal));
        }
    }
}
