using EquityBot.Chat;
using EquityBot.Commitments;

namespace EquityBot.Escalation;

/// <summary>One card a step: news first, what is in the way before why, the warning before the act, the ask last.</summary>
static class StepCard
{
    public static Card Of(CaseStory story, Commitment commitment, View view, EscalationStep step, IReadOnlyList<string> buttons, Reader reader)
    {
        var words = reader.Words;
        var place = story.Plan.CaseSteps.ToList().IndexOf(step);
        var isOwner = reader.Person.Id == story.Case.OwnerId;
        var again = story.Case is { LapsedOn: not null, Told: { } told } && told == place;
        return new(
            words[Title(story, commitment, step, reader), Places()],
            again ? new Banner(words["step.again", Places()], Mood.Waiting) : null,
                new Words(commitment.Statement, Strong: true),
                new Words(words[story.Case.Trigger == Triggers.CheckIn ? $"step.{(step.To == "owner" ? "owner" : "lead")}.words-check-in" : step.Action == "ask-for-recovery-plan" ? "step.words-recovery-plan" : step.To == "board-deputy" && story.Steps.Any(one => one is { To: "board", UnreachedAt: not null }) ? "step.board-deputy.words-unreached" : $"step.{step.Role}.words", Places()]),
                new Facts(
                    new Fact(words["commitment.for-whom"], commitment.ForWhom ?? words["commitment.not-named"]),
                    isOwner ? null : new Fact(words["commitment.department"], reader.Roster.Department(commitment.DepartmentId).Name),
                    isOwner ? null : new Fact(words["case.since"], reader.Day(story.Case.BaseDay)),
                    step.AnswerWithin is { } days ? new Fact(words["case.decide-by"], reader.Day(reader.Roster.CalendarOf(reader.Person).Add(reader.Today, days))) : null),
                isOwner ? null : (Block?)CommitmentCard.LastNote(commitment, reader) ?? new Quiet(words[CaseBlocks.OwnerIsOutOfReach(story) ? "step.owner-unreached" : "step.nothing-said"]),
                place >= 2 && CaseBlocks.History(story, reader) is { Count: > 0 } history ? new Bullets(history) : null,
                CaseBlocks.WhatHappensNext(story, place, reader),
                reader.Buttons(view, buttons));

        (string, object?)[] Places() =>
        [
            ("reference", commitment.Ref),
            ("department", reader.Roster.Department(commitment.DepartmentId).Name),
            ("day", reader.Day(story.Case.BaseDay)),
            ("since", words.MonthAndDay(story.Case.BaseDay)),
        ];
    }

    /// <summary>"No answer" and "your department" are said only where they are true.</summary>
    static string Title(CaseStory story, Commitment commitment, EscalationStep step, Reader reader) => $"step.{(story.Case.Trigger == Triggers.CheckIn && step.To != "owner" ? "lead" : step.Role)}.title" + step.To switch
    {
        _ when story.Case.Trigger == Triggers.CheckIn => "-check-in",
        "board" or "board-deputy" when CaseBlocks.OwnerIsOutOfReach(story) => "-unreached",
        "board" or "board-deputy" when commitment.LastReportAt >= story.Case.OpenedAt => "-answered",
        "lead" when reader.Roster.Department(story.Case.DepartmentId).LeadId != reader.Person.Id => "-above",
        _ => "",
    };
}
