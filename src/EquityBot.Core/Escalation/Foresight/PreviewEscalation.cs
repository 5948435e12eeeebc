using System.Text.RegularExpressions;
using EquityBot.Chat;
using EquityBot.Commitments;
using EquityBot.People;
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
        var department = Naming.Department(roster, named ?? "").One;
        if (subject is null && department is null && named is not null && !Quarter().IsMatch(named))
        {
            return turn.No("preview.whose");
        }

        if (ScopeOf(subject, department) is not { } scope)
        {
            return turn.No("preview.whose");
        }

        var until = Until(subject, roster.TodayAt(turn.Now));
        var preview = await Preview.OfAsync(turn.Db, actions, scope, roster, turn.Now, roster.Zone.AtStartOfDay(until.PlusDays(1)).ToInstant(), null, ct);
        return new(new Card(words["preview.title", ("scope", subject?.Ref ?? department?.Name ?? words["preview.everything"])], [.. Blocks(preview, until, reader)])) { About = subject };
    }

    /// <summary>What is run ahead: a promise, a case, a department, or with neither everything; null for a subject that nobody escalates.</summary>
    public static PreviewScope? ScopeOf(ISubject? subject, Department? department) => subject switch
    {
        Commitment commitment => new(CommitmentId: commitment.Id),
        EscalationCase @case => new(CaseId: @case.Id),
        null => new(DepartmentId: department?.Id),
        _ => null,
    };

    /// <summary>The last day that is looked at: one thing's whole walk, else the quarter's end.</summary>
    public static LocalDate Until(ISubject? subject, LocalDate today) => subject is null ? QuarterEnd(today) : today.PlusDays(Preview.Furthest);

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
            [.. Bundles(preview, reader).Take(RowsShown)]);
        if (Bundles(preview, reader).Count() - RowsShown is > 0 and var more)
        {
            yield return new Quiet(words["preview.more", ("count", more)]);
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

    /// <summary>A row for everything that reaches somebody in one message: when, who, what.</summary>
    public static IEnumerable<IReadOnlyList<string>> Bundles(Preview preview, Reader reader) => preview.Messages.GroupBy(one => (one.At, one.RecipientId))
        .Select(bundle => (IReadOnlyList<string>)[At(bundle.First(), reader), reader.Roster[bundle.Key.RecipientId].Name, string.Join(" · ", bundle.GroupBy(one => (one.Trigger, one.To)).Select(same => What([.. same], reader)))]);

    /// <summary>The day and hour where the recipient is.</summary>
    static string At(Foreseen one, Reader reader)
    {
        var local = one.At.InZone(reader.Roster.ZoneOf(reader.Roster[one.RecipientId]));
        return reader.Words["preview.at", ("day", reader.Day(one.On)), ("time", local.TimeOfDay.ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture))];
    }

    /// <summary>Messages of one kind in one bundle.</summary>
    static string What(IReadOnlyList<Foreseen> same, Reader reader)
    {
        var (first, references) = (same[0], string.Join(", ", same.Select(one => one.About)));
        return first.Trigger == StepNotice.Name
            ? reader.Words["preview.step", ("reference", references), ("role", reader.Words[$"role.{(first.To.StartsWith(EscalationStep.PersonPrefix, StringComparison.Ordinal) ? "person" : first.To)}"])]
            : reader.Words[$"preview.{first.Trigger}", ("reference", references)];
    }

    [GeneratedRegex(@"^(?:preview (?<ref>[ce]-\d+)|(?:what happens|who (?:hears|is told|will be told|gets told|would hear))(?: about it)? (?:if|when) (?<ref>[ce]-\d+) (?:is|gets|slips|goes)(?: missed| late| overdue)?|what happens next (?:with|on|to) (?<ref>[ce]-\d+))[.?!]*$", RegexOptions.IgnoreCase)]
    private static partial Regex OfOne();

    [GeneratedRegex(@"^preview(?: (?<scope>.+?))?[.?]?$", RegexOptions.IgnoreCase)]
    private static partial Regex OfSeveral();

    [GeneratedRegex("^(?:everything|all|(?:the |this )?quarter)$", RegexOptions.IgnoreCase)]
    private static partial Regex Quarter();
}
