using EquityBot.Access;

namespace EquityBot.Tests.Access;

public class HtmlTests
{
    [Theory] // I4
    [InlineData("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;")]
    [InlineData("\" onclick=\"alert(1)", "&quot; onclick=&quot;alert(1)")]
    [InlineData("' autofocus '", "&#x27; autofocus &#x27;")]
    [InlineData("a & b", "a &amp; b")]
    [InlineData("Łódź · 東京", "Łódź · 東京")]
    public void Text_in_braces_is_escaped_for_elements_and_quoted_attributes(string text, string markup) => Assert.Equal($"<p>{markup}</p>", Html.Of($"<p>{text}</p>").ToString());

    [Fact]
    public void Markup_in_braces_stays_markup_and_is_escaped_only_once()
    {
        var inner = Html.Of($"<b>{"<"}</b>");
        Assert.Equal("<p><b>&lt;</b>7</p>", Html.Of($"<p>{inner}{7}{(Html?)null}</p>").ToString());
        Assert.Equal("<b>&lt;</b><b>&lt;</b>", Html.Join([inner, inner]).ToString());
        Assert.Equal("", inner.When(false).ToString());
    }
}
