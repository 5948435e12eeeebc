using EquityBot.Chat;
using EquityBot.Tests.Given;
using Microsoft.Extensions.DependencyInjection;

namespace EquityBot.Tests.Staffing;

public class StaffSentencesTests
{
    static readonly Phrasebook Book = Wiring.Unopened().GetRequiredService<Phrasebook>();

    [Theory]
    [InlineData("I'm away from March 3 to March 14", "go-away from=March 3 until=March 14")]
    [InlineData("I am away from 3/3 through 3/14.", "go-away from=3/3 until=3/14")]
    [InlineData("away until Monday", "go-away until=Monday")]
    [InlineData("away March 3 - March 14", "go-away from=March 3 until=March 14")]
    [InlineData("I’m away March 3–14", "go-away from=March 3 until=14")]
    [InlineData("out of office until 2026-03-20", "go-away until=2026-03-20")]
    [InlineData("I'll be out of the office from Monday to Wednesday", "go-away from=Monday until=Wednesday")]
    [InlineData("I'm away from 2026-03-03 to 2026-03-14", "go-away from=2026-03-03 until=2026-03-14")]
    [InlineData("OOO till Friday", "go-away until=Friday")]
    [InlineData("on vacation until the 20th", "go-away until=the 20th")]
    [InlineData("I'm on leave until May 3, Dana covers for me", "go-away to=Dana until=May 3")]
    [InlineData("I'm away until Friday, March 13 and Aisha Rahman stands in", "go-away to=Aisha Rahman until=Friday, March 13")]
    [InlineData("I'm away tomorrow", "go-away day=tomorrow")]
    [InlineData("I'll be out on Friday", "go-away day=Friday")]
    [InlineData("I'm back", "come-back")]
    [InlineData("back early.", "come-back")]
    [InlineData("Dana stands in for me until May 3", "name-delegate to=Dana until=May 3")]
    [InlineData("Dana Reyes is standing in for me", "name-delegate to=Dana Reyes")]
    [InlineData("my delegate is dana.reyes until May 3", "name-delegate to=dana.reyes until=May 3")]
    [InlineData("Dana no longer stands in for me", "end-delegate")]
    [InlineData("nobody stands in for me any more", "end-delegate")]
    [InlineData("we'll put up the away notice by March 13", "log-commitment words=we'll put up the away notice by March 13")]
    [InlineData("I'm out of interpreter phones until Monday", "?")]
    [InlineData("I'm away", "?")]
    [InlineData("they have been away from March 3 to March 14", "?")]
    public void What_people_say_about_themselves_is_understood_and_nothing_else_is(string text, string expected)
    {
        var understood = Book.Understand(text, Phrases.Load("en"));
        Assert.Equal(expected, understood.Command is { } command ? string.Join(' ', understood.Values.OrderBy(value => value.Key, StringComparer.Ordinal).Select(value => $"{value.Key}={value.Value}").Prepend(command.Verb)) : "?");
    }
}
