using System.Text.RegularExpressions;
using EquityBot.Chat;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace EquityBot.Commitments;

/// <summary>The supplying department could supply it by another day. Whoever needs it answers; until then it is nobody's promise.</summary>
public sealed partial class ProposeDay : ChatCommand
{
    const string Why = @"(?:[,;.]? ?(?:because(?: of)?|since|due to) (?<reason>.+?))?[.!]*$";

    public override string Verb => "propose-day";

    public override string Action => "answer-proposal";

    public override string Needs => "C";

    public override IReadOnlyList<Regex> Sentences => [Propose()];

    public override Offer? Offer(View view, Reader reader) => view.Subject is Commitment { Status: CommitmentStatus.Proposed } && view.Aspect<Ties>()?.For is not null
        ? new(reader.Words["button.propose-day"], new("due", reader.Words["form.new-due"], InputType.Date) { Required = true }, new("reason", reader.Words["form.reason"], InputType.Text))
        : null;

    public override async Task<Reply> HandleAsync(Turn turn, CancellationToken ct)
    {
        var supply = turn.Subject<Commitment>();
        if (supply.Status != CommitmentStatus.Proposed || turn.View!.Aspect<Ties>()?.For is not var (_, dependent))
        {
            return turn.No("propose-day.not-open", ("reference", supply.Ref));
        }

        if (turn.Value("due") is not { } typed || Dates.Read(typed, turn.Reckoning) is not { } due || due == supply.Due)
        {
            return turn.No("propose-day.which", ("reference", supply.Ref));
        }

        if (WhyNot(turn, supply, dependent, due) is { } refusal)
        {
            return refusal;
        }

        await LetGoAsync(turn, supply, ct);

        // It is the other side's turn now: nobody waits for the supplier.
        supply.Propose();
        turn.Record(supply, "day-proposed", turn.Value("reason"), oldDue: supply.Due, newDue: due);
        await turn.ChangedAsync(supply, "day-proposed", ct);
        var asked = turn.Roster[dependent.OwnerId];
        turn.Ask(RequestKind.Day, asked, supply, turn.Value("reason"), due);
        return await turn.CurrentAsync(supply, turn.Words["propose-day.asked", ("reference", supply.Ref), ("name", asked.Name), ("day", turn.Reader.Day(due))], ct);
    }

    /// <summary>A day that was proposed before and not answered is asked about no more.</summary>
    public static async Task LetGoAsync(Turn turn, Commitment supply, CancellationToken ct)
    {
        var open = await turn.Db.Set<Request>().Where(one => one.CommitmentId == supply.Id && one.Kind == RequestKind.Day && one.Answer == null).ToListAsync(ct);
        open.ForEach(one => one.Settle(RequestAnswer.Declined, turn.Now));
    }

    /// <summary>Why the supply cannot be agreed for that day; null when it can. What comes after the promise's own day is of no use to it.</summary>
    static Reply? WhyNot(Turn turn, Commitment supply, Commitment dependent, LocalDate due) =>
        CommitmentForm.CheckDay(due, turn.Roster[supply.OwnerId], turn)
        ?? (due > dependent.Due ? turn.No("propose-day.too-late", ("reference", dependent.Ref), ("supply", supply.Ref), ("day", turn.Words.DayAndYear(dependent.Due.Value))) : null);

    /// <summary>Whoever needs it takes the other day: with that both sides have agreed.</summary>
    public static async Task<Reply?> AgreeAsync(Turn turn, Commitment supply, LocalDate due, CancellationToken ct)
    {
        if (supply.Status != CommitmentStatus.Proposed || turn.View!.Aspect<Ties>()?.For is not var (tie, dependent))
        {
            return turn.No("propose-day.not-open", ("reference", supply.Ref));
        }

        if (WhyNot(turn, supply, dependent, due) is { } refusal)
        {
            return refusal;
        }

        (await turn.Db.Set<Dependency>().Where(one => one.Id == tie.Id).ForUpdate().SingleAsync(ct)).NeededBy = due;
        turn.Record(supply, "accepted", oldDue: supply.Due, newDue: due);
        supply.Due = due;
        supply.Accept(turn.Now);
        return null;
    }

    [GeneratedRegex($@"^(?:(?:we|i) )?(?:can|could|will|would)(?: only)? (?:do|supply|deliver|provide|have|send|make) (?<ref>c-\d+)(?: only)? (?:by|on|until|before) (?<due>.+?)(?: instead)?{Why}|^(?:propose|suggest|offer) (?<due>.+?) for (?<ref>c-\d+)(?: instead)?{Why}|^(?<ref>c-\d+):?(?: only)? (?:by|on|until) (?<due>.+?) instead{Why}", RegexOptions.IgnoreCase)]
    private static partial Regex Propose();
}
