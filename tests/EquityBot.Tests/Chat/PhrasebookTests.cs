using EquityBot.Chat;
using EquityBot.Tests.Given;
using Microsoft.Extensions.DependencyInjection;

namespace EquityBot.Tests.Chat;

public class PhrasebookTests
{
    static readonly Phrases English = Phrases.Load("en");
    static readonly Phrasebook Book = Wiring.Unopened().GetRequiredService<Phrasebook>();

    static string Understood(string said)
    {
        var understood = Book.Understand(said, English);
        return understood.Command is { } command
            ? string.Join(' ', understood.Values.OrderBy(value => value.Key, StringComparer.Ordinal).Select(value => $"{value.Key}={value.Value};").Prepend(command.Verb))
            : "?";
    }

    [Theory]
    [InlineData("help", "show-help")]
    [InlineData("Help!", "show-help")]
    [InlineData("hello", "show-help")]
    [InlineData("What can you do?", "show-help")]
    [InlineData("mine", "show-mine")]
    [InlineData("My promises", "show-mine")]
    [InlineData("show my commitments.", "show-mine")]
    [InlineData("due", "show-due")]
    [InlineData("what's due?", "show-due")]
    [InlineData("what’s due?", "show-due")] // a curly quote
    [InlineData("overdue", "show-overdue")]
    [InlineData("what is on fire?", "show-overdue")]
    [InlineData("show C-1", "show ref=C-1;")]
    [InlineData("  show   c-12 ", "show ref=c-12;")]
    [InlineData("C-1", "show ref=C-1;")]
    [InlineData("E-4?", "show ref=E-4;")]
    [InlineData("what about C-1?", "show ref=C-1;")]
    [InlineData("status of e-3", "show ref=e-3;")]
    [InlineData("show", "show")]
    [InlineData("log", "log-commitment")]
    [InlineData("log a promise", "log-commitment")]
    [InlineData("new commitment", "log-commitment")]
    [InlineData("log offer rides by March 31", "log-commitment words=offer rides by March 31;")]
    [InlineData("log: offer rides by March 31", "log-commitment words=offer rides by March 31;")]
    [InlineData("log for dana.reyes: offer rides by March 31", "log-commitment for=dana.reyes; words=offer rides by March 31;")]
    [InlineData("log for @dana.reyes: offer rides", "log-commitment for=@dana.reyes; words=offer rides;")]
    [InlineData("log for Dana Reyes:offer rides", "log-commitment for=Dana Reyes; words=offer rides;")]
    [InlineData("we'll offer rides by March 31", "log-commitment words=we'll offer rides by March 31;")]
    [InlineData("We’re going to offer rides", "log-commitment words=We're going to offer rides;")]
    [InlineData("I will call every family", "log-commitment words=I will call every family;")]
    [InlineData("our team will open a clinic", "log-commitment words=our team will open a clinic;")]
    [InlineData("my department commits to one interpreter a shift", "log-commitment words=my department commits to one interpreter a shift;")]
    [InlineData("progress C-1 on track: two of three hired", "report-progress note=two of three hired; ref=C-1; status=on track;")]
    [InlineData("report progress on c-1 at-risk, no budget yet", "report-progress note=no budget yet; ref=c-1; status=at-risk;")]
    [InlineData("C-1 progress: two of three hired", "report-progress note=two of three hired; ref=C-1;")]
    [InlineData("progress C-1", "report-progress ref=C-1;")]
    [InlineData("done C-1", "complete-commitment ref=C-1;")]
    [InlineData("C-1 is done, see the rota of May", "complete-commitment evidence=the rota of May; ref=C-1;")]
    [InlineData("finish c-1: evidence: the rota", "complete-commitment evidence=the rota; ref=c-1;")]
    [InlineData("push C-1 to April 15 because the contract is late, need a signature", "push-commitment due=April 15; need=a signature; reason=the contract is late; ref=C-1;")]
    [InlineData("push C-1 to next Friday", "push-commitment due=next Friday; ref=C-1;")]
    [InlineData("push C-1", "push-commitment ref=C-1;")]
    [InlineData("ack C-1 by April 15 because the contract is late, needing a signature", "acknowledge-case due=April 15; need=a signature; reason=the contract is late; ref=C-1;")]
    [InlineData("Acknowledge c-1", "acknowledge-case ref=c-1;")]
    [InlineData("accept C-1", "accept-commitment ref=C-1;")]
    [InlineData("decline C-1 because it is not ours", "decline-commitment reason=it is not ours; ref=C-1;")]
    [InlineData("confirm C-1", "confirm-met ref=C-1;")]
    [InlineData("not yet, C-1 because nights are open", "not-yet reason=nights are open; ref=C-1;")]
    [InlineData("offer help with C-1: I can free an interpreter", "offer-help note=I can free an interpreter; ref=C-1;")]
    [InlineData("help C-1", "offer-help ref=C-1;")]
    [InlineData("decide E-1: new date because the contract is signed", "decide-case decision=new date; rationale=the contract is signed; ref=E-1;")]
    [InlineData("decide c-1", "decide-case ref=c-1;")]
    [InlineData("make me a sandwich", "?")]
    [InlineData("", "?")]
    [InlineData("C-1 C-2", "?")]
    public void A_sentence_means_one_command_with_its_values(string said, string expected) => Assert.Equal(expected, Understood(said));

    [Theory]
    [InlineData("progres C-1 on trak", "report-progress")]
    [InlineData("pusch C-1 to April 15", "push-commitment")]
    [InlineData("overdeu", "show-overdue")]
    [InlineData("shw C-1", "show")]
    public void A_near_miss_gives_two_suggestions_with_the_one_meant_among_them(string said, string meant)
    {
        var understood = Book.Understand(said, English);
        Assert.Null(understood.Command);
        Assert.Equal(2, understood.Nearest.Count);
        Assert.Contains(meant, understood.Nearest.Select(command => command.Verb));
    }

    [Fact]
    public void Every_example_in_the_help_is_understood_as_what_it_is_an_example_of()
    {
        var shown = Wiring.Unopened().GetServices<ChatCommand>().Where(command => English.Has($"help.{command.Verb}")).ToList();
        Assert.NotEmpty(shown);
        Assert.All(shown.Where(command => command.Verb != "decide-case"), command => // whose example shows the case that has the button
            Assert.Equal(command.Verb, Book.Understand(English[$"help.{command.Verb}"], English).Command?.Verb));
        Assert.All(shown, command => Assert.True(English.Has($"purpose.{command.Verb}"), command.Verb));
    }

    [Theory] // I15
    [InlineData("we'll ", "a ")]
    [InlineData("push C-1 to ", "because ")]
    [InlineData("progress C-1 on track", ":,. ")]
    [InlineData("log for ", "a ")]
    [InlineData("", "(((")]
    public void Four_thousand_characters_of_anything_are_read_at_once(string start, string again)
    {
        var said = (start + string.Concat(Enumerable.Repeat(again, 4000)))[..4000];
        Assert.InRange(Enumerable.Range(0, 5).Min(_ => ReadIn(said)), TimeSpan.Zero, TimeSpan.FromSeconds(1));

        // The best of several: a busy machine makes some slow, and words that run away all of them.
        static TimeSpan ReadIn(string words)
        {
            var started = System.Diagnostics.Stopwatch.GetTimestamp();
            Book.Understand(words, English);
            return System.Diagnostics.Stopwatch.GetElapsedTime(started);
        }
    }

    [Theory]
    [InlineData("“a”\u00A0‘b’ – c\u200B\r\n\td ", "\"a\" 'b' - cd")]
    [InlineData("e\u0301", "é")]
    [InlineData("a\uFFFEb", "ab")]
    [InlineData("שלום 🙂", "שלום 🙂")] // I16
    public void Keyboards_differ_and_what_was_said_does_not(string typed, string tidy) => Assert.Equal(tidy.Replace("cd", "c d", StringComparison.Ordinal), Phrasebook.Tidy(typed));
}
