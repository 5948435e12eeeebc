using EquityBot.Channels.Slack;

namespace EquityBot.Tests.Slack;

public sealed class SlackTextTests
{
    static readonly Dictionary<string, string> Handles = new() { ["U1"] = "dana.reyes" };

    [Theory]
    [InlineData("<@UBOT> mine", "mine")]
    [InlineData("<@UBOT|equitybot> mine", "mine")]
    [InlineData("hand C-1 to <@U1>", "hand C-1 to dana.reyes")]
    [InlineData("hand C-1 to <@U2|dan>", "hand C-1 to dan")]
    [InlineData("hand C-1 to <@U2>", "hand C-1 to @U2")]
    [InlineData("see <https://a.example/x|the page> and <https://b.example>", "see the page and https://b.example")]
    [InlineData("in <#C1|equity>", "in #equity")]
    [InlineData("<!here> a &lt;b&gt; &amp;amp; c", "@here a <b> &amp; c")]
    [InlineData("<mailto:x@y.example|x@y.example>", "x@y.example")]
    [InlineData("2 < 3 and 5 > 4", "2 < 3 and 5 > 4")]
    public void What_was_typed_is_read_as_it_was_meant(string sent, string typed) => Assert.Equal(typed, SlackText.Typed(sent, "UBOT", Handles));

    [Theory]
    [InlineData("short", 10, "short")]
    [InlineData("exactly 10", 10, "exactly 10")]
    [InlineData("eleven char", 10, "eleven ch…")]
    [InlineData("aaaaaaa👩‍👩‍👧‍👧b", 10, "aaaaaaa…")] // I16
    [InlineData("e\u0301e\u0301e\u0301", 5, "e\u0301e\u0301…")]
    public void What_is_too_long_is_cut_between_letters(string text, int most, string cut)
    {
        Assert.Equal(cut, SlackText.Cut(text, most));
        Assert.True(SlackText.Cut(text, most).Length <= most);
    }

    [Fact] // I1
    public void Marks_of_Slack_mean_nothing_in_what_people_wrote() => Assert.Equal("&lt;!channel&gt; &lt;@U1&gt; &amp;lt;", SlackText.Inert("<!channel> <@U1> &lt;"));
}
