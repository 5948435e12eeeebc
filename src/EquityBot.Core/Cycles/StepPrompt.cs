using EquityBot.Chat;
using EquityBot.People;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;

namespace EquityBot.Cycles;

/// <summary>What the step that the cycle has come to asks of a department's lead.</summary>
public sealed class StepPrompt : NoticeWriter
{
    public const string Name = "cycle-step";

    public override string Trigger => Name;

    /// <summary>Whoever leads a department, its deputy where nobody does; each once.</summary>
    public static IEnumerable<Person> Leads(Roster roster) =>
        roster.Departments.Select(department => roster.Find(department.LeadId) ?? roster.Find(department.DeputyId)).OfType<Person>().DistinctBy(person => person.Id);

    public override async Task<Card?> WriteAsync(EquityDb db, Notice notice, Reader reader, CancellationToken ct)
    {
        var visit = await db.Set<CycleVisit>().AsNoTracking().SingleAsync(one => one.Id == notice.SubjectId, ct);
        if (visit.LeftAt is not null || Leads(reader.Roster).All(person => person.Id != reader.Person.Id))
        {
            return null;
        }

        var cycle = await db.Set<Cycle>().AsNoTracking().SingleAsync(one => one.Id == visit.CycleId, ct);
        return new(
            reader.Words["step-prompt.title", ("cycle", cycle.Name), ("step", CycleCard.StepOf(visit.Step, reader.Words))],
            new Words(reader.Words["step-prompt.words"]),
            new Bullets(reader.Words[$"step-prompt.{visit.Step}"].Split('|')),
            new Quiet(reader.Words["step-prompt.how"]));
    }
}
