using EquityBot.Commitments;
using EquityBot.Digests;
using EquityBot.People;
using EquityBot.Tests.Given;
using NodaTime;

namespace EquityBot.Tests.Digests;

public class FiguresTests
{
    static readonly Guid Cardiology = Guid.NewGuid();
    static readonly Guid Emergency = Guid.NewGuid();

    static Standing Of(params (Guid Department, int[] Kept, int[] Open, int[] Past)[] departments) =>
        new([.. departments.Select(one => new DepartmentStanding(one.Department, one.Kept, one.Open, one.Past))]);

    [Fact]
    public void The_first_digest_reports_numbers_and_no_change()
    {
        var figures = Figures.Of(Of((Cardiology, [1], [2, 3], [3])), null);
        Assert.Equal((new Figure(1, null), new Figure(1, null), new Figure(2, null)), (figures.Kept, figures.Past, figures.Open));
        Assert.Empty(figures.Lines);
    }

    [Fact]
    public void Nothing_changed_means_the_same_numbers_and_no_department()
    {
        var same = Of((Cardiology, [1], [2, 3], [3]), (Emergency, [], [4], []));
        var figures = Figures.Of(same, same);
        Assert.Equal((new Figure(1, 1), new Figure(1, 1), new Figure(3, 3)), (figures.Kept, figures.Past, figures.Open));
        Assert.Empty(figures.Lines);
    }

    [Fact]
    public void Each_kind_of_change_is_counted_once_and_only_where_it_happened()
    {
        var before = Of((Cardiology, [1], [2, 3, 4, 5, 6], [2, 3, 4]), (Emergency, [], [9], []));
        // 2 was kept, 3 got a new day, 5 passed its day, 6 was given back, 7 is new and late already; 4 stays late.
        var now = Of((Cardiology, [1, 2], [3, 4, 5, 7], [4, 5, 7]), (Emergency, [], [9], []));
        var figures = Figures.Of(now, before);
        Assert.Equal(new DepartmentLine(Cardiology, Open: 4, Past: 3, NewlyPast: 2, NoLongerPast: 1, Kept: 1, Added: 1, Removed: 1), Assert.Single(figures.Lines));
        Assert.Equal((new Figure(2, 1), new Figure(3, 3), new Figure(5, 6)), (figures.Kept, figures.Past, figures.Open));
    }

    [Fact]
    public void A_promise_that_another_department_took_leaves_one_line_and_enters_another()
    {
        var figures = Figures.Of(Of((Emergency, [], [1, 2], [2])), Of((Cardiology, [], [2], [2]), (Emergency, [], [1], [])));
        Assert.Equal(
            [new(Emergency, 2, 1, 1, 0, 0, 1, 0), new DepartmentLine(Cardiology, 0, 0, 0, 0, 0, 0, 1)],
            figures.Lines);
        Assert.Equal(new Figure(2, 2), figures.Open);
    }

    [Fact]
    public void A_department_without_promises_is_no_line_and_no_failure()
    {
        Assert.Empty(Figures.Of(Of((Cardiology, [], [], [])), Of()).Lines);
        Assert.Equal((new Figure(0, 0), new Figure(0, 0)), (Figures.Of(Of(), Of()).Kept, Figures.Of(Of(), Of()).Open));
        Assert.Equal(1, Assert.Single(Figures.Of(Of((Cardiology, [], [1], [])), Of()).Lines).Added);
    }

    [Fact]
    public void What_is_stored_comes_back_the_same()
    {
        var standing = Of((Cardiology, [1], [2, 3], [3]));
        Assert.Equal(standing.ToJson(), Standing.FromJson(standing.ToJson()).ToJson());
        var figures = Figures.Of(Of((Cardiology, [1, 2], [3], [])), standing);
        Assert.Equal(figures.ToJson(), Figures.FromJson(figures.ToJson()).ToJson());
        Assert.Equal(2, Figures.FromJson(figures.ToJson()).Kept.Now);
    }

    /// <summary>Thirty minutes past midnight in New York, still the evening before in Mesa.</summary>
    static readonly Instant Now = Instant.FromUtc(2026, 3, 9, 4, 30);

    [Fact]
    public void A_promise_counts_by_what_became_of_it()
    {
        var roster = new RosterOf().Person("east").Person("west", inMesa: true).Build();
        var promises = new[]
        {
            Promise(1, "2026-03-31"),
            Promise(2, "2026-03-08"),
            Promise(3, "2026-03-08", owner: "west"),
            Promise(4, "2026-03-01", one => one.Miss()),
            Promise(5, "2026-03-01", one => one.ClaimDone(null, one.OwnerId, new(2026, 3, 1), Now)),
            Promise(6, "2026-03-01", one => one.AskToWithdraw(Now)),
            Promise(7, "2026-03-01", one => one.ConfirmMet()),
            Promise(8, "2026-03-01", one => one.Withdraw()),
            Promise(9, "2026-03-09"),
        };
        var proposed = New(10, "2026-03-01", "east");
        proposed.Propose();
        var standing = Assert.Single(Standing.Of([.. promises, proposed, New(11, "2026-03-01", "east")], roster, Now).Departments);
        Assert.Equal([7], standing.Kept);
        Assert.Equal([1, 2, 3, 4, 5, 6, 9], standing.Open);
        Assert.Equal([2, 4, 6], standing.Past);

        Commitment Promise(int number, string due, Action<Commitment>? then = null, string owner = "east")
        {
            var promise = New(number, due, owner);
            promise.Accept(Now);
            then?.Invoke(promise);
            return promise;
        }

        Commitment New(int number, string due, string owner)
        {
            var person = roster.ByHandle(owner)!;
            return new()
            {
                Id = Guid.NewGuid(), OrganizationId = person.OrganizationId, Number = number, Statement = "", OwnerId = person.Id, DepartmentId = Cardiology, AuthorId = person.Id,
                Due = NodaTime.Text.LocalDatePattern.Iso.Parse(due).Value,
            };
        }
    }
}
