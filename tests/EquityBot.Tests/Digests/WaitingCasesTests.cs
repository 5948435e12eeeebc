using EquityBot.Digests;
using EquityBot.Escalation;
using EquityBot.People;
using EquityBot.Tests.Given;
using NodaTime;

namespace EquityBot.Tests.Digests;

public class WaitingCasesTests
{
    static readonly Instant Start = Instant.FromUtc(2026, 3, 9, 14, 0);

    readonly RosterOf people = new RosterOf()
        .Person("owner", above: "boss", sponsor: "sponsor").Person("lead").Person("boss", above: "chief").Person("chief", roles: [Role.Executive]).Person("sponsor", roles: [Role.Executive])
        .Person("officer", roles: [Role.EquityOfficer]).Person("trustee", roles: [Role.BoardOwner], deputy: "vice").Person("vice").LedBy("lead");

    readonly List<CaseStep> steps = [];
    readonly Roster roster;
    readonly EscalationCase missed;

    public WaitingCasesTests()
    {
        roster = people.Build();
        missed = new()
        {
            Id = Guid.NewGuid(), OrganizationId = Guid.NewGuid(), Number = 1, CommitmentId = Guid.NewGuid(), AboutId = Guid.NewGuid(), Trigger = Triggers.Due, AboutRef = "C-1", Line = Lines.Promise, OwnerId = Id("owner"),
            DepartmentId = people.Cardiology, OpenedAt = Start, Plan = ScheduleTemplates.Standard.ToJson(), BaseDay = new(2026, 3, 6),
        };
    }

    Guid Id(string handle) => roster.ByHandle(handle)!.Id;

    static Instant At(int day) => Start + Duration.FromDays(day);

    void Step(string step, string? to, int day, bool unreached = false) => steps.Add(new CaseStep
    {
        OrganizationId = missed.OrganizationId, CaseId = missed.Id, Trigger = missed.Trigger, Step = step, To = step, Place = ScheduleTemplates.Standard.CaseSteps.ToList().FindIndex(one => one.Name == step), DecidedAt = At(day),
        RecipientId = to is null ? null : Id(to), DeliveredAt = unreached || to is null ? null : At(day), UnreachedAt = unreached ? At(day) : null,
    });

    bool WaitsFor(string handle) => WaitingCases.WaitsFor(missed, steps, roster.ByHandle(handle)!, roster);

    string Unanswered(params (string By, int Day)[] answers)
    {
        var (heard, unreached) = WaitingCases.Unanswered(missed, steps, [.. answers.Select(one => (Id(one.By), At(one.Day)))], roster.ByHandle("trustee")!, roster, Start);
        return $"{string.Join(' ', heard)} / {string.Join(' ', unreached)}";
    }

    [Fact]
    public void A_case_waits_for_whom_it_reached_last_and_for_the_sponsor_once_told()
    {
        Step("owner", "owner", 1);
        Assert.True(WaitsFor("owner"));
        Assert.False(WaitsFor("sponsor"));
        Step("lead", "lead", 5);
        Step("officer", "officer", 10, unreached: true);
        Assert.Equal((false, true, false), (WaitsFor("owner"), WaitsFor("lead"), WaitsFor("officer")));
        Step("sponsor", "sponsor", 15);
        Step("board", "trustee", 20);
        Assert.Equal((true, true, false, false), (WaitsFor("sponsor"), WaitsFor("trustee"), WaitsFor("lead"), WaitsFor("chief")));
    }

    [Fact]
    public void Nobody_is_asked_while_a_claim_of_done_waits_or_before_anybody_was_told()
    {
        Assert.False(WaitsFor("owner"));
        Step("owner", "owner", 1);
        missed.Hold(new(2026, 3, 10));
        Assert.False(WaitsFor("owner"));
    }

    [Fact]
    public void Who_was_told_and_is_silent_is_named_by_role_and_who_could_not_be_reached_apart()
    {
        Step("owner", "owner", 1, unreached: true);
        Step("lead", "lead", 5);
        Step("officer", "officer", 10);
        Step("sponsor", null, 15);
        Step("board", "trustee", 20);
        Step("board-deputy", "vice", 31);
        Assert.Equal("role.lead role.officer role.board-deputy / role.owner", Unanswered());
    }

    [Fact]
    public void An_answer_counts_only_after_the_step_and_only_from_whoever_was_told()
    {
        Step("owner", "owner", 1);
        Step("lead", "lead", 5);
        Step("officer", "officer", 10);
        Assert.Equal("role.owner role.officer / ", Unanswered(("owner", 0), ("lead", 6), ("chief", 11)));
        Step("owner", "owner", 12);
        Assert.Equal("role.owner role.officer / ", Unanswered(("owner", 3), ("lead", 6)));
        Assert.Equal("role.officer / ", Unanswered(("owner", 13), ("lead", 6)));
    }

    [Fact]
    public void A_step_that_went_to_somebody_above_is_not_laid_at_the_door_of_its_role()
    {
        Step("lead", "boss", 5);
        Step("officer", "chief", 10);
        Assert.Equal("digest.role-above / ", Unanswered());
    }
}
