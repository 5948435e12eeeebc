using System.Text.RegularExpressions;
using EquityBot.Chat;
using EquityBot.Commitments;
using EquityBot.Storage;

namespace EquityBot.Escalation;

/// <summary>What the board decided becomes a promise of its own: somebody keeps it, by a day, on the plan like every other.</summary>
public sealed partial class FollowUpDecision : ChatCommand
{
    public override string Verb => "follow-up-decision";

    public override string Action => "decide";

    public override IReadOnlyList<Regex> Sentences => [FollowUp()];

    /// <summary>On the case's own card, and under the answer to the decision.</summary>
    public override Offer? Offer(View view, Reader reader) => view.Subject is EscalationCase { Status: CaseStatus.Decided } @case ? On(@case, reader) : null;

    public static Offer On(EscalationCase @case, Reader reader) => new(
        reader.Words["button.follow-up"],
        new("what", reader.Words["form.follow-up"], InputType.Text) { Required = true },
        new("owner", reader.Words["form.follow-up-owner"], InputType.Text) { Required = true, Value = reader.Roster[@case.OwnerId].Name },
        new("due", reader.Words["form.due"], InputType.Date) { Required = true });

    public override async Task<Reply> HandleAsync(Turn turn, CancellationToken ct)
    {
        if (turn.View?.Aspect<CaseStory>() is not { Case: { Status: CaseStatus.Decided } @case })
        {
            return turn.No("follow-up.not-decided", ("reference", turn.View?.Subject.Ref ?? turn.Words["decide.that"]));
        }

        var words = turn.Value("words");
        var day = words is null ? null : Dates.Find(words, turn.Reckoning);
        var promise = new Commitment
        {
            Id = Guid.NewGuid(),
            OrganizationId = turn.Db.OrganizationId,
            Number = await Counter.NextAsync(turn.Db, "C", ct),
            Statement = words is null ? "" : CommitmentForm.Statement(day is null ? words : words.Remove(day.Start, day.Length)),
            OwnerId = @case.OwnerId,
            DepartmentId = @case.DepartmentId,
            AuthorId = turn.Speaker.Id,
            Due = day?.Date,
            Follows = @case.Ref,
        };
        turn.Db.Add(promise);
        return CommitmentForm.Apply(promise, turn, forAnybody: true) ?? (promise.Due is null ? turn.No("log.by-when") : await ConfirmDraft.PutOnPlanAsync(turn, promise, ct));
    }

    [GeneratedRegex(@"^follow[ -]?up (?:on )?(?<ref>[ce]-\d+)(?: for (?<owner>@?[\p{L}\p{N}._' -]{1,60}))?: ?(?<words>.+)$", RegexOptions.IgnoreCase)]
    private static partial Regex FollowUp();
}
