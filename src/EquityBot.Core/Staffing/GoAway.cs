using System.Globalization;
using System.Text.RegularExpressions;
using EquityBot.Chat;
using EquityBot.Commitments;
using EquityBot.People;
using NodaTime;
using NodaTime.Text;

namespace EquityBot.Staffing;

/// <summary>
/// "I'm away from March 3 to March 14": what rests meanwhile, what goes to whoever stands in, and what does not wait. It ends by itself; why somebody is away is nobody's to ask.
/// </summary>
public sealed partial class GoAway(IEnumerable<RosterPart> parts) : StaffCommand(parts)
{
    const int Listed = 5;

    /// <summary>How long ago an absence may have begun that somebody tells of now, in days.</summary>
    const int Begun = 92;

    public override string Verb => "go-away";

    public override IReadOnlyList<Regex> Sentences => [Away(), OneDay()];

    public override async Task<Reply> HandleAsync(Turn turn, CancellationToken ct)
    {
        if (Period(turn) is not var (from, until, other))
        {
            return turn.No("away.until", ("most", turn.Reader.Day(turn.Today.PlusDays(Longest))));
        }

        Person? standIn = null;
        if (turn.Value("to") is { } named && WhyNot(turn, named, out standIn) is { } refusal)
        {
            return refusal;
        }

        var myself = await MyselfAsync(turn, ct);
        if (myself.IsAwayOn(turn.Today) && from > turn.Today)
        {
            return turn.No("away.one-at-a-time", ("day", turn.Reader.Day(myself.AwayUntil!.Value)));
        }

        (myself.AwayFrom, myself.AwayUntil) = (from > turn.Today ? from : null, until);
        if (standIn is not null)
        {
            Name(turn, myself, standIn, until);
        }

        await ChangedAsync(turn, ct);
        var acting = turn.Roster.Find(myself.DelegateOn(from));
        return new(Card(turn.Reader, await WorkloadAsync(myself, turn, ct), acting, from, until, other)) { InPlace = true };
    }

    /// <summary>The days away, and the other day that the words for the last one may mean.</summary>
    static (LocalDate From, LocalDate Until, LocalDate? Other)? Period(Turn turn)
    {
        var from = turn.Value("from") is { } first ? Dates.Read(first, turn.Reckoning) : turn.Value("day") is { } day ? Read(turn, day)?.Date : turn.Today;
        if (from is not { } begins || (turn.Value("day") ?? turn.Value("until")) is not { } last)
        {
            return null;
        }

        // "March 3 to 14" leaves the second month out.
        var named = int.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= begins.Day && number <= begins.Calendar.GetDaysInMonth(begins.Year, begins.Month)
            ? Read(turn, LocalDatePattern.Iso.Format(new LocalDate(begins.Year, begins.Month, number)))
            : Read(turn, last);
        if (named is not var (until, other))
        {
            return null;
        }

        // Said in the middle of it, "from March 3" is not next year's.
        begins = begins > until && begins.PlusYears(-1) >= turn.Today.PlusDays(-Begun) ? begins.PlusYears(-1) : begins;
        return begins <= until ? (LocalDate.Max(begins, turn.Today), until, other) : null;
    }

    static Card Card(Reader reader, Workload work, Person? acting, LocalDate from, LocalDate until, LocalDate? other)
    {
        var (words, due) = (reader.Words, work.DueWithin(from, until));
        var back = until.PlusDays(1);
        return new(
            from > reader.Today ? words["away.title-from", ("from", reader.Day(from)), ("until", reader.Day(until))] : words["away.title", ("until", reader.Day(until))],
            new Words(work.Open.Count == 0 ? words["away.nothing"] : acting is null ? words.Count("away.rest", work.Open.Count) : words.Count("away.go", work.Open.Count, ("name", acting.Name))),
            due.Count == 0 ? work.Open.Count == 0 ? null : new Words(words["away.none-due"])
                : new Words(words.Count("away.due", due.Count, ("list", string.Join(", ", due.Take(Listed).Select(one => words["away.due-item", ("reference", one.Ref), ("day", reader.DueDay(one.Due!.Value, one.OwnerId))]))))),
            due.Count > 0 && acting is null ? new Quiet(words["away.cover"]) : null,
            work.Answers.Count == 0 ? null : new Words(words.Count(acting is null ? "away.answer" : "away.answer-for", work.Answers.Count, ("list", string.Join(", ", work.Answers.Take(Listed))), ("name", acting?.Name))),
            acting is not null && acting.IsAbsentOn(from) ? new Quiet(words["away.both", ("name", acting.Name)]) : null,
            new Quiet(words["away.ends", ("day", reader.Day(back))]),
            Buttons(reader, acting, from, until, other));
    }

    static ButtonRow Buttons(Reader reader, Person? acting, LocalDate from, LocalDate until, LocalDate? other)
    {
        var words = reader.Words;
        return new(
        [
            .. acting is null ? new[] { Button(reader, "name-delegate", words["button.name-delegate"], new Dictionary<string, string> { ["until"] = LocalDatePattern.Iso.Format(until) }, StandIns(reader)) with { Primary = true } } : [],
            .. other is { } meant ? new[] { Until(reader, from, meant, words["button.away-until", ("day", reader.Day(meant))]) } : [],
            .. until > from ? new[] { Until(reader, from, until.PlusDays(-1), words["button.back-on", ("day", reader.Day(until))]) } : [],
            Button(reader, "come-back", words[from > reader.Today ? "button.not-away" : "button.back"]),
        ]);
    }

    static Button Until(Reader reader, LocalDate from, LocalDate until, string title) =>
        Button(reader, "go-away", title, new Dictionary<string, string> { ["from"] = LocalDatePattern.Iso.Format(from), ["until"] = LocalDatePattern.Iso.Format(until) });

    static Input StandIns(Reader reader) => new("to", reader.Words["form.stand-in"], InputType.Choice)
    {
        Required = true,
        Choices = [.. reader.Roster.People.Where(one => one.Id != reader.Person.Id && !one.HasLeftBy(reader.Today)).Select(one => new Choice(one.Name, one.Handle))],
    };

    [GeneratedRegex(@"^(?:(?:i'm|i am|i'll be|i will be) )?(?:away|out|out of (?:the )?office|on leave|on vacation|on holiday|ooo)(?: (?:from )?(?!until |till |through |of )(?<from>.{1,40}?))?(?: (?:to|until|till|through|thru|-) |(?<= [0-9]{1,2})-(?=[0-9]))(?<until>.{1,40}?)(?:,? (?:and )?(?<to>@?[\p{L}\p{N}._'-]{1,40}(?: [\p{L}'-]{1,40})?) (?:stands in|is standing in|will stand in|covers|is covering)(?: for me)?)?[.!]?$", RegexOptions.IgnoreCase)]
    private static partial Regex Away();

    [GeneratedRegex(@"^(?:(?:i'm|i am|i'll be|i will be) )(?:away|out|out of (?:the )?office|on leave)(?: on)? (?<day>today|tomorrow|(?:this |next )?(?:mon|tues|wednes|thurs|fri|satur|sun)day)[.!]?$", RegexOptions.IgnoreCase)]
    private static partial Regex OneDay();
}
