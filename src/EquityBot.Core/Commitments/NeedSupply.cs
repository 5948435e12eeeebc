using System.Text.RegularExpressions;
using EquityBot.Chat;
using EquityBot.People;
using EquityBot.Storage;
using NodaTime;
using NodaTime.Text;

namespace EquityBot.Commitments;

/// <summary>Says what a promise needs of another department, and by when. The supplying department is asked; until it accepts, it is nobody's promise.</summary>
public sealed partial class NeedSupply : ChatCommand
{
    const string ByWhen = @"(?:,? (?:by|before|until|no later than) (?<due>.+?))?[.!]*$";

    public override string Verb => "need-supply";

    public override string Action => "need-supply";

    public override string Needs => "C";

    public override IReadOnlyList<Regex> Sentences => [Needing(), WeNeed(), ToSupply()];

    public override bool OnRequest => true;

    public override Offer? Offer(View view, Reader reader) => view.Subject is Commitment { IsRunning: true } commitment && commitment.Due >= reader.Today
        ? new(
            reader.Words["button.needs"],
            new("what", reader.Words["form.need-what"], InputType.Text) { Required = true },
            new("from", reader.Words["form.need-from"], InputType.Choice) { Required = true, Choices = [.. reader.Roster.Departments.Where(one => one.Id != commitment.DepartmentId).Select(one => new Choice(one.Name, one.Name))] },
            new("due", reader.Words["form.due"], InputType.Date) { Required = true })
        : null;

    public override async Task<Reply> HandleAsync(Turn turn, CancellationToken ct)
    {
        var dependent = turn.Subject<Commitment>();
        if (!dependent.IsRunning || dependent.Due < turn.OwnersToday(dependent))
        {
            return turn.No("need.not-open", ("reference", dependent.Ref));
        }

        var what = CommitmentForm.Statement(turn.Value("what") ?? "");
        if (what.Length is 0 or > 500)
        {
            return turn.No(what.Length == 0 ? "need.what" : "log.what-too-long", ("reference", dependent.Ref), ("limit", 500));
        }

        var (department, ask) = Whom.Department(turn, this, "from");
        if (department is null)
        {
            return ask!;
        }

        if (department.Id == dependent.DepartmentId)
        {
            return turn.No("need.own", ("department", department.Name), ("what", what));
        }

        var supplier = new[] { turn.Roster.Find(department.LeadId), turn.Roster.Find(department.DeputyId) }.FirstOrDefault(one => one is not null && !turn.Roster.HasLeft(one, turn.Now));
        if (supplier is null)
        {
            return turn.No("need.nobody", ("department", department.Name));
        }

        return DayOf(turn, dependent, supplier, out var due) ?? await AskAsync(turn, dependent, what, supplier, department, due, ct);
    }

    /// <summary>The day, or the answer instead: which one is meant, or why it cannot be that one.</summary>
    Reply? DayOf(Turn turn, Commitment dependent, Person supplier, out LocalDate due)
    {
        (due, var other) = turn.Value("due") is { } typed && Dates.ReadEither(typed, turn.Reckoning) is var (first, second) ? (first, second) : (default, null);
        if (due == default)
        {
            return turn.No("need.by-when", ("reference", dependent.Ref), ("day", turn.Words.DayAndYear(dependent.Due!.Value)));
        }

        if (other is { } either)
        {
            var buttons = new[] { due, either }.Select((day, place) => ButtonFor(dependent, new Offer(turn.Words["button.need-by", ("day", turn.Words.DayAndYear(day))])
            {
                Values = turn.Values.Where(value => value.Key is "what" or "from").Append(new("due", LocalDatePattern.Iso.Format(day))).ToDictionary(),
            }) with { Primary = place == 0 });
            return new(new Card(turn.Words["need.either-day", ("reference", dependent.Ref)], new Words(dependent.Statement, Strong: true), ButtonRow.Of(buttons))) { Refused = true, About = dependent };
        }

        return CommitmentForm.CheckDay(due, supplier, turn)
            ?? (due > dependent.Due ? turn.No("need.too-late", ("reference", dependent.Ref), ("day", turn.Words.DayAndYear(dependent.Due.Value)), ("until", turn.Words.DayAndYear(due))) : null);
    }

    static async Task<Reply> AskAsync(Turn turn, Commitment dependent, string what, Person supplier, Department department, LocalDate due, CancellationToken ct)
    {
        var supply = new Commitment
        {
            Id = Guid.NewGuid(),
            OrganizationId = turn.Db.OrganizationId,
            Number = await Counter.NextAsync(turn.Db, "C", ct),
            Statement = what,
            OwnerId = supplier.Id,
            DepartmentId = department.Id,
            AuthorId = turn.Speaker.Id,
            Due = due,
            ForWhom = dependent.ForWhom,
        };
        turn.Db.Add(supply);
        turn.Db.Add(new Dependency { Id = Guid.NewGuid(), OrganizationId = turn.Db.OrganizationId, DependentId = dependent.Id, SupplyId = supply.Id, NeededBy = due });
        turn.Record(dependent, "supply-asked", what, newDue: due);
        await turn.Db.SaveChangesAsync(ct);
        return await ConfirmDraft.PutOnPlanAsync(turn, supply, ct);
    }

    [GeneratedRegex($@"^(?<ref>c-\d+)(?: also| still)? (?:(?:needs|requires) (?<what>.+?) from (?<from>{Manners.Name})|depends on (?<from>{Manners.Name}) (?:for|to (?:supply|provide|deliver|send)) (?<what>.+?)){ByWhen}", RegexOptions.IgnoreCase)]
    private static partial Regex Needing();

    [GeneratedRegex($@"^for (?<ref>c-\d+),? (?:(?:we|i) )?(?:also )?(?:need|require) (?<what>.+?) from (?<from>{Manners.Name}){ByWhen}|^(?:(?:we|i) )?(?:also )?(?:need|require) (?<what>.+?) from (?<from>{Manners.Name})(?:,? (?:by|before|until|no later than) (?<due>.+?))? for (?<ref>c-\d+){ByWhen}", RegexOptions.IgnoreCase)]
    private static partial Regex WeNeed();

    [GeneratedRegex($@"^(?:(?<from>{Manners.Name}) (?:has|have|needs|need) to (?:supply|provide|deliver|send|give|get)(?: us)?|(?:(?:could|can|would) you )?ask (?<from>{Manners.Name}) for) (?<what>.+?) for (?<ref>c-\d+){ByWhen}", RegexOptions.IgnoreCase)]
    private static partial Regex ToSupply();
}
