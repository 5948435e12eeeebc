using System.Text.RegularExpressions;
using EquityBot.Chat;
using EquityBot.Commitments;

namespace EquityBot.Cycles;

/// <summary>How often a promise is asked about: shown first with the days that follow from it, set by one tap. Words that may mean two rhythms are two taps to choose from.</summary>
public sealed partial class SetRhythm : ChatCommand
{
    /// <summary>What <see cref="Change.What"/> says of it.</summary>
    public const string What = "rhythm-set";

    /// <summary>So many check-ins are shown beforehand.</summary>
    public const int Shown = 5;

    /// <summary>The value of a rhythm for none.</summary>
    const string Never = "never";

    public override string Verb => "set-rhythm";

    public override string Action => "set-rhythm";

    public override string Needs => "C";

    public override IReadOnlyList<Regex> Sentences => [CheckIns(), AskAbout(), AskMe(), Stop()];

    public override async Task<Reply> HandleAsync(Turn turn, CancellationToken ct)
    {
        var commitment = turn.Subject<Commitment>();
        if (!commitment.IsRunning)
        {
            return turn.No("rhythm.not-running", ("reference", commitment.Ref));
        }

        if (turn.Value("rhythm") is { } chosen)
        {
            return await SetAsync(turn, commitment, Rhythm.Parse(chosen), ct);
        }

        if (turn.Value("words") is not { } said)
        {
            return await SetAsync(turn, commitment, null, ct);
        }

        return RhythmWords.Read(said, turn.Roster.Organization.FiscalMonth) is { Count: > 0 } read
            ? new(Preview(turn, commitment, read)) { About = commitment }
            : turn.No("rhythm.not-understood", ("reference", commitment.Ref), ("words", said));
    }

    Card Preview(Turn turn, Commitment commitment, IReadOnlyList<Rhythm> read) => new(
        turn.Words[read.Count == 1 ? "rhythm.preview" : "rhythm.which", ("reference", commitment.Ref), ("rhythm", RhythmWords.Title(read[0], turn.Words))],
        [
            new Words(commitment.Statement, Strong: true),
            .. read.Select(rhythm => new Section(RhythmWords.Title(rhythm, turn.Words), [Days(turn, commitment, rhythm)])),
            new ButtonRow([.. read.Select((rhythm, place) => ButtonFor(commitment, new Offer(read.Count == 1 ? turn.Words["button.confirm"] : RhythmWords.Title(rhythm, turn.Words))
            {
                Values = new Dictionary<string, string> { ["rhythm"] = rhythm.Name },
            }) with { Primary = place == 0 })]),
        ]);

    static Block Days(Turn turn, Commitment commitment, Rhythm rhythm)
    {
        var owner = turn.Roster[commitment.OwnerId];
        var days = CheckInPeriod.Upcoming(rhythm, CheckInPeriod.First(rhythm, turn.Roster.TodayOf(owner, turn.Now)), commitment.Due!.Value, turn.Roster.CalendarOf(owner)).Take(Shown).ToList();
        return days.Count == 0
            ? new Quiet(turn.Words["rhythm.none-before-due", ("day", turn.Reader.DueDay(commitment.Due.Value, owner.Id))])
            : new Bullets([.. days.Select(turn.Reader.Day)]);
    }

    static async Task<Reply> SetAsync(Turn turn, Commitment commitment, Rhythm? rhythm, CancellationToken ct)
    {
        commitment.AskAbout(rhythm);
        turn.Record(commitment, What, rhythm?.Name ?? Never);
        await turn.ChangedAsync(commitment, What, ct);
        return new(new Card(
            rhythm is { } set ? turn.Words["rhythm.set", ("reference", commitment.Ref), ("rhythm", RhythmWords.Title(set, turn.Words))] : turn.Words["rhythm.stopped", ("reference", commitment.Ref)],
            new Words(commitment.Statement, Strong: true),
            rhythm is { } asked ? Days(turn, commitment, asked) : new Quiet(turn.Words["rhythm.stopped-words"]),
            turn.Reader.Buttons(turn.View!, "show")))
        {
            About = commitment,
            InPlace = true,
        };
    }

    const string Ref = @"(?<ref>c-\d+)";
    const string Said = @"(?<words>(?:(?:once )?(?:every|each|a|per)|on|the|weekly|two-weekly|bi-?weekly|fortnightly|monthly|quarterly|fiscal|by fiscal)\b.{0,60})";

    [GeneratedRegex($@"^(?:check[- ]?ins? (?:on|for|about|with) {Ref}:? {Said}|{Ref}:? check[- ]?ins? {Said})$", RegexOptions.IgnoreCase)]
    private static partial Regex CheckIns();

    [GeneratedRegex($@"^ask (?:me |us )?about {Ref} {Said}$", RegexOptions.IgnoreCase)]
    private static partial Regex AskAbout();

    [GeneratedRegex($@"^(?:ask|check in with) (?:me|us) {Said} (?:about|on) {Ref}$", RegexOptions.IgnoreCase)]
    private static partial Regex AskMe();

    [GeneratedRegex($@"^(?:stop asking (?:me |us )?about {Ref}|(?:no|stop|end)(?: the)? check[- ]?ins (?:on|for|about) {Ref})$", RegexOptions.IgnoreCase)]
    private static partial Regex Stop();
}
