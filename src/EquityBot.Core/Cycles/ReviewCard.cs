using EquityBot.Chat;
using EquityBot.Commitments;
using EquityBot.People;

namespace EquityBot.Cycles;

/// <summary>The review's next question: the next open promise without an outcome, or closing the cycle.</summary>
static class ReviewCard
{
    public static Card Next(CycleStory story, Reader reader)
    {
        var words = reader.Words;
        var undecided = story.Undecided.ToList();
        if (undecided.Count == 0)
        {
            return new(
                words["review.all-decided", ("cycle", story.Cycle.Name)],
                new Facts([.. Enum.GetValues<Outcome>().Select(outcome => new Fact(words[$"outcome.{outcome}"], $"{story.Outcomes.Values.Count(one => one.Outcome == outcome)}"))]),
                new ButtonRow([reader.Catalogue.Command("close-cycle").ButtonFor(null, new Offer(words["button.close-cycle"])) with { Primary = true }]));
        }

        return undecided.Find(one => reader.May("settle-promise", one)) is { } next
            ? Question(next, undecided.Count, reader)
            : new(words["review.others", ("cycle", story.Cycle.Name)], new Words(words.Count("review.others-words", undecided.Count)), new Bullets([.. undecided.Select(one => words["commitment.title", ("reference", one.Ref), ("statement", one.Statement)])]));
    }

    static Card Question(Commitment promise, int left, Reader reader)
    {
        var words = reader.Words;
        var settle = reader.Catalogue.Command("settle-promise");
        return new(
            words["review.question", ("reference", promise.Ref)],
            [
                new Words(promise.Statement, Strong: true),
                new Facts(
                    new Fact(words["review.status"], words[$"commitment.status.{promise.Status}"]),
                    new Fact(words["commitment.due"], reader.DueDay(promise.Due!.Value, promise.OwnerId)),
                    new Fact(words["commitment.owner"], reader.Name(promise.OwnerId)),
                    new Fact(words["commitment.department"], reader.Roster.Department(promise.DepartmentId).Name)),
                .. promise is { LastNote: { } note, LastNoteById: { } by } ? new Block[] { new Quote(note, reader.Name(by)) } : [],
                new ButtonRow([.. Enum.GetValues<Outcome>().Select(outcome => settle.ButtonFor(promise, new Offer(words[$"button.{outcome}"], new Input("reason", words[$"form.outcome-{outcome}"], InputType.Text) { Required = true })
                {
                    Values = new Dictionary<string, string> { ["outcome"] = outcome.ToString() },
                }) with { Primary = outcome == Outcome.CarryOver })]),
                new Quiet(words.Count("review.left", left)),
            ]);
    }
}
