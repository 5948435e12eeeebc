using System.Text.RegularExpressions;
using EquityBot.Chat;
using Microsoft.EntityFrameworkCore;

namespace EquityBot.Commitments;

/// <summary>All that became of a promise: who did what when and why, with every day and every wording that it had.</summary>
public sealed partial class ShowHistory : ChatCommand
{
    const int Shown = 30;

    public override string Verb => "show-history";

    public override string Action => "read-details";

    public override string Needs => "C";

    public override bool Reads => true;

    public override IReadOnlyList<Regex> Sentences => [History()];

    public override async Task<Reply> HandleAsync(Turn turn, CancellationToken ct)
    {
        var (commitment, words) = (turn.Subject<Commitment>(), turn.Words);
        var events = turn.Db.Set<CommitmentEvent>().AsNoTracking().Where(one => one.CommitmentId == commitment.Id);
        var latest = await events.OrderByDescending(one => one.Seq).Take(Shown).ToListAsync(ct);
        var earlier = latest.Count < Shown ? 0 : await events.CountAsync(ct) - Shown;
        return new(new Card(
            words["history.title", ("reference", commitment.Ref)],
            new Words(commitment.Statement, Strong: true),
            new Bullets([.. latest.AsEnumerable().Reverse().Select(one => Line(one, turn.Reader))]),
            earlier > 0 ? new Quiet(words.Count("history.earlier", earlier)) : null,
            turn.Reader.Buttons(turn.View!, "show")))
        {
            About = commitment,
        };
    }

    static string Line(CommitmentEvent one, Reader reader)
    {
        var words = reader.Words;
        var line = words[
            words.Has($"changed.{one.What}") ? $"changed.{one.What}" : "changed",
            ("name", one.ById is { } by ? reader.Roster[by].Name : words["superseded.nobody"]), ("day", words.DayAndYear(one.At.InZone(reader.Roster.ZoneOf(reader.Person)).Date))];
        return string.Join(' ', new[]
        {
            line + ".",
            one.About is { } about ? words["history.about", ("day", reader.Day(about))] : null,
            one is { OldDue: { } old, NewDue: { } moved } ? words["history.moved", ("from", words.DayAndYear(old)), ("to", words.DayAndYear(moved))] : null,
            one.OldWords is { } before ? words["history.said", ("statement", before)] : null,
            one.Note is { } note ? words["history.note", ("note", note)] : null,
            one.Late is { } late ? words["history.late", ("reason", late)] : null,
        }.OfType<string>());
    }

    [GeneratedRegex(@"^(?:(?:show|see|tell)(?: me)? )?(?:the )?(?:history|versions?|past|changes|story)(?: of| on| to| for| behind)? (?<ref>c-\d+)[.?!]*$|^what (?:(?:has )?changed|happened|became)(?: on| to| with| of| in)? (?<ref>c-\d+)[.?!]*$", RegexOptions.IgnoreCase)]
    private static partial Regex History();
}
