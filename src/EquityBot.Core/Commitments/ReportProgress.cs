using System.Text.RegularExpressions;
using EquityBot.Chat;
using NodaTime;
using NodaTime.Text;

namespace EquityBot.Commitments;

/// <summary>How it goes, in one word and a line of text.</summary>
public sealed partial class ReportProgress : ChatCommand
{
    const string OnTrack = "on[ -]track|on (?:plan|schedule)|as planned|(?:going |doing |progressing |coming along )(?:well|fine|great|nicely|smoothly)|(?:looks|looking) good|all good|fine|green|ahead(?: of (?:schedule|plan))?";
    const string AtRisk = "at[ -]risk|slow(?:er than planned)?|slipping|shaky|tight|yellow|amber|struggling|(?:a (?:bit|little)|slightly|somewhat) (?:behind|late|delayed)";
    const string OffTrack = "off[ -]track|(?:far |well )?behind(?: schedule| plan)?|late|delayed|red|not going well|going badly|in trouble";
    const string Rest = @"(?:,? as of (?<on>[^:,]{1,40}))?[:,.;-]*(?: -)? ?(?:because |since |but |and )?(?<note>[^?\s.!].*?)?(?:[,;.] ?(?:entered )?late because (?<late>.+?))?[.!]*$";

    static readonly string[] Statuses = ["on-track", "at-risk", "off-track"];

    public override string Verb => "report-progress";

    public override string Action => "report-progress";

    public override string Needs => "C";

    public override IReadOnlyList<Regex> Sentences => [Progress(), Standing()];

    public override Regex? Hint => Hinted();

    public override IReadOnlyDictionary<string, string>? Filled(string said, Reader reader) =>
        new Dictionary<string, string> { ["status"] = AnyOffTrack().IsMatch(said) ? "off-track" : AnyAtRisk().IsMatch(said) ? "at-risk" : "on-track", ["note"] = said };

    public override IReadOnlyList<Regex> LooseSentences => [Note()];

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

        if (StatusOf(turn.Value("status")) is not { } status)
        {
            return turn.No("progress.no-such-status", ("value", turn.Value("status")));
        }

        var (note, evidence, today) = (turn.Value("note"), turn.Value("evidence"), turn.OwnersToday(commitment));
        if (DayOf(turn, today) is not { } about || about < commitment.AcceptedAt!.Value.InZone(turn.Roster.ZoneOf(turn.Roster[commitment.OwnerId])).Date)
        {
            return turn.No("progress.which-day", ("reference", commitment.Ref), ("value", turn.Value("on")));
        }

        if (about < today && turn.Value("late") is null)
        {
            return WhyLate(turn, commitment, about);
        }

        commitment.Report(status, note, evidence, turn.Speaker.Id, about, turn.Now);
        turn.Record(commitment, "progress-reported", note ?? evidence, status, about: about < today ? about : null, late: about < today ? turn.Value("late") : null);
        await turn.ChangedAsync(commitment, "progress-reported", ct);
        turn.Tell(turn.Roster[commitment.OwnerId], commitment, CommitmentNews.Name, $"reported:{commitment.Version}", facts: CommitmentNews.Facts("reported", turn.Speaker, note));
        return await turn.CurrentAsync(commitment, turn.Words["progress.done", ("reference", commitment.Ref)], ct);
    }

    /// <summary>An entry about a day that has passed says why it comes only now: one tap, or a few words. Nothing is kept before.</summary>
    Reply WhyLate(Turn turn, Commitment commitment, LocalDate about)
    {
        var given = turn.Values.Where(value => value.Key is "status" or "note" or "evidence").Append(new("on", LocalDatePattern.Iso.Format(about))).ToDictionary();
        return new(new Card(
            turn.Words["progress.why-late", ("day", turn.Reader.Day(about))],
            turn.Value("note") is { } note ? new Quote(note, turn.Speaker.Name) : null,
            ButtonRow.Of(
            [
                .. turn.Words["progress.late-reasons"].Split('|').Select((reason, place) => ButtonFor(commitment, new Offer(reason) { Values = given.Append(new("late", reason)).ToDictionary() }) with { Primary = place == 0 }),
                ButtonFor(commitment, new Offer(turn.Words["button.other-reason"], new Input("late", turn.Words["form.late"], InputType.Text) { Required = true }) { Values = given }),
            ])))
        {
            Refused = true,
            About = commitment,
        };
    }

    /// <summary>As chosen on a card or as people say it; what says nothing of it goes as promised.</summary>
    static ProgressStatus? StatusOf(string? said) =>
        said is null || AsPromised().IsMatch(said) ? ProgressStatus.OnTrack : InDoubt().IsMatch(said) ? ProgressStatus.AtRisk : Behind().IsMatch(said) ? ProgressStatus.OffTrack : null;

    /// <summary>The day that the report is about: today unless an earlier one is named. Null for one that cannot be read or is still to come.</summary>
    static LocalDate? DayOf(Turn turn, LocalDate today)
    {
        if (turn.Value("on") is not { } typed)
        {
            return today;
        }

        // "March 6" said on March 12 is the one that has passed.
        return Dates.Read(typed, turn.Reckoning) is { } read && (read <= today ? read : read.PlusYears(-1)) is var day && day <= today ? day : null;
    }

    [GeneratedRegex($@"^(?:(?:report |log |quick |short |small |brief )?(?:progress|update)(?: report| update)?(?: on| for| about)?:? (?<ref>c-\d+)|(?<ref>c-\d+) (?:progress|update))(?![\w?])[:,-]? ?(?<status>{OnTrack}|{AtRisk}|{OffTrack})?(?![\w]){Rest}", RegexOptions.IgnoreCase)]
    private static partial Regex Progress();

    [GeneratedRegex($@"^(?:(?:set|mark|flag|put|change) (?<ref>c-\d+)(?: to| as| at)?|(?<ref>c-\d+)(?:'s|:)?(?: is| are| looks?| remains| stays| runs| goes)?(?: still| now| currently| quite| very)?) (?<status>{OnTrack}|{AtRisk}|{OffTrack})(?![\w?]){Rest}", RegexOptions.IgnoreCase)]
    private static partial Regex Standing();

    [GeneratedRegex(@"^(?<ref>c-\d+)(?: ?[:,-] ?(?<note>[^?\s.!,:-][^?]{2,})| (?<note>(?:(?:is|now|we're|we are|is now) at|at|has|have|reached|we have|we've|i've|about|roughly|some|(?:is )?(?:almost|nearly|half))(?![\w-])[^?]{2,}|\d[^?]{1,}))$", RegexOptions.IgnoreCase)]
    private static partial Regex Note();

    [GeneratedRegex($"^(?:{OnTrack})$", RegexOptions.IgnoreCase)]
    private static partial Regex AsPromised();

    [GeneratedRegex($"^(?:{AtRisk})$", RegexOptions.IgnoreCase)]
    private static partial Regex InDoubt();

    [GeneratedRegex($"^(?:{OffTrack})$", RegexOptions.IgnoreCase)]
    private static partial Regex Behind();

    [GeneratedRegex(@"^(?=(?:\S+ ){3})\S(?!.*\?$)", RegexOptions.IgnoreCase)]
    private static partial Regex Hinted();

    [GeneratedRegex($@"\b(?:{AtRisk})\b", RegexOptions.IgnoreCase)]
    private static partial Regex AnyAtRisk();

    [GeneratedRegex($@"\b(?:{OffTrack})\b", RegexOptions.IgnoreCase)]
    private static partial Regex AnyOffTrack();
}
