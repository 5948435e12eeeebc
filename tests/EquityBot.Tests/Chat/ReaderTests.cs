using EquityBot.Chat;
using EquityBot.People;
using EquityBot.Tests.Given;

namespace EquityBot.Tests.Chat;

/// <summary>What a reader is to a subject.</summary>
public class ReaderTests
{
    sealed record Joint(Guid OwnerId, Guid DepartmentId) : ISubject
    {
        public Guid Id { get; } = Guid.NewGuid();

        public string Ref => "C-1";

        public int Version => 1;

        public Guid AuthorId => OwnerId;

        public IReadOnlyCollection<Guid> Contributors => [DepartmentId];

        public bool IsOnThePlan => true;
    }

    [Theory]
    [InlineData("lead", "here", true)]
    [InlineData("deputy", "here", false)]
    [InlineData("stand-in", "here", false)]
    [InlineData("stand-in", "away", true)]
    [InlineData("lead", "away", true)]
    [InlineData("deputy", "gone", true)]
    [InlineData("lead", "gone", false)]
    [InlineData("deputy", "vacant", true)]
    [InlineData("nurse", "away", false)]
    public void Whoever_acts_for_the_lead_of_a_contributing_department_is_a_contributor_as_the_lead_is(string handle, string lead, bool contributes)
    {
        var told = new RosterOf().Person("owner").Person("nurse").Person("deputy").Person("stand-in")
            .Person("lead", standIn: "stand-in", awayUntil: lead == "away" ? "2026-12-31" : null, leavesOn: lead == "gone" ? "2026-01-31" : null)
            .LedBy(lead == "vacant" ? null : "lead", deputy: "deputy");
        var roster = told.Build();
        var reader = new Reader(roster.ByHandle(handle)!, roster, SentencesTests.English, Wiring.Start, new Catalogue([]), new Subjects([], []));
        Assert.Equal(contributes, reader.Relations(new Joint(roster.ByHandle("owner")!.Id, told.Cardiology)).Contains(Relation.Contributor));
    }
}
