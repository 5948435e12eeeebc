using System.Text.RegularExpressions;
using EquityBot.Chat;

namespace EquityBot.Cycles;

/// <summary>Where the cycle is, and where it has been.</summary>
public sealed partial class ShowCycle : ChatCommand
{
    public override string Verb => "show-cycle";

    public override string Action => "read-plan";

    public override bool Reads => true;

    public override IReadOnlyList<Regex> Sentences => [Show()];

    public override async Task<Reply> HandleAsync(Turn turn, CancellationToken ct) =>
        await CycleStory.RunningAsync(turn.Db, locked: false, ct) is { } story
            ? new(CycleCard.Of(story, turn.Reader))
            : new(new Card(turn.Words["cycle.none"], new Words(turn.Words["cycle.none-words"])));

    [GeneratedRegex(@"^(?:show |how is |where is )?(?:the |our )?cycle[.?!]*$", RegexOptions.IgnoreCase)]
    private static partial Regex Show();
}
