using System.Text.RegularExpressions;
using EquityBot.Chat;
using EquityBot.Commitments;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;

namespace EquityBot.Escalation;

/// <summary>How a missed promise is still kept: what, by whom, by when. It is progress, stands on the promise's card, and everybody who was told hears it.</summary>
public sealed partial class SubmitRecoveryPlan : ChatCommand
{
    public override string Verb => "submit-recovery-plan";

    public override string Action => "recovery-plan";

    public override string Needs => "C";

    public override IReadOnlyList<Regex> Sentences => [Recovery()];

    /// <summary>Where the schedule asks for one.</summary>
    public override Offer? Offer(View view, Reader reader) => IsAskedFor(view) && view.Aspect<CaseStory>()!.Plan.CaseSteps.Any(step => step.Action == "ask-for-recovery-plan") ? new(reader.Words["button.recovery-plan"], new Input("plan", reader.Words["form.recovery-plan"], InputType.Text) { Required = true }) : null;

    static bool IsAskedFor(View view) => view is { Subject: Commitment { Status: CommitmentStatus.Missed } } && view.Aspect<CaseStory>() is { Case: { IsOpen: true, Trigger: Triggers.Due } };

    public override async Task<Reply> HandleAsync(Turn turn, CancellationToken ct)
    {
        var commitment = turn.Subject<Commitment>();
        if (!IsAskedFor(turn.View!) || turn.View!.Aspect<CaseStory>() is not { } story)
        {
            return turn.No("recovery.not-open", ("reference", commitment.Ref));
        }

        if (turn.Value("plan") is not { } plan)
        {
            return turn.No("recovery.what", ("reference", commitment.Ref));
        }

        turn.Record(commitment, "recovery-plan", plan, ProgressStatus.AtRisk);
        commitment.Report(ProgressStatus.AtRisk, plan, null, turn.Speaker.Id, turn.Roster.TodayOf(turn.Roster[commitment.OwnerId], turn.Now), turn.Now);
        await turn.ChangedAsync(commitment, "progress-reported", ct);
        var told = await turn.Db.Set<CaseStep>().Where(one => one.CaseId == story.Case.Id && one.DeliveredAt != null).Select(one => one.RecipientId!.Value).Distinct().ToListAsync(ct);
        foreach (var person in told.Append(commitment.OwnerId).Distinct())
        {
            turn.Tell(turn.Roster[person], commitment, CaseNews.Name, $"recovery-plan:{commitment.Version}", facts: CaseNews.Facts("recovery-plan", turn.Speaker, plan));
        }

        var card = await turn.CurrentCardAsync(commitment, ct);
        return new(new Card(turn.Words["recovery.done", ("reference", commitment.Ref)], [new Words(commitment.Statement, Strong: true), .. card.Blocks])) { About = commitment, InPlace = true };
    }

    [GeneratedRegex(@"^recovery plan (?:for )?(?<ref>c-\d+)(?:[:,]? (?<plan>.+))?$", RegexOptions.IgnoreCase)]
    private static partial Regex Recovery();
}
