using EquityBot.Chat;
using EquityBot.People;
using NodaTime;

namespace EquityBot.Cycles;

/// <summary>A cycle as it stands: its step, its end, and every visit so far.</summary>
static class CycleCard
{
    public static Card Of(CycleStory story, Reader reader)
    {
        var (cycle, words) = (story.Cycle, reader.Words);
        return new(
            words["cycle.title", ("cycle", cycle.Name)],
            [
                new Status(words[$"cycle.status.{cycle.Status}"], cycle.Status == CycleStatus.InReview ? Mood.Waiting : Mood.Plain),
                new Facts(
                    new Fact(words["cycle.step"], story.Now is { } here ? StepOf(here.Step, words) : words["cycle.no-step"]),
                    new Fact(words["cycle.ends"], reader.Day(cycle.EndsOn)),
                    new Fact(words["cycle.open"], words.Count("cycle.promises", story.Open.Count)),
                    story.Previous is { } before ? new Fact(words["cycle.follows"], before.Name) : null),
                .. story.Visits.Count == 0 ? [] : new Block[] { new Section(words["cycle.visits"], [new Bullets([.. story.Visits.Select(visit => Line(visit, reader))])]) },
                .. Buttons(story, reader) is { } row ? new Block[] { row } : [],
            ]);
    }

    public static string StepOf(CycleStep step, Phrases words) => words[$"cycle-step.{step}"];

    public static IReadOnlyList<Choice> Steps(Phrases words) => [.. Enum.GetValues<CycleStep>().Select(step => new Choice(StepOf(step, words), step.ToString()))];

    static string Line(CycleVisit visit, Reader reader)
    {
        string On(Instant at) => reader.Day(at.InZone(reader.Roster.ZoneOf(reader.Person)).Date);
        return visit.LeftAt is { } left
            ? reader.Words["cycle.visit-over", ("step", StepOf(visit.Step, reader.Words)), ("from", On(visit.EnteredAt)), ("until", On(left)), ("name", reader.Roster[visit.EnteredById].Name)]
            : reader.Words["cycle.visit", ("step", StepOf(visit.Step, reader.Words)), ("from", On(visit.EnteredAt)), ("name", reader.Roster[visit.EnteredById].Name)];
    }

    static ButtonRow? Buttons(CycleStory story, Reader reader)
    {
        if (!reader.May("run-cycle", null))
        {
            return null;
        }

        var words = reader.Words;
        var move = reader.Catalogue.Command("move-cycle").ButtonFor(null, new Offer(words["button.move-cycle"], new Input("step", words["form.cycle-step"], InputType.Choice) { Required = true, Choices = Steps(words) }));
        var review = reader.Catalogue.Command("review-cycle").ButtonFor(null, new Offer(words["button.review-cycle"]));
        return ButtonRow.Of(story.Cycle.Status == CycleStatus.Active ? [move, review] : [review]);
    }
}
