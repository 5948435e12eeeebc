using System.Text.RegularExpressions;
using EquityBot.Chat;
using NodaTime.Text;

namespace EquityBot.Commitments;

/// <summary>A later day, with the reason and what is needed to keep it; two in all. In an open case it acts as an acknowledgement.</summary>
public sealed partial class PushCommitment : ChatCommand
{
    public override string Verb => "push-commitment";

    public override string Action => "move-due-date";

    public override string Needs => "C";

    public override IReadOnlyList<Regex> Sentences => [Push()];

    public override Offer? Offer(View view, Reader reader) =>
        view.Subject is Commitment { IsRunning: true, Extensions: < Commitment.ExtensionLimit } ? new(reader.Words["button.push"], Inputs(reader)) : null;

    /// <summary>What moving a due date asks for, here and where a case is acknowledged.</summary>
    public static Input[] Inputs(Reader reader) =>
    [
        new("due", reader.Words["form.new-due"], InputType.Date) { Required = true },
        new("reason", reader.Words["form.reason"], InputType.Text) { Required = true },
        new("need", reader.Words["form.need"], InputType.Text) { Required = true },
    ];

    public override async Task<Reply> HandleAsync(Turn turn, CancellationToken ct)
    {
        var commitment = turn.Subject<Commitment>();
        return await MoveAsync(turn, commitment, ct) is { } refusal
            ? refusal
            : await turn.CurrentAsync(commitment, turn.Words["push.done", ("reference", commitment.Ref), ("day", turn.Reader.Day(commitment.Due!.Value))], ct);
    }

    /// <summary>Moves the due day and spends an extension; the refusal when that cannot be.</summary>
    public static async Task<Reply?> MoveAsync(Turn turn, Commitment commitment, CancellationToken ct)
    {
        if (!commitment.IsRunning && commitment.Status != CommitmentStatus.Missed)
        {
            return turn.No("push.not-open", ("reference", commitment.Ref));
        }

        if (commitment.BoardSince is not null)
        {
            return turn.No("push.board", ("reference", commitment.Ref));
        }

        if (commitment.Extensions >= Commitment.ExtensionLimit)
        {
            return turn.No("push.limit", ("reference", commitment.Ref), ("sponsor", turn.Roster.SponsorFor(turn.Roster[commitment.OwnerId], commitment.DepartmentId)?.Name ?? turn.Words["push.your-sponsor"]));
        }

        if (turn.Value("due") is not { } typed || Dates.Read(typed, turn.Today) is not { } due)
        {
            return turn.No("push.which-day", ("reference", commitment.Ref));
        }

        var ownersToday = turn.Roster.TodayOf(turn.Roster[commitment.OwnerId], turn.Now);
        if (due <= commitment.Due || due <= ownersToday)
        {
            return turn.No("push.not-later", ("day", turn.Words.DayAndYear(due)), ("reference", commitment.Ref));
        }

        if (CommitmentForm.CheckDay(due, turn.Roster[commitment.OwnerId], turn) is { } impossible)
        {
            return impossible;
        }

        if (turn.Value("reason") is not { } reason)
        {
            return turn.No("push.why", ("reference", commitment.Ref), ("day", LocalDatePattern.Iso.Format(due)));
        }

        turn.Record(commitment, "due-moved", reason, oldDue: commitment.Due, newDue: due, need: turn.Value("need"));
        commitment.Extend(due, reason, turn.Speaker.Id, turn.Now);
        await turn.ChangedAsync(commitment, "due-moved", ct);
        return null;
    }

    [GeneratedRegex(@"^push (?<ref>c-\d+)(?: to (?<due>.+?))?(?:,? because (?<reason>.+?))?(?:,? need(?:ing|s)? (?<need>.+))?$", RegexOptions.IgnoreCase)]
    private static partial Regex Push();
}
