using EquityBot.Chat;
using EquityBot.Commitments;
using NodaTime;

namespace EquityBot.Scenarios.Nodes;

/// <summary>What the history check must find, told to it as it would be. // R24</summary>
public sealed class HistoryChecks
{
    static readonly LocalDate Day = new(2027, 3, 5);

    static readonly Deed Made = Deed(Kind.Create, "made", 0, 1) with { Due = Day, OnVersion = 1 };
    static readonly Deed Reported = Deed(Kind.Acknowledge, "reported", 2, 3) with { Seen = ("● On the plan “reported”", 3) };
    static readonly Deed Closed = Deed(Kind.Close, "closed", 4, 5) with { Seen = ("◷ Done, waits for confirmation “reported”", 4) };
    static readonly Promise Row = new(4, CommitmentStatus.DoneUnconfirmed, Day, "reported");
    static readonly List<Line> Trail = [Of(Made), Of(Reported), Of(Closed)];

    static Deed Deed(Kind kind, string word, double began, double? ended) =>
        new("C-1", kind, "p0", word, TimeSpan.FromSeconds(began)) { Ended = ended is { } at ? TimeSpan.FromSeconds(at) : null, Outcome = ended is null ? null : PressOutcome.Done };

    static Line Of(Deed deed) => new(deed.Kind, deed.Who, deed.Word);

    [Fact]
    public void What_one_after_another_would_have_done_is_no_problem()
    {
        Assert.Empty(History.Problems([Made, Reported, Closed], Trail, Row));

        // No answer: done or not, at any time since.
        var maybe = Deed(Kind.Acknowledge, "maybe", 2.5, null);
        Assert.Empty(History.Problems([Made, Reported, Closed, maybe], Trail, Row));
        Assert.Empty(History.Problems([Made, Reported, maybe], [Of(Made), Of(Reported), Of(maybe)], new(4, CommitmentStatus.Active, Day, "maybe")));

        // Asked while it was being closed: seen before or refused after.
        Assert.Empty(History.Problems([Made, Reported, Closed, Look(4.2, 5.5, Reported)], Trail, Row));
        Assert.Empty(History.Problems([Made, Reported, Closed, Deed(Kind.Acknowledge, "late", 4.2, 4.8) with { Outcome = PressOutcome.Refused }], Trail, Row));
    }

    [Theory]
    [InlineData("acknowledged and lost")]
    [InlineData("turned away and done")]
    [InlineData("nobody did what the record says")]
    [InlineData("cannot have come after")]
    [InlineData("stands after it")]
    [InlineData("no moment explains")]
    [InlineData("was answered with another state")]
    [InlineData("the row is")]
    public void What_no_order_explains_is_found(string problem)
    {
        var (deeds, trail, row) = problem switch
        {
            "acknowledged and lost" => ([Made, Reported, Closed, Deed(Kind.Acknowledge, "lost", 3.2, 3.5)], Trail, Row),
            "turned away and done" => ([Made, Reported with { Outcome = PressOutcome.Refused, Seen = null }, Closed], Trail, Row),
            "nobody did what the record says" => ([Made, Reported, Closed], [.. Trail, Of(Reported)], Row),
            "cannot have come after" => ([Made, Reported with { OnVersion = 1 }, Closed], Trail, Row),
            "stands after it" => ([Made, Reported, Deed(Kind.Acknowledge, "earlier", 1.2, 1.8)], [Of(Made), Of(Reported), new Line(Kind.Acknowledge, "p0", "earlier")], new(4, CommitmentStatus.Active, Day, "earlier")),
            "no moment explains" => ([Made, Reported, Closed, Look(5.1, 5.5, Reported)], Trail, Row),
            "was answered with another state" => ([Made, Reported with { Seen = ("▲ At risk “reported”", 3) }, Closed], Trail, Row),
            _ => (new List<Deed> { Made, Reported, Closed }, Trail, Row with { Version = 5 }),
        };
        Assert.Contains(History.Problems(deeds, trail, row), found => found.Contains(problem, StringComparison.Ordinal));
    }

    static Deed Look(double began, double ended, Deed at) => Deed(Kind.Look, "look", began, ended) with { Seen = at.Seen };
}
