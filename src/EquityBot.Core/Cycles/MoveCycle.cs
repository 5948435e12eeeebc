using System.Text.RegularExpressions;
using EquityBot.Chat;

namespace EquityBot.Cycles;

/// <summary>The cycle goes on to a step, or back to one; each visit is kept.</summary>
public sealed partial class MoveCycle : ChatCommand
{
    public override string Verb => "move-cycle";

    public override string Action => "run-cycle";

    public override IReadOnlyList<Regex> Sentences => [Move()];

    public override async Task<Reply> HandleAsync(Turn turn, CancellationToken ct)
    {
        if (turn.Value("step") is not { } named || CycleSteps.Read(named) is not { } step)
        {
            return turn.No("cycle.which-step", ("steps", string.Join(", ", CycleCard.Steps(turn.Words).Select(choice => choice.Title))));
        }

        if (await CycleStory.RunningAsync(turn.Db, locked: true, ct) is not { } story)
        {
            return turn.No("cycle.none-words");
        }

        if (story.Cycle.Status == CycleStatus.InReview)
        {
            return turn.No("cycle.in-review", ("cycle", story.Cycle.Name));
        }

        if (story.Now?.Step == step)
        {
            return turn.No("cycle.there-already", ("cycle", story.Cycle.Name), ("step", CycleCard.StepOf(step, turn.Words)));
        }

        if (story.Now is { } here)
        {
            // One at a time, also in the eyes of the database.
            here.Leave(turn.Now);
            await turn.Db.SaveChangesAsync(ct);
        }

        CycleStory.Enter(turn, story.Cycle, step);
        await turn.Db.SaveChangesAsync(ct);
        return new(CycleCard.Of((await CycleStory.RunningAsync(turn.Db, locked: false, ct))!, turn.Reader)) { InPlace = true };
    }

    [GeneratedRegex(@"^(?:move|take|bring) (?:the |our )?cycle (?:on |back |forward )?to (?<step>.{3,60}?)[.!]*$", RegexOptions.IgnoreCase)]
    private static partial Regex Move();
}
