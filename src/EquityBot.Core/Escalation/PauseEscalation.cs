using System.Text.RegularExpressions;
using EquityBot.Chat;
using EquityBot.People;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace EquityBot.Escalation;

/// <summary>Days on which a department, or everybody, rests: they count for nothing, so nothing escalates and nobody is reminded. It has an end, a reason, and those concerned hear of it.</summary>
public sealed partial class PauseEscalation(IEnumerable<RosterPart> parts) : ChatCommand
{
    public override string Verb => "pause-escalation";

    public override string Action => "pause";

    public override IReadOnlyList<Regex> Sentences => [Pausing()];

    public override async Task<Reply> HandleAsync(Turn turn, CancellationToken ct)
    {
        var (words, today) = (turn.Words, turn.Roster.TodayAt(turn.Now));
        if (Scope(turn) is not { Found: true } scope)
        {
            return turn.No("pause.whom", ("departments", string.Join(", ", turn.Roster.Departments.Select(one => one.Name))));
        }

        if (turn.Value("until") is not { } typed || Dates.Read(typed, turn.Reckoning with { Today = today }) is not { } until || until < today || until > today.PlusDays(Pause.Longest))
        {
            return turn.No("pause.until", ("most", turn.Reader.Day(today.PlusDays(Pause.Longest))));
        }

        if (turn.Value("reason") is not { } reason)
        {
            return turn.No("pause.why");
        }

        if (await turn.Db.Set<Pause>().FirstOrDefaultAsync(one => one.DepartmentId == scope.Department && one.From <= today && one.Until >= today, ct) is { } on)
        {
            on.Until = until;
        }
        else
        {
            turn.Db.Add(new Pause { Id = Guid.NewGuid(), OrganizationId = turn.Db.OrganizationId, DepartmentId = scope.Department, From = today, Until = until, Reason = reason, ById = turn.Speaker.Id, At = turn.Now });
        }

        await TellAsync(turn, scope.Department, "paused", until, reason, ct);
        return new(new Card(words["pause.done", ("scope", ScopeOf(scope.Department, turn.Reader)), ("until", turn.Reader.Day(until))], new Words(words["pause.words"]), new Quote(reason, turn.Reader.Name(turn.Speaker.Id))));
    }

    /// <summary>Whom it is about: null for everybody.</summary>
    public static (bool Found, Guid? Department) Scope(Turn turn)
    {
        var named = turn.Value("scope") ?? "";
        return Naming.Department(turn.Roster, named).One is { } department
            ? (true, department.Id)
            : (Everybody().IsMatch(named), null);
    }

    public static string ScopeOf(Guid? department, Reader reader) => department is { } id ? reader.Roster.Department(id).Name : reader.Words["pause.everybody"];

    /// <summary>The lead of the department hears; where everybody rests, the executives' first and the board-level owner. Whatever was computed from working days is looked at again.</summary>
    public async Task TellAsync(Turn turn, Guid? department, string what, LocalDate until, string? reason, CancellationToken ct)
    {
        var roster = turn.Roster;
        var concerned = department is { } id
            ? new[] { roster.Find(roster.Department(id).LeadId), roster.Find(roster.Department(id).DeputyId) }
            : [roster.BoardOwner(turn.Now), roster.InTheBoardsPlace(turn.Now)];
        foreach (var person in concerned.OfType<Person>().DistinctBy(one => one.Id).Where(one => one.Id != turn.Speaker.Id && !one.HasLeftBy(turn.Today)))
        {
            turn.Db.Add(new Notice
            {
                OrganizationId = turn.Db.OrganizationId,
                SubjectId = department ?? turn.Db.OrganizationId,
                Ref = "",
                Trigger = PauseNotice.Name,
                Period = $"{what}:{turn.Now.ToUnixTimeMilliseconds()}",
                RecipientId = person.Id,
                Kind = MessageKind.Reply,
                Slot = Slot.Now,
                Facts = PauseNotice.Facts(what, turn.Speaker, department, until, reason),
                DecidedAt = turn.Now,
                NotBefore = turn.Now,
            });
        }

        turn.Db.Add(AuditEntry.Of(turn.Db, turn.Now, "pause", null, what, department?.ToString()));
        await turn.Db.SaveChangesAsync(ct);
        foreach (var part in parts)
        {
            await part.RosterChangedAsync(turn.Db, turn.Now, ct);
        }
    }

    [GeneratedRegex(@"^pause (?:(?<scope>(?:(?! because )[^:])+?) until (?<until>.+?)|(?<scope>everything|everybody|everyone|all|the organization|escalations?))(?:,? because (?<reason>.+))?$", RegexOptions.IgnoreCase)]
    private static partial Regex Pausing();

    [GeneratedRegex("^(?:everything|everybody|everyone|all|the organization|escalations?)$", RegexOptions.IgnoreCase)]
    private static partial Regex Everybody();
}

/// <summary>Ends a pause before its day.</summary>
public sealed partial class ResumeEscalation(IEnumerable<RosterPart> parts) : ChatCommand
{
    public override string Verb => "resume-escalation";

    public override string Action => "pause";

    public override IReadOnlyList<Regex> Sentences => [Resume()];

    public override async Task<Reply> HandleAsync(Turn turn, CancellationToken ct)
    {
        var today = turn.Roster.TodayAt(turn.Now);
        var scope = PauseEscalation.Scope(turn);
        if (!scope.Found || await turn.Db.Set<Pause>().FirstOrDefaultAsync(one => one.DepartmentId == scope.Department && one.Until >= today, ct) is not { } on)
        {
            return turn.No("pause.none");
        }

        on.Until = today.PlusDays(-1);
        await new PauseEscalation(parts).TellAsync(turn, scope.Department, "resumed", today, null, ct);
        return new(new Card(turn.Words["pause.over", ("scope", PauseEscalation.ScopeOf(scope.Department, turn.Reader))]));
    }

    [GeneratedRegex(@"^(?:resume (?!(?:the|our|this) (?:partnership|collaboration|work) with |n-\d)|end the pause (?:of|for) )(?<scope>.+?)$", RegexOptions.IgnoreCase)]
    private static partial Regex Resume();
}

/// <summary>Tells those concerned that their days do not count for a while, or do again.</summary>
public sealed class PauseNotice : NoticeWriter
{
    public const string Name = "pause";

    public override string Trigger => Name;

    sealed record News(string What, Guid By, Guid? Department, DateOnly Until, string? Reason);

    public static string Facts(string what, Person by, Guid? department, LocalDate until, string? reason) => System.Text.Json.JsonSerializer.Serialize(new News(what, by.Id, department, until.ToDateOnly(), reason));

    public override Task<Card?> WriteAsync(EquityDb db, Notice notice, Reader reader, CancellationToken ct)
    {
        var news = System.Text.Json.JsonSerializer.Deserialize<News>(notice.Facts!)!;
        var by = reader.Roster[news.By].Name;
        return Task.FromResult<Card?>(new Card(
            reader.Words[$"news.{news.What}", ("name", by), ("scope", PauseEscalation.ScopeOf(news.Department, reader)), ("until", reader.Day(LocalDate.FromDateOnly(news.Until)))],
            news.Reason is { } reason ? new Quote(reason, by) : null));
    }
}
