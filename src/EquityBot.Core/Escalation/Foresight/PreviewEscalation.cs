using System.Text.RegularExpressions;
using EquityBot.Chat;
using EquityBot.Commitments;
using NodaTime;

namespace EquityBot.Escalation;

/// <summary>Who would hear what, and when, if nobody did anything: for one promise or case, one department, or everything until the quarter ends.</summary>
public sealed partial class PreviewEscalation(IEnumerable<IEscalationAction> actions) : ChatCommand
{
    const int RowsShown = 20;

    readonly Dictionary<string, IEscalationAction> actions = actions.ToDictionary(action => action.Kind);

    public override string Verb => "preview-escalation";

    public override string Action => "preview";

    public override bool Reads => true;

    public override IReadOnlyList<Regex> Sentences => [OfOne(), OfSeveral()];

    /// <summary>On the case's own card; on a promise's card it would be one button too many, and saying it is enough.</summary>
    public override Offer? Offer(View view, Reader reader) => view.Subject is EscalationCase { IsOpen: true } ? new(reader.Words["button.preview"]) : null;

    public override async Task<Reply> HandleAsync(Turn turn, CancellationToken ct)
    {
        var (words, reader, roster) = (turn.Words, turn.Reader, turn.Roster);
        var subject = turn.View?.Subject;
        var named = turn.Value("scope");
        var department = roster.Departments.FirstOrDefault(one => one.Name.Equals(named, StringComparison.OrdinalIgnoreCase));
        if (subject is null && department is null && named is not null && !Quarter().IsMatch(named))
        {
            return turn.No("preview.whose");
        }

        if (subject is not (null or Commitment or EscalationCase))
        {
            return turn.No("preview.whose");
        }

        var scope = subject switch
        {
            Commitment commitment => new PreviewScope(CommitmentId: commitment.Id),
            EscalationCase @case => new PreviewScope(CaseId: @case.Id),
            _ => new PreviewScope(DepartmentId: department?.Id),
        };
        var today = roster.TodayAt(turn.Now);
        var until = subject is null ? QuarterEnd(today) : today.PlusDays(Preview.Furthest);
        var preview = await Preview.OfAsync(turn.Db, actions, scope, roster, turn.Now, roster.Zone.AtStartOfDay(until.PlusDays(1)).ToInstant(), null, ct);
        return new(new Card(words["preview.title", ("scope", subject?.Ref ?? department?.Name ?? words["preview.everything"])], [.. Blocks(preview, until, reader)])) { About = subject };
    }

    /// <summary>The last day of the calendar quarter; of the next one in the quarter's last two weeks.</summary>
    public static LocalDate QuarterEnd(LocalDate day)
    {
        var end = new LocalDate(day.Year, (((day.Month - 1) / 3) * 3) + 1, 1).PlusMonths(3).PlusDays(-1);
        return Period.DaysBetween(day, end) >= 14 ? end : end.PlusDays(1).PlusMonths(3).PlusDays(-1);
    }

    /// <summary>The timeline, the steps that find nobody, and the heaviest mornings.</summary>
    public static IEnumerable<Block> Blocks(Preview preview, LocalDate until, Reader reader)
    {
        var words = reader.Words;
        yield return new Quiet(words["preview.until", ("day", reader.Day(until))]);
        if (preview.Messages.Count == 0)
        {
            yield return new Words(words["preview.nothing"]);
            yield break;
        }

        yield return new Table(
            [words["preview.day"], words["preview.who"], words["preview.what"]],
            [.. preview.Messages.Take(RowsShown).Select(one => (IReadOnlyList<string>)[At(one, reader), reader.Roster[one.RecipientId].Name, What(one, reader)])]);
        if (preview.Messages.Count > RowsShown)
        {
            yield return new Quiet(words["preview.more", ("count", preview.Messages.Count - RowsShown)]);
        }

        foreach (var gap in preview.Gaps.Take(5))
        {
            yield return new Banner(words["preview.gap", ("day", reader.Day(gap.On)), ("reference", gap.About), ("step", gap.Step)], Mood.AtRisk);
        }

        if (preview.Load is { Count: > 0 } load)
        {
            yield return new Words(words["preview.load"], Strong: true);
            yield return new Bullets([.. load.Take(5).Select(one => words["preview.load-line", ("name", reader.Roster[one.Person].Name), ("count", one.Count), ("day", reader.Day(one.On))])]);
        }
    }

    /// <summary>The day and hour where the recipient is.</summary>
    public static string At(Foreseen one, Reader reader)
    {
        var local = one.At.InZone(reader.Roster.ZoneOf(reader.Roster[one.RecipientId]));
        return reader.Words["preview.at", ("day", reader.Day(one.On)), ("time", local.TimeOfDay.ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture))];
    }

    public static string What(Foreseen one, Reader reader) => one.Trigger == StepNotice.Name
        ? reader.Words["preview.step", ("reference", one.About), ("role", reader.Words[$"role.{(one.To.StartsWith(EscalationStep.PersonPrefix, StringComparison.Ordinal) ? "person" : one.To)}"])]
        : reader.Words[$"preview.{one.Trigger}", ("reference", one.About)];

    [GeneratedRegex(@"^preview (?<ref>[ce]-\d+)$", RegexOptions.IgnoreCase)]
    private static partial Regex OfOne();

    [GeneratedRegex(@"^preview(?: (?<scope>.+?))?[.?]?$", RegexOptions.IgnoreCase)]
    private static partial Regex OfSeveral();

    [GeneratedRegex("^(?:everything|all|(?:the |this )?quarter)$", RegexOptions.IgnoreCase)]
    private static partial Regex Quarter();
}
