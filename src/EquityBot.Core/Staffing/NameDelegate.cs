using System.Text.RegularExpressions;
using EquityBot.Chat;
using EquityBot.People;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;

namespace EquityBot.Staffing;

/// <summary>"Dana stands in for me until May 3": until then Dana sees and may do what the speaker may; while the speaker is away, Dana hears what they would hear.</summary>
public sealed partial class NameDelegate(IEnumerable<RosterPart> parts) : StaffCommand(parts)
{
    public override string Verb => "name-delegate";

    public override IReadOnlyList<Regex> Sentences => [StandsIn(), Named()];

    public override async Task<Reply> HandleAsync(Turn turn, CancellationToken ct)
    {
        if (WhyNot(turn, turn.Value("to"), out var standIn) is { } refusal)
        {
            return refusal;
        }

        var (myself, words) = (await MyselfAsync(turn, ct), turn.Words);
        var until = turn.Value("until") is { } typed ? Read(turn, typed)?.Date : myself.AwayUntil >= turn.Today ? myself.AwayUntil : null;
        if (until is not { } last)
        {
            return turn.No("delegate.until", ("name", standIn!.Name), ("most", turn.Reader.Day(turn.Today.PlusDays(Longest))));
        }

        if (turn.Roster.Find(myself.DelegateOn(turn.Today)) is { } before && before.Id != standIn!.Id)
        {
            End(turn, myself);
        }

        Name(turn, myself, standIn!, last);
        await ChangedAsync(turn, ct);
        var work = await WorkloadAsync(myself, turn, ct);
        return new(new Card(
            words["delegate.title", ("name", standIn!.Name), ("day", turn.Reader.Day(last))],
            new Words(words["delegate.may", ("name", standIn.Name)]),
            new Words(work.Open.Count == 0 ? words["away.nothing"]
                : myself.IsAwayOn(turn.Today) ? words.Count("away.go", work.Open.Count, ("name", standIn.Name))
                : words.Count("delegate.here", work.Open.Count, ("name", standIn.Name))),
            work.Answers.Count == 0 ? null : new Words(words.Count("away.answer-for", work.Answers.Count, ("list", string.Join(", ", work.Answers)), ("name", standIn.Name))),
            standIn.IsAwayOn(turn.Today) ? new Quiet(words["away.both", ("name", standIn.Name)]) : null,
            ButtonRow.Of(Button(turn.Reader, "end-delegate", words["button.end-delegate"]))))
        {
            InPlace = true,
        };
    }

    [GeneratedRegex(@"^(?!nobody )(?<to>@?[\p{L}\p{N}._'-]{1,40}(?: [\p{L}'-]{1,40})?) (?:stands|will stand|is standing) in for me(?: (?:until|till|through|to) (?<until>.{1,40}?))?[.!]?$", RegexOptions.IgnoreCase)]
    private static partial Regex StandsIn();

    [GeneratedRegex(@"^(?:my (?:delegate|stand-in) is|delegate to) (?<to>@?[\p{L}\p{N}._'-]{1,40}(?: [\p{L}'-]{1,40})?)(?: (?:until|till|through|to) (?<until>.{1,40}?))?[.!]?$", RegexOptions.IgnoreCase)]
    private static partial Regex Named();
}

/// <summary>Nobody acts for the speaker any more.</summary>
public sealed partial class EndDelegate(IEnumerable<RosterPart> parts) : StaffCommand(parts)
{
    public override string Verb => "end-delegate";

    public override IReadOnlyList<Regex> Sentences => [NoLonger()];

    public override async Task<Reply> HandleAsync(Turn turn, CancellationToken ct)
    {
        var myself = await MyselfAsync(turn, ct);
        if (turn.Roster.Find(myself.DelegateOn(turn.Today)) is not { } before)
        {
            return turn.No("delegate.none");
        }

        End(turn, myself);
        await ChangedAsync(turn, ct);
        return new(new Card(turn.Words["delegate.ended", ("name", before.Name)])) { InPlace = true };
    }

    [GeneratedRegex(@"^(?:nobody stands in for me|.{1,60} no longer stands in for me|end my (?:delegation|stand-in))(?: any ?more)?[.!]?$", RegexOptions.IgnoreCase)]
    private static partial Regex NoLonger();
}

/// <summary>Whoever was named does not stand in; whom they were to stand in for hears so and names somebody else.</summary>
public sealed class DeclineDelegate(IEnumerable<RosterPart> parts) : StaffCommand(parts)
{
    public override string Verb => "decline-delegate";

    public override async Task<Reply> HandleAsync(Turn turn, CancellationToken ct)
    {
        var id = Guid.Parse(turn.Value("owner")!);
        var owner = await turn.Db.Set<Person>().Where(one => one.Id == id).ForUpdate().SingleAsync(ct);
        if (owner.DelegateOn(turn.Today) != turn.Speaker.Id)
        {
            return turn.No("delegate.not-you", ("name", owner.Name));
        }

        (owner.DelegateId, owner.DelegateUntil, owner.DelegateById) = (null, null, null);
        StandInNotice.Tell(turn, owner, StandInNotice.Declined, owner, turn.Today);
        await ChangedAsync(turn, ct);
        return new(new Card(turn.Words["delegate.declined", ("name", owner.Name)])) { InPlace = true };
    }
}
