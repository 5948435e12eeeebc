using System.Text.RegularExpressions;
using EquityBot.Chat;
using EquityBot.Storage;
using NodaTime;

namespace EquityBot.Goals;

/// <summary>The number of a goal, typed by hand: "G-3 is at 17 %". How that leaves the goal is asked at once.</summary>
public sealed partial class ReportValue : ChatCommand
{
    public override string Verb => "report-value";

    public override string Action => "report-progress";

    public override string Needs => "G";

    public override IReadOnlyList<Regex> Sentences => [IsAt()];

    public override Offer? Offer(View view, Reader reader) => view.Subject is SmartGoal { IsRunning: true } goal
        ? new(
            reader.Words["goal.report"],
            [
                new("value", reader.Words[goal.Gap is null ? "goal.form.value" : "goal.form.value-group"], InputType.Number) { Required = true },
                .. goal.Gap is null ? Array.Empty<Input>() : [new("reference", reader.Words["goal.form.value-reference"], InputType.Number) { Required = true }],
                new("on", reader.Words["goal.form.on"], InputType.Date),
                new("note", reader.Words["form.note"], InputType.Text),
            ])
        : null;

    public override async Task<Reply> HandleAsync(Turn turn, CancellationToken ct) => await KeepAsync(turn, turn.View!, ct);

    /// <summary>Keeps the number and asks for the status.</summary>
    public static async Task<Reply> KeepAsync(Turn turn, View view, CancellationToken ct)
    {
        var (goal, record) = ((SmartGoal)view.Subject, view.Aspect<GoalRecord>()!);
        var today = turn.OwnersToday(goal);
        if (!goal.IsRunning)
        {
            return turn.No("goal.not-running", ("reference", goal.Ref));
        }

        if (GoalNumber.Read(turn.Value("value")) is not { } value)
        {
            return turn.No("goal.no-number", ("value", turn.Value("value")));
        }

        if (turn.Value("unit") is { } unit && goal.Unit is { } own && !IsUnit(GoalNumber.UnitOf(unit)!, own))
        {
            return turn.No("goal.other-unit", ("reference", goal.Ref), ("unit", own), ("said", unit));
        }

        var beside = GoalNumber.Read(turn.Value("reference"));
        if (goal.Gap is not null && beside is null)
        {
            return turn.No("goal.both-numbers", ("reference", goal.Ref), ("group", goal.Who ?? turn.Words["goal.form.who"]), ("other", goal.Reference ?? turn.Words["goal.form.against"]));
        }

        if (DayOf(turn, today) is not { } on)
        {
            return turn.No("goal.which-day", ("reference", goal.Ref), ("value", turn.Value("on")));
        }

        turn.Db.Add(turn.Reading(goal, on, value: value, reference: goal.Gap is null ? null : beside, note: turn.Value("note")));
        goal.Report(SmartCheck.Of(goal, record, today));
        await turn.ChangedAsync(goal, "value-reported", ct);
        turn.Tell(turn.Roster[goal.OwnerId], goal, GoalNews.Name, $"reported:{goal.Version}", facts: GoalNews.Facts("reported", turn.Speaker));
        await turn.Db.SaveChangesAsync(ct);
        var now = await turn.Subjects.ViewAsync(turn.Db, goal, ct);
        return new(Asking(now, turn.Reader)) { About = goal, InPlace = true };
    }

    /// <summary>What the number means, and one tap on how that leaves the goal.</summary>
    static Card Asking(View view, Reader reader)
    {
        var (goal, record) = ((SmartGoal)view.Subject, view.Aspect<GoalRecord>()!);
        var words = reader.Words;
        return new(
            words["goal.noted", ("reference", goal.Ref), ("said", GoalFacts.Said(goal, record.Latest!, words)), ("day", reader.Day(record.Latest!.On))],
            new Words(goal.Statement, Strong: true),
            new Facts(GoalFacts.FromTo(goal, reader)),
            GoalCard.Way(goal, record, reader),
            GoalCard.Warned(goal, record, words),
            record.Reached(goal) ? new Words(words["goal.reached", ("reference", goal.Ref)]) : null,
            GoalCard.Question(view, reader),
            ButtonRow.Of([
                .. GoalCard.StatusButtons(view, reader),
                reader.Button(view, "close-goal"),
                reader.Catalogue.Command("undo-goal").ButtonFor(goal, UndoGoal.On(reader)),
                reader.Catalogue.Command("show").ButtonFor(goal, new Offer(words["button.show"])),
            ]));
    }

    /// <summary>A gap in percent is said in points, and its numbers in percent.</summary>
    static bool IsUnit(string said, string own) => said.Equals(own, StringComparison.OrdinalIgnoreCase) || (said, own) is ("%", "points") or ("points", "%") or ("%", "times");

    /// <summary>The day that the number is of: today unless an earlier one is named. Null for one that cannot be read or is still to come.</summary>
    static LocalDate? DayOf(Turn turn, LocalDate today)
    {
        if (turn.Value("on") is not { } typed)
        {
            return today;
        }

        // "March 6" said on March 12 is the one that has passed.
        return Dates.Read(typed, turn.Today) is { } read && (read <= today ? read : read.PlusYears(-1)) is var day && day <= today ? day : null;
    }

    [GeneratedRegex(
        @"^(?:report )?(?<ref>g-\d+)[:,]? (?:(?:is|are|was|now|at|down|up|to|stands) ){0,4}\$?(?<value>" + GoalNumber.Digits + @") ?(?<unit>" + GoalNumber.Unit + @")?(?: (?:vs\.?|versus|against) \$?(?<reference>" + GoalNumber.Digits + @") ?(?:" + GoalNumber.Unit
        + @")?)?(?:,? (?:as of|on) (?<on>[^:,]{1,40}))?(?:[:,] ?(?<note>.+))?[.!]?$", RegexOptions.IgnoreCase)]
    private static partial Regex IsAt();
}
