using EquityBot.Goals;

namespace EquityBot.Tests.Goals;

public class MeasureWordsTests
{
    static readonly SmartGoal Spanish = AnyGoal.Whole();
    static readonly SmartGoal Black = AnyGoal.Whole(goal => goal.Who = "Black patients");
    static readonly SmartGoal Wait = AnyGoal.Whole(goal => (goal.Measure, goal.Who) = ("time in the waiting room", "Haitian families"));

    static string Find(string said, params SmartGoal[] goals) =>
        string.Join(' ', MeasureWords.Find(said, goals).Select(goal => goal == Spanish ? "Spanish" : goal == Black ? "Black" : "Wait"));

    [Theory]
    [InlineData("no-show rate", "Spanish Black")]
    [InlineData("No show rate", "Spanish Black")]
    [InlineData("no-shwo rate", "Spanish Black")] // a slip of the keyboard
    [InlineData("no-show rate of Black patients", "Black")]
    [InlineData("no-show rate for Spanish-speaking patients", "Spanish")]
    [InlineData("waiting room time", "Wait")]
    [InlineData("rate", "Spanish Black")]
    [InlineData("mortality", "")]
    [InlineData("share of late charts", "")]
    [InlineData("...", "")]
    public void Goals_are_found_by_the_words_of_their_measure(string said, string expected) => Assert.Equal(expected, Find(said, Spanish, Black, Wait));

    [Fact]
    public void A_goal_that_measures_nothing_is_never_meant() => Assert.Equal("", Find("cardiology", AnyGoal.Whole(goal => goal.Measure = null)));
}
