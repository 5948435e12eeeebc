using System.Text.RegularExpressions;
using EquityBot.Chat;
using NodaTime;
using NodaTime.Text;

namespace EquityBot.Partnerships;

/// <summary>It is done: one tap.</summary>
public sealed partial class CompleteFollowUp : ChatCommand
{
    public override string Verb => "complete-follow-up";

    public override string Action => "close-follow-up";

    public override string Needs => "F";

    public override IReadOnlyList<Regex> Sentences => [Done()];

    public override Offer? Offer(View view, Reader reader) => view.Subject is FollowUp { IsOpen: true } ? new(reader.Words["button.done"]) : null;

    public override Task<Reply> HandleAsync(Turn turn, CancellationToken ct) => CloseAsync(turn, FollowUpStatus.Done, "follow-up-done", ct);

    /// <summary>Closes it; the receipt is the card as it stands then.</summary>
    public static async Task<Reply> CloseAsync(Turn turn, FollowUpStatus status, string what, CancellationToken ct)
    {
        var followUp = turn.Subject<FollowUp>();
        if (!followUp.IsOpen)
        {
            return turn.No("follow-up.closed", ("reference", followUp.Ref));
        }

        followUp.Close(status, turn.Speaker.Id, turn.Now);
        await turn.ChangedAsync(followUp, what, ct);
        return new(await turn.CurrentCardAsync(followUp, ct)) { About = followUp, InPlace = true };
    }

    [GeneratedRegex(@"^(?:(?:done|complete|finish)(?: with)? (?<ref>f-\d+)|(?<ref>f-\d+)(?: is)? (?:done|complete|finished))[.!]?$", RegexOptions.IgnoreCase)]
    private static partial Regex Done();
}

/// <summary>It is not needed any more.</summary>
public sealed partial class DropFollowUp : ChatCommand
{
    public override string Verb => "drop-follow-up";

    public override string Action => "close-follow-up";

    public override string Needs => "F";

    public override IReadOnlyList<Regex> Sentences => [Drop()];

    public override Offer? Offer(View view, Reader reader) => view.Subject is FollowUp { IsOpen: true } ? new(reader.Words["button.drop"]) : null;

    public override Task<Reply> HandleAsync(Turn turn, CancellationToken ct) => CompleteFollowUp.CloseAsync(turn, FollowUpStatus.Dropped, "follow-up-dropped", ct);

    [GeneratedRegex(@"^(?:drop|cancel|undo) (?<ref>f-\d+)[.!]?$", RegexOptions.IgnoreCase)]
    private static partial Regex Drop();
}

/// <summary>Another day for it. It is nobody's promise, so no reason is asked for.</summary>
public sealed partial class MoveFollowUp : ChatCommand
{
    public override string Verb => "move-follow-up";

    public override string Action => "close-follow-up";

    public override string Needs => "F";

    public override IReadOnlyList<Regex> Sentences => [Move()];

    public override Offer? Offer(View view, Reader reader) =>
        view.Subject is FollowUp { IsOpen: true } ? new(reader.Words["button.another-day"], new Input("due", reader.Words["follow-up.due"], InputType.Date) { Required = true }) : null;

    public override async Task<Reply> HandleAsync(Turn turn, CancellationToken ct)
    {
        var followUp = turn.Subject<FollowUp>();
        if (!followUp.IsOpen)
        {
            return turn.No("follow-up.closed", ("reference", followUp.Ref));
        }

        if (turn.Value("due") is not { } typed || Dates.ReadEither(typed, turn.Reckoning) is not var (due, other))
        {
            return turn.No("follow-up.which-day", ("reference", followUp.Ref));
        }

        if (due < turn.Today)
        {
            return turn.No("follow-up.past", ("day", turn.Words.DayAndYear(due)));
        }

        if (other is { } second)
        {
            return new(new Card(turn.Words["follow-up.either-day"], new Words(followUp.What, Strong: true), ButtonRow.Of(new[] { due, second }.Select(day =>
                ButtonFor(followUp, new Offer(turn.Words.DayAndYear(day)) { Values = new Dictionary<string, string> { ["due"] = LocalDatePattern.Iso.Format(day) } }))))) { Refused = true, About = followUp };
        }

        followUp.Move(due, turn.Roster.HoursOf(turn.Roster[followUp.OwnerId]), turn.Now);
        await turn.ChangedAsync(followUp, "follow-up-moved", ct);
        return new(await turn.CurrentCardAsync(followUp, ct)) { About = followUp, InPlace = true };
    }

    [GeneratedRegex(@"^(?:move|push) (?<ref>f-\d+) to (?<due>.+?)[.!]?$", RegexOptions.IgnoreCase)]
    private static partial Regex Move();
}
