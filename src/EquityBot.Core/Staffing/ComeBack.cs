using System.Text.RegularExpressions;
using EquityBot.Chat;
using EquityBot.People;

namespace EquityBot.Staffing;

/// <summary>"I'm back": an absence ends before its day, or one that has not begun is taken back.</summary>
public sealed partial class ComeBack(IEnumerable<RosterPart> parts) : StaffCommand(parts)
{
    public override string Verb => "come-back";

    public override IReadOnlyList<Regex> Sentences => [Back()];

    public override async Task<Reply> HandleAsync(Turn turn, CancellationToken ct)
    {
        var (myself, words) = (await MyselfAsync(turn, ct), turn.Words);
        if (myself.AwayUntil is not { } until || until < turn.Today)
        {
            return turn.No("back.not-away");
        }

        var hadBegun = myself.IsAwayOn(turn.Today);
        if (myself.DelegateById is not null && myself.DelegateUntil == until)
        {
            // They were to act for the time of the absence.
            End(turn, myself);
        }

        (myself.AwayFrom, myself.AwayUntil) = (null, null);
        await ChangedAsync(turn, ct);
        var work = await WorkloadAsync(myself, turn, ct);
        var past = work.Open.Count(one => one.Due < turn.Today);
        return new(new Card(
            words[hadBegun ? "back.title" : "back.not-going"],
            new Words(work.Open.Count == 0 ? words["away.nothing"] : words.Count("back.open", work.Open.Count)),
            past == 0 ? null : new Words(words.Count("back.past", past)),
            work.Answers.Count == 0 ? null : new Words(words.Count("back.answer", work.Answers.Count, ("list", string.Join(", ", work.Answers)))),
            StillActing(turn, myself),
            ButtonRow.Of(
                work.Open.Count == 0 ? null : Button(turn.Reader, "show-mine", words["button.show-mine"]),
                past == 0 ? null : Button(turn.Reader, "show-overdue", words["button.show-overdue"]),
                StillActing(turn, myself) is null ? null : Button(turn.Reader, "end-delegate", words["button.end-delegate"]))))
        {
            InPlace = true,
        };
    }

    static Quiet? StillActing(Turn turn, Person myself) => myself.DelegateUntil is { } until && turn.Roster.Find(myself.DelegateOn(turn.Today)) is { } acting
        ? new(turn.Words["delegate.still", ("name", acting.Name), ("day", turn.Reader.Day(until))])
        : null;

    [GeneratedRegex(@"^(?:(?:i'm|i am) )?back(?: again| early| at work| in (?:the )?office)?[.!]?$", RegexOptions.IgnoreCase)]
    private static partial Regex Back();
}
