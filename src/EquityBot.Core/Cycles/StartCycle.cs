using System.Text.RegularExpressions;
using EquityBot.Chat;
using EquityBot.People;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using NodaTime.Text;

namespace EquityBot.Cycles;

/// <summary>A new round, at whichever step is needed first, linked to the one before. It needs a planned end; what the sentence leaves open, the form asks.</summary>
public sealed partial class StartCycle(IEnumerable<RosterPart> parts) : ChatCommand
{
    static readonly Period Longest = Period.FromYears(3);

    public override string Verb => "start-cycle";

    public override string Action => "run-cycle";

    public override IReadOnlyList<Regex> Sentences => [Start()];

    public override async Task<Reply> HandleAsync(Turn turn, CancellationToken ct)
    {
        if (await CycleStory.RunningAsync(turn.Db, locked: true, ct) is { } running)
        {
            return turn.No("cycle.running", ("cycle", running.Cycle.Name), ("day", turn.Reader.Day(running.Cycle.EndsOn)));
        }

        var today = turn.Roster.TodayAt(turn.Now);
        var step = turn.Value("step") is { } named ? CycleSteps.Read(named) : null;
        var ends = turn.Value("ends") is { } typed ? Dates.Read(typed, turn.Reckoning with { Today = today }) : null;
        if (turn.Value("name") is not { } name || step is null || ends is null)
        {
            return new(Form(turn, step, ends, today));
        }

        if (WhyNot(turn, name, ends.Value, today) is { } refusal)
        {
            return refusal;
        }

        if (await turn.Db.Set<Cycle>().AnyAsync(one => one.Name == name, ct))
        {
            return turn.No("cycle.name-taken", ("cycle", name));
        }

        var previous = await turn.Db.Set<Cycle>().OrderByDescending(one => one.ClosedAt).Select(one => (Guid?)one.Id).FirstOrDefaultAsync(ct);
        var cycle = new Cycle { Id = Guid.NewGuid(), OrganizationId = turn.Db.OrganizationId, Name = name, StartsOn = today, EndsOn = ends.Value, PreviousId = previous };
        turn.Db.Add(cycle);
        CycleStory.Enter(turn, cycle, step.Value);
        await turn.Db.SaveChangesAsync(ct);
        foreach (var part in parts)
        {
            // Whoever keeps something for each cycle begins it.
            await part.RosterChangedAsync(turn.Db, turn.Now, ct);
        }

        return new(CycleCard.Of((await CycleStory.RunningAsync(turn.Db, locked: false, ct))!, turn.Reader)) { InPlace = true };
    }

    Card Form(Turn turn, CycleStep? step, LocalDate? ends, LocalDate today)
    {
        var words = turn.Words;
        return new(
            words["start-cycle.title"],
            new Words(words["start-cycle.words"]),
            new ButtonRow([ButtonFor(null, new Offer(
                words["button.confirm"],
                new Input("name", words["form.cycle-name"], InputType.Text) { Required = true, Value = turn.Value("name") },
                new Input("step", words["form.cycle-step"], InputType.Choice) { Required = true, Value = step?.ToString(), Choices = CycleCard.Steps(words) },
                new Input("ends", words["form.cycle-ends"], InputType.Date) { Required = true, Value = LocalDatePattern.Iso.Format(ends ?? today.PlusYears(1).PlusDays(-1)) })) with { Primary = true }]));
    }

    static Reply? WhyNot(Turn turn, string name, LocalDate ends, LocalDate today) =>
        name.Length > Cycle.LongestName ? turn.No("cycle.name-too-long", ("limit", Cycle.LongestName))
        : ends <= today || ends > today + Longest ? turn.No("cycle.ends-when", ("day", turn.Words.DayAndYear(ends)), ("most", turn.Words.DayAndYear(today + Longest)))
        : null;

    [GeneratedRegex(@"^start (?:the |a )?(?:new )?cycle(?: (?!at\b|until\b)(?<name>.{1,120}?))?(?: at (?:the )?(?<step>[a-z& ]{3,40}?))?(?:,? (?:until|till|ending|through) (?<ends>.{3,60}?))?[.!]*$", RegexOptions.IgnoreCase)]
    private static partial Regex Start();
}
