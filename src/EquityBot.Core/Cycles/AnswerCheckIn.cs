using System.Text.RegularExpressions;
using EquityBot.Chat;
using EquityBot.Commitments;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;

namespace EquityBot.Cycles;

/// <summary>It goes as it went: the shortest check-in there is.</summary>
public sealed partial class NoChange : ChatCommand
{
    public override string Verb => "no-change";

    public override string Action => "report-progress";

    public override string Needs => "C";

    public override IReadOnlyList<Regex> Sentences => [Same()];

    public override Regex? Hint => Hinted();

    public override Offer? Offer(View view, Reader reader) =>
        view.Subject is Commitment { IsRunning: true } && view.Aspect<CheckIn>() is { Status: CheckInStatus.Asked or CheckInStatus.Missed } ? new(reader.Words["button.no-change"]) : null;

    public override async Task<Reply> HandleAsync(Turn turn, CancellationToken ct)
    {
        var commitment = turn.Subject<Commitment>();
        if (!commitment.IsRunning)
        {
            return turn.No("no-change.not-running", ("reference", commitment.Ref));
        }

        var status = commitment.Status == CommitmentStatus.AtRisk ? ProgressStatus.AtRisk : ProgressStatus.OnTrack;
        commitment.Report(status, turn.Value("note"), null, turn.Speaker.Id, turn.Roster.TodayOf(turn.Roster[commitment.OwnerId], turn.Now), turn.Now);
        turn.Record(commitment, "progress-reported", turn.Value("note"), status);
        await turn.ChangedAsync(commitment, "progress-reported", ct);
        return new(new Card(
            turn.Words["no-change.done", ("reference", commitment.Ref)],
            new Words(commitment.Statement, Strong: true),
            turn.Reader.Buttons(turn.View!, "show")))
        {
            About = commitment,
            InPlace = true,
        };
    }

    [GeneratedRegex(@"^(?:(?:no (?:change|changes|news|update|updates)|nothing (?:new|changed|to report)|unchanged|(?:the )?same(?: as (?:before|last (?:week|month|time|quarter)))?|all the same)(?: on| for| with| about| in| since last time on)? (?<ref>c-\d+)|(?<ref>c-\d+)(?:'s|:|,| is| has| stays| remains)?(?: still)? (?:no (?:change|changes|news|update|updates)|nothing (?:new|changed|to report)|unchanged|(?:the )?same(?: as (?:before|last (?:week|month|time|quarter)))?|all the same)(?: so far| yet)?)(?:[,;.:-]? (?<note>[^?\s.!].*))?[.!]*$", RegexOptions.IgnoreCase)]
    private static partial Regex Same();

    [GeneratedRegex(@"\b(?:no (?:change|update|news)|nothing (?:new|to report)|(?:still )?the same|hasn't (?:moved|changed)|unchanged)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Hinted();
}

/// <summary>Not now: the check-in comes again two working days later, twice at most and only within its period.</summary>
public sealed partial class SnoozeCheckIn : ChatCommand
{
    public override string Verb => "snooze-check-in";

    public override string Action => "snooze";

    public override string Needs => "C";

    public override IReadOnlyList<Regex> Sentences => [Snooze()];

    public override Regex? Hint => Hinted();

    public override Offer? Offer(View view, Reader reader) =>
        view.Subject is Commitment { IsRunning: true } commitment && view.Aspect<CheckIn>() is { Status: CheckInStatus.Asked, Snoozes: < CheckIn.SnoozeLimit } checkIn && Until(commitment, checkIn, reader) <= checkIn.EndsOn
            ? new(reader.Words["button.snooze"])
            : null;

    static NodaTime.LocalDate Until(Commitment commitment, CheckIn checkIn, Reader reader) =>
        reader.Roster.CalendarOf(reader.Roster[commitment.OwnerId]).Add(reader.Roster.TodayOf(reader.Roster[commitment.OwnerId], reader.Now), CheckIn.SnoozeDays);

    public override async Task<Reply> HandleAsync(Turn turn, CancellationToken ct)
    {
        var commitment = turn.Subject<Commitment>();
        var checkIn = await turn.Db.Set<CheckIn>().Where(one => one.CommitmentId == commitment.Id && one.Status == CheckInStatus.Asked).ForUpdate().SingleOrDefaultAsync(ct);
        if (checkIn is null || !commitment.IsRunning)
        {
            return turn.No("snooze.nothing", ("reference", commitment.Ref));
        }

        var until = Until(commitment, checkIn, turn.Reader);
        if (checkIn.Snoozes >= CheckIn.SnoozeLimit || until > checkIn.EndsOn)
        {
            return turn.No("snooze.spent", ("reference", commitment.Ref), ("day", turn.Reader.Day(checkIn.EndsOn)));
        }

        checkIn.Snooze(until, turn.Now);
        turn.Record(commitment, "check-in-snoozed");
        return new(new Card(
            turn.Words["snooze.done", ("reference", commitment.Ref), ("day", turn.Reader.Day(until))],
            new Words(commitment.Statement, Strong: true),
            new Quiet(turn.Words["snooze.left", ("left", CheckIn.SnoozeLimit - checkIn.Snoozes), ("limit", CheckIn.SnoozeLimit)]),
            turn.Reader.Buttons(turn.View!, "show")))
        {
            About = commitment,
            InPlace = true,
        };
    }

    [GeneratedRegex(@"^(?:snooze(?: the (?:reminder|check-in))?(?: for| of| about)?|not now,?|(?:remind|ask) me (?:later|again|tomorrow|next week|in a (?:few days|week)|another time)(?: about| of)?)(?: the)? (?<ref>c-\d+)(?: check-?in| reminder)?(?: for [^,]{1,20}| until [^,]{1,20})?(?:[,;.] .*)?[.!]*$|^(?:(?:remind|ask) me (?:about|of) )?(?<ref>c-\d+):? (?:(?:again )?(?:later|tomorrow|next week|in (?:a )?(?:few|couple(?: of)?|two|three) days|in a week|another time)|again|not now|snooze)(?:[,;.] .*)?[.!]*$", RegexOptions.IgnoreCase)]
    private static partial Regex Snooze();

    [GeneratedRegex(@"\b(?:snooze|again (?:later|tomorrow)|ask me|remind me)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Hinted();
}
