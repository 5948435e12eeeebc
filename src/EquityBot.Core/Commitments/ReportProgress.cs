using System.Text.RegularExpressions;
using EquityBot.Chat;

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
        var (note, evidence) = (turn.Value("note"), turn.Value("evidence"));
        commitment.Report(status, note, evidence, turn.Speaker.Id, turn.Now);
        turn.Record(commitment, "progress-reported", note ?? evidence, status);
        await turn.ChangedAsync(commitment, "progress-reported", ct);
        return await turn.CurrentAsync(commitment, turn.Words["progress.done", ("reference", commitment.Ref)], ct);
    }

    [GeneratedRegex(@"^(?:(?:report )?progress(?: on)? (?<ref>c-\d+)|(?<ref>c-\d+) progress)[:,]? ?(?<status>on[ -]track|at[ -]risk|off[ -]track)?[:,.]? ?(?<note>.+)?$", RegexOptions.IgnoreCase)]
    private static partial Regex Progress();
}
