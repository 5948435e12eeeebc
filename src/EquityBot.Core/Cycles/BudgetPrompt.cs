using System.Globalization;
using EquityBot.Chat;
using EquityBot.Commitments;
using EquityBot.People;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace EquityBot.Cycles;

/// <summary>What do your promises need from the next budget? To a department's lead, those that say nothing yet first, each with its form.</summary>
public sealed class BudgetPrompt : NoticeWriter
{
    public const string Name = "budget-prompt";

    /// <summary>More at once are nobody's five minutes.</summary>
    const int Listed = 5;

    public override string Trigger => Name;

    /// <summary>Zero is an answer too: nothing is needed.</summary>
    public static bool IsStated(Commitment promise) => promise.Money is not null || promise.Staff is not null;

    /// <summary>Promises that run, those without resources first, then the earliest due.</summary>
    public static async Task<List<Commitment>> PromisesAsync(EquityDb db, CancellationToken ct)
    {
        var running = await db.Set<Commitment>().AsNoTracking().Where(one => one.Status == CommitmentStatus.Active || one.Status == CommitmentStatus.AtRisk).ToListAsync(ct);
        return [.. running.OrderBy(IsStated).ThenBy(one => one.Due).ThenBy(one => one.Number)];
    }

    public static IReadOnlySet<Guid> LedBy(Person lead, Roster roster, Instant now) =>
        roster.Departments.Where(one => roster.ActingLeadOf(one.Id, now)?.Id == lead.Id).Select(one => one.Id).ToHashSet();

    /// <summary>The person, or who acts for them while they are away; null where nobody does.</summary>
    public static Person? Hears(Person person, Roster roster, Instant now) => roster.IsAbsent(person, now) ? roster.ActingFor(person, now) : person;

    public override async Task<Card?> WriteAsync(EquityDb db, Notice notice, Reader reader, CancellationToken ct)
    {
        var (roster, words) = (reader.Roster, reader.Words);
        var year = FiscalYear.After(roster.TodayAt(reader.Now), roster.Organization.FiscalMonth);
        if (!notice.Period.StartsWith(year.Key + ":", StringComparison.Ordinal))
        {
            return null;
        }

        var lead = roster[notice.SubjectId];
        var departments = LedBy(lead, roster, reader.Now);
        if (departments.Count == 0 || Hears(lead, roster, reader.Now)?.Id != reader.Person.Id)
        {
            // No longer theirs: the sweep finds out whose.
            await AskAgainAsync(db, reader.Now, ct);
            return null;
        }

        var theirs = (await PromisesAsync(db, ct)).FindAll(one => departments.Contains(one.DepartmentId));
        var views = await reader.Subjects.LoadAsync(db, [.. theirs.Take(Listed).Select(one => one.Ref)], locked: false, ct);
        Block[] blocks =
        [
            new Words(words["budget.words"]),
            .. theirs.Take(Listed).Select(one => Promise(views[one.Ref], reader)),
            .. theirs.Count > Listed ? new Block[] { new Quiet(words["budget.more", ("count", theirs.Count - Listed)]) } : [],
        ];
        return theirs.Count == 0 ? null : new(words["budget.title", ("year", year.Number), ("day", reader.Day(year.Starts))], blocks);
    }

    static Section Promise(View view, Reader reader)
    {
        var (promise, words) = ((Commitment)view.Subject, reader.Words);
        string?[] stated =
        [
            promise.Money is { } money ? words["commitment.money", ("amount", money.ToString("N0", CultureInfo.InvariantCulture))] : null,
            promise.Staff is { } staff ? words["commitment.staff", ("count", staff.ToString("0.##", CultureInfo.InvariantCulture))] : null,
        ];
        Block?[] blocks =
        [
            new Quiet(words[
                IsStated(promise) ? "budget.stated" : "budget.not-stated",
                ("day", reader.DueDay(promise.Due!.Value, promise.OwnerId)),
                ("owner", reader.Name(promise.OwnerId)),
                ("stated", string.Join(" · ", stated.OfType<string>()))]),
            reader.Buttons(view, "show"),
        ];
        return new(words["commitment.title", ("reference", promise.Ref), ("statement", promise.Statement)], [.. blocks.OfType<Block>()]);
    }

    /// <summary>Has the sweep look at this year's season once more.</summary>
    public static Task AskAgainAsync(EquityDb db, Instant now, CancellationToken ct) =>
        db.Set<BudgetSeason>().Where(one => one.LookAt != null).ExecuteUpdateAsync(set => set.SetProperty(one => one.Asked, (string?)null).SetProperty(one => one.LookAt, now), ct);
}

/// <summary>One line to the equity officer when the season opens.</summary>
public sealed class BudgetOutlook : NoticeWriter
{
    public const string Name = "budget-outlook";

    public override string Trigger => Name;

    public override async Task<Card?> WriteAsync(EquityDb db, Notice notice, Reader reader, CancellationToken ct)
    {
        var (roster, words) = (reader.Roster, reader.Words);
        var year = FiscalYear.After(roster.TodayAt(reader.Now), roster.Organization.FiscalMonth);
        if (!notice.Period.StartsWith(year.Key + ":", StringComparison.Ordinal))
        {
            return null;
        }

        if (roster.Holder(Role.EquityOfficer) is not { } officer || BudgetPrompt.Hears(officer, roster, reader.Now)?.Id != reader.Person.Id)
        {
            await BudgetPrompt.AskAgainAsync(db, reader.Now, ct);
            return null;
        }

        var promises = await BudgetPrompt.PromisesAsync(db, ct);
        var silent = promises.Count(one => !BudgetPrompt.IsStated(one));
        return silent == 0 ? null : new(
            words["budget.outlook", ("count", silent), ("all", promises.Count)],
            new Words(words["budget.outlook-words", ("year", year.Number), ("day", reader.Day(year.Starts))]));
    }
}
