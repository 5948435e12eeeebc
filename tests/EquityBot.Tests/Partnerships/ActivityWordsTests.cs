using EquityBot.Partnerships;
using NodaTime;

namespace EquityBot.Tests.Partnerships;

public class ActivityWordsTests
{
    /// <summary>A Monday.</summary>
    static readonly LocalDate Today = new(2026, 3, 9);

    static string Read(string words, string how = "met with")
    {
        var draft = ActivityWords.Read(how, words, Partners.All, Today).Draft;
        return string.Join("; ", new[] { $"{draft.On:uuuu'-'MM'-'dd}", $"{draft.Type}", draft.People?.ToString(), draft.Power?.ToString(), draft.Decision, draft.By?.ToString(), draft.What, draft.Promises }.Select(part => part ?? "-"));
    }

    [Theory]
    [InlineData("Eastside Food Bank yesterday, 12 people, they decided the opening hours", "2026-03-08; Meeting; 12; CommunityLed; the opening hours; -; -; -")]
    [InlineData("Eastside", "2026-03-09; Meeting; -; -; -; -; -; -")]
    [InlineData("Eastside on Friday: we agreed on two pick-up days", "2026-03-06; Meeting; -; CoDecided; two pick-up days; -; -; -")]
    [InlineData("Eastside on Monday. Residents voted for Saturday hours", "2026-03-09; Meeting; -; CommunityLed; Saturday hours; -; -; -")]
    [InlineData("the county health department on March 3 about the CHNA", "2026-03-03; JointAssessment; -; -; -; -; the CHNA; -")]
    [InlineData("the county health department on 3/20, at their invitation", "2025-03-20; Meeting; -; -; -; Partner; -; -")]
    [InlineData("Desert Families Network two weeks ago, 8 families came, we asked them for their views", "2026-02-23; Meeting; 8; Consulted; -; -; we asked them for their views; -")]
    [InlineData("Two Rivers last Monday, they invited us, presented the dashboard", "2026-03-02; Meeting; -; Informed; -; Partner; presented the dashboard; -")]
    [InlineData("Eastside, 1,200 people, together we decided on a second site", "2026-03-09; Meeting; 1200; CoDecided; a second site; -; -; -")]
    [InlineData("Eastside this morning about C-12 and c-13", "2026-03-09; Meeting; -; -; -; -; C-12 and c-13; C-12, C-13")]
    [InlineData("Eastside last week, 10 people", "; Meeting; 10; -; -; -; -; -")]
    [InlineData("the school district on March 3, 2025", "2025-03-03; Meeting; -; -; -; -; -; -")]
    [InlineData("Eastside and they decided to open on Mondays", "2026-03-09; Meeting; -; CommunityLed; open on Mondays; -; -; -")]
    [InlineData("Eastside tomorrow", "2026-03-10; Meeting; -; -; -; -; -; -")]
    public void What_was_done_is_read_from_how_people_say_it(string words, string expected) => Assert.Equal(expected, Read(words));

    [Theory]
    [InlineData("shared data with", "Two Rivers", ActivityType.DataSharing)]
    [InlineData("signed an mou with", "Two Rivers", ActivityType.Funding)]
    [InlineData("co-designed with", "Eastside", ActivityType.CoDesign)]
    [InlineData("attended the fair of", "Eastside", ActivityType.Event)]
    [InlineData("met with", "Eastside about a referral pathway", ActivityType.ReferralPathway)]
    [InlineData("met with", "Two Rivers to prepare the testimony", ActivityType.Advocacy)]
    [InlineData("called", "Eastside", ActivityType.Meeting)]
    public void The_kind_is_told_by_the_most_telling_word(string how, string words, ActivityType expected) => Assert.Equal(expected, ActivityWords.Read(how, words, Partners.All, Today).Draft.Type);

    [Theory]
    [InlineData("two residents spoke about the bus", false)]
    [InlineData("resident Maria Gomez spoke about the bus", true)]
    [InlineData("a parent named Ana Ruiz led the group", true)]
    [InlineData("residents of Saguaro Bend spoke", false)]
    [InlineData("Yolanda Cruz, their director, opened the meeting", false)] // a work contact
    public void Whoever_took_part_is_counted_and_never_named(string text, bool names) => Assert.Equal(names, ActivityWords.NamesSomebody(text));
}
