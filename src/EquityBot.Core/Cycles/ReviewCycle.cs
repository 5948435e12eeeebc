using System.Text.RegularExpressions;
using EquityBot.Chat;
using EquityBot.Commitments;
using Microsoft.EntityFrameworkCore;

namespace EquityBot.Cycles;

/// <summary>The review, one question after the other: what moved, what did not, what to do differently; then each promise that is still open. Said again, it goes on where it was left.</summary>
public sealed partial class ReviewCycle : ChatCommand
{
    public override string Verb => "review-cycle";

    public override string Action => "run-cycle";

    public override IReadOnlyList<Regex> Sentences => [Review()];

    public override async Task<Reply> HandleAsync(Turn turn, CancellationToken ct)
    {
        if (await CycleStory.RunningAsync(turn.Db, locked: true, ct) is not { } story)
        {
            return turn.No("cycle.none-words");
        }

        if (story.Cycle.ReviewedAt is null)
        {
            if (turn.Value("progress") is not { } progress || turn.Value("gaps") is not { } gaps)
            {
                return new(await QuestionsAsync(turn, story, ct)) { InPlace = true };
            }

            if (turn.Value("recommendations") is null && turn.Value("noChange") != "true")
            {
                return turn.No("review.recommend");
            }

            story.Cycle.Review(progress, gaps, turn.Value("recommendations"), turn.Speaker.Id, turn.Now);
            await turn.Db.SaveChangesAsync(ct);
        }

        return new(ReviewCard.Next(story, turn.Reader)) { InPlace = true };
    }

    async Task<Card> QuestionsAsync(Turn turn, CycleStory story, CancellationToken ct)
    {
        var words = turn.Words;
        var accepted = await turn.Db.Set<Commitment>().AsNoTracking().Where(one => one.AcceptedAt != null && one.Due >= story.Cycle.StartsOn).ToListAsync(ct);
        var without = turn.Roster.Departments.Where(department => accepted.TrueForAll(one => one.DepartmentId != department.Id || one.Status == CommitmentStatus.Withdrawn)).Select(department => department.Name).ToList();
        return new(
            words["review.title", ("cycle", story.Cycle.Name)],
            [
                new Facts(
                    new Fact(words["review.kept"], $"{accepted.Count(one => one.Status == CommitmentStatus.Met)}"),
                    new Fact(words["review.open"], $"{story.Open.Count}"),
                    new Fact(words["review.past"], $"{story.Open.Count(one => one.Status == CommitmentStatus.Missed)}"),
                    new Fact(words["review.withdrawn"], $"{accepted.Count(one => one.Status == CommitmentStatus.Withdrawn)}")),
                .. without.Count == 0 ? [] : new Block[] { new Quiet(words["review.without", ("departments", string.Join(", ", without))]) },
                new Words(words["review.words"]),
                new ButtonRow([ButtonFor(null, new Offer(
                    words["button.record-review"],
                    new Input("progress", words["form.review-progress"], InputType.Text) { Required = true },
                    new Input("gaps", words["form.review-gaps"], InputType.Text) { Required = true },
                    new Input("recommendations", words["form.review-recommendations"], InputType.Text),
                    new Input("noChange", words["form.review-no-change"], InputType.Toggle))) with { Primary = true }]),
            ]);
    }

    [GeneratedRegex(@"^(?:start |continue |go on with )?(?:the )?review (?:of )?(?:the |our )?cycle[.!]*$", RegexOptions.IgnoreCase)]
    private static partial Regex Review();
}
