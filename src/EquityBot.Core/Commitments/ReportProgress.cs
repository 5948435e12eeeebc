using System.Text.RegularExpressions;
using EquityBot.Chat;
using NodaTime;

namespace EquityBot.Commitments;

/// <summary>How it goes, in one word and a line of text.</summary>
public sealed partial class ReportProgress : ChatCommand
{
    static readonly string[] Statuses = ["on-track", "at-risk", "off-track"];

    public override string Verb => "report-progress";

    public override string Action => "report-progress";

    public override string Needs => "C";

    public override IReadOnlyList<Regex> Sentences => [Progress()];

    public override Offer? Offer(View view, Reader reader) => CanReport(view.Subject)
        ? new(
            reader.Words["button.report-progress"],
            new("status", reader.Words["form.status"], InputType.Choice) { Required = true, Choices = [.. Statuses.Select(status => new Choice(reader.Words[$"progress.{status}"], status))] },
            new("note", reader.Words["form.note"], InputType.Text) { Required = true },
            new("evidence", reader.Words["form.evidence"], InputType.Text))
        : null;

    static bool CanReport(ISubject subject) => subject is Commitment { IsRunning: true } or Commitment { Status: CommitmentStatus.Missed };

    public override async Task<Reply> HandleAsync(Turn turn, CancellationToken ct)
    {
        var commitment = turn.Subject<Commitment>();
        if (!CanReport(commitment))
        {
            return turn.No("progress.not-open", ("reference", commitment.Ref));
        }

        var word = (turn.Value("status") ?? "on-track").ToLowerInvariant().Replace(' ', '-');
        if (!Statuses.Contains(word))
        {
            return turn.No("progress.no-such-status", ("value", turn.Value("status")));
        }

        var status = Enum.Parse<ProgressStatus>(word.Replace("-", "", StringComparison.Ordinal), ignoreCase: true);
        var (note, evidence, today) = (turn.Value("note"), turn.Value("evidence"), turn.OwnersToday(commitment));
        if (DayOf(turn, today) is not { } about || about < commitment.AcceptedAt!.Value.InZone(turn.Roster.ZoneOf(turn.Roster[commitment.OwnerId])).Date)
        {
            return turn.No("progress.which-day", ("reference", commitment.Ref), ("value", turn.Value("on")));
        }

        commitment.Report(status, note, evidence, turn.Speaker.Id, about, turn.Now);
        turn.Record(commitment, "progress-reported", note ?? evidence, status, about: about < today ? about : null);
        await turn.ChangedAsync(commitment, "progress-reported", ct);
        turn.Tell(turn.Roster[commitment.OwnerId], commitment, CommitmentNews.Name, $"reported:{commitment.Version}", facts: CommitmentNews.Facts("reported", turn.Speaker, note));
        return await turn.CurrentAsync(commitment, turn.Words["progress.done", ("reference", commitment.Ref)], ct);
    }

    /// <summary>The day that the report is about: today unless an earlier one is named. Null for one that cannot be read or is still to come.</summary>
    static LocalDate? DayOf(Turn turn, LocalDate today)
    {
        if (turn.Value("on") is not { } typed)
        {
            return today;
        }

        // "March 6" said on March 12 is the one that has passed.
        return Dates.Read(typed, turn.Today) is { } read && (read <= today ? read : read.PlusYears(-1)) is var day && day <= today ? day : null;
    }

    [GeneratedRegex(@"^(?:(?:report )?progress(?: on)? (?<ref>c-\d+)|(?<ref>c-\d+) progress)[:,]? ?(?<status>on[ -]track|at[ -]risk|off[ -]track)?(?:,? as of (?<on>[^:,]{1,40}))?[:,.]? ?(?<note>.+)?$", RegexOptions.IgnoreCase)]
    private static partial Regex Progress();
}
