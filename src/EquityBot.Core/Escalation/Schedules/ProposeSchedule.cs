using System.Text.RegularExpressions;
using EquityBot.Chat;
using EquityBot.People;
using EquityBot.Storage;
using NodaTime;

namespace EquityBot.Escalation;

/// <summary>Asks for a draft to be put in force. Where it reaches executives or the board, or takes something away, a second pair of eyes must agree first.</summary>
public sealed partial class ProposeSchedule : ChatCommand
{
    public override string Verb => "propose-schedule";

    public override string Action => "edit-schedule";

    public override string Needs => "S";

    public override IReadOnlyList<Regex> Sentences => [Propose()];

    public override Offer? Offer(View view, Reader reader) => view.Aspect<ScheduleStory>() is { Open.Status: VersionStatus.Draft } story
        ? new(reader.Words[NeedsApproval(story, reader.Roster, reader.Roster.TodayAt(reader.Now)) ? "button.propose" : "button.put-in-force"], [.. Inputs(story, reader)])
        : null;

    static IEnumerable<Input> Inputs(ScheduleStory story, Reader reader)
    {
        yield return new("reason", reader.Words["form.schedule-reason"], InputType.Text) { Required = true };
        if (story.OpenCases.Count > 0)
        {
            yield return new("openCases", reader.Words.Count("form.open-cases", story.OpenCases.Count), InputType.Toggle);
        }
    }

    static bool NeedsApproval(ScheduleStory story, Roster roster, LocalDate today) =>
        PlanCheck.NeedsApproval(Plan.FromJson(story.Open!.Plan), story.InForce(today) is { } inForce ? Plan.FromJson(inForce.Plan) : null, roster);

    public override async Task<Reply> HandleAsync(Turn turn, CancellationToken ct)
    {
        var story = turn.View!.Aspect<ScheduleStory>()!;
        if (story.Open is not { Status: VersionStatus.Draft } draft)
        {
            return turn.No("schedule.no-draft", ("reference", story.Schedule.Ref));
        }

        return turn.Value("reason") is { } reason
            ? await ProposeAsync(turn, story, draft, reason, turn.Value("openCases") is "true", ct)
            : turn.No("schedule.why", ("reference", story.Schedule.Ref));
    }

    public static async Task<Reply> ProposeAsync(Turn turn, ScheduleStory story, ScheduleVersion draft, string reason, bool forOpenCases, CancellationToken ct)
    {
        var (schedule, today) = (story.Schedule, turn.Roster.TodayAt(turn.Now));
        var before = story.InForce(today) is { } inForce ? Plan.FromJson(inForce.Plan) : null;
        draft.Propose(reason, forOpenCases);
        schedule.Changed();
        if (PlanCheck.NeedsApproval(Plan.FromJson(draft.Plan), before, turn.Roster))
        {
            foreach (var approver in ApproversOf(turn.Roster, turn.Speaker, turn.Now))
            {
                turn.Tell(approver, schedule, ScheduleNotice.Name, $"proposed:{draft.Number}", MessageKind.Request, ScheduleNotice.Facts("proposed", turn.Speaker, draft.Number));
            }
        }
        else
        {
            AnswerSchedule.PutInForce(turn, schedule, draft, null, today);
        }

        await turn.Db.SaveChangesAsync(ct);
        await turn.ChangedAsync(schedule, "schedule-proposed", ct);
        return new(await turn.CurrentCardAsync(schedule, ct)) { About = schedule, InPlace = true };
    }

    /// <summary>The other equity officers; where there is none, the board-level owner, else whoever is in the board's place.</summary>
    static IEnumerable<Person> ApproversOf(Roster roster, Person author, Instant now)
    {
        var others = roster.People.Where(one => one.Id != author.Id && !one.HasLeftBy(roster.TodayOf(one, now)) && roster.RolesOf(one).Contains(Role.EquityOfficer)).ToList();
        return others.Count > 0 ? others : new[] { roster.BoardOwner(now) ?? roster.InTheBoardsPlace(now) }.OfType<Person>();
    }

    [GeneratedRegex(@"^propose (?<ref>s-\d+)(?:,? because (?<reason>.+))?$", RegexOptions.IgnoreCase)]
    private static partial Regex Propose();
}

/// <summary>The second pair of eyes agrees; the version counts from the next day on.</summary>
public sealed partial class ApproveSchedule : AnswerSchedule
{
    public override string Verb => "approve-schedule";

    public override IReadOnlyList<Regex> Sentences => [Approve()];

    protected override string Title => "button.approve";

    protected override Reply? Answer(Turn turn, EscalationSchedule schedule, ScheduleVersion version)
    {
        PutInForce(turn, schedule, version, turn.Speaker.Id, turn.Roster.TodayAt(turn.Now).PlusDays(1));
        return null;
    }

    [GeneratedRegex(@"^approve (?<ref>s-\d+)$", RegexOptions.IgnoreCase)]
    private static partial Regex Approve();
}

/// <summary>The second pair of eyes does not agree, and says why.</summary>
public sealed class DeclineSchedule : AnswerSchedule
{
    public override string Verb => "decline-schedule";

    protected override string Title => "button.decline";

    protected override Input[] Inputs(Reader reader) => [new("reason", reader.Words["form.decline-reason"], InputType.Text) { Required = true }];

    protected override Reply? Answer(Turn turn, EscalationSchedule schedule, ScheduleVersion version)
    {
        version.Decline(turn.Speaker.Id, turn.Now);
        return null;
    }
}

/// <summary>An answer to a proposed version, never by whoever wrote it.</summary>
public abstract class AnswerSchedule : ChatCommand
{
    public override string Action => "approve-schedule";

    public override string Needs => "S";

    protected abstract string Title { get; }

    protected virtual Input[] Inputs(Reader reader) => [];

    protected abstract Reply? Answer(Turn turn, EscalationSchedule schedule, ScheduleVersion version);

    public override Offer? Offer(View view, Reader reader) =>
        view.Aspect<ScheduleStory>() is { Open: { Status: VersionStatus.Proposed } open } && open.ById != reader.Person.Id ? new(reader.Words[Title], Inputs(reader)) : null;

    public override async Task<Reply> HandleAsync(Turn turn, CancellationToken ct)
    {
        var story = turn.View!.Aspect<ScheduleStory>()!;
        if (story.Open is not { Status: VersionStatus.Proposed } version)
        {
            return turn.No("schedule.no-proposal", ("reference", story.Schedule.Ref));
        }

        if (version.ById == turn.Speaker.Id)
        {
            return turn.No("schedule.four-eyes", ("reference", story.Schedule.Ref));
        }

        if (Answer(turn, story.Schedule, version) is { } refusal)
        {
            return refusal;
        }

        story.Schedule.Changed();
        var outcome = version.Status == VersionStatus.Approved ? "approved" : "declined";
        turn.Tell(turn.Roster[version.ById], story.Schedule, ScheduleNotice.Name, $"{outcome}:{version.Number}", facts: ScheduleNotice.Facts(outcome, turn.Speaker, version.Number, turn.Value("reason")));
        await turn.Db.SaveChangesAsync(ct);
        await turn.ChangedAsync(story.Schedule, $"schedule-{outcome}", ct);
        return new(await turn.CurrentCardAsync(story.Schedule, ct)) { About = story.Schedule, InPlace = true };
    }

    /// <summary>From this day on; whatever was computed from the version before is looked at again then.</summary>
    public static void PutInForce(Turn turn, EscalationSchedule schedule, ScheduleVersion version, Guid? by, LocalDate from)
    {
        version.Approve(by, from, turn.Now);
        version.Apply(Instant.Max(turn.Now, turn.Roster.Zone.AtStartOfDay(from).ToInstant()));
        schedule.Name = Plan.FromJson(version.Plan).Name;
        turn.Db.Add(AuditEntry.Of(turn.Db, turn.Now, "schedule", schedule.Ref, "approved", $"version {version.Number}"));
    }
}

/// <summary>Gives a draft, or a proposal of one's own, up.</summary>
public sealed class DiscardSchedule : ChatCommand
{
    public override string Verb => "discard-schedule";

    public override string Action => "edit-schedule";

    public override string Needs => "S";

    public override Offer? Offer(View view, Reader reader) => view.Aspect<ScheduleStory>() is { Open: not null } ? new(reader.Words["button.discard"]) : null;

    public override async Task<Reply> HandleAsync(Turn turn, CancellationToken ct)
    {
        var story = turn.View!.Aspect<ScheduleStory>()!;
        if (story.Open is not { } open)
        {
            return turn.No("schedule.no-draft", ("reference", story.Schedule.Ref));
        }

        open.Discard(turn.Now);
        story.Schedule.Changed();
        await turn.Db.SaveChangesAsync(ct);
        await turn.ChangedAsync(story.Schedule, "schedule-discarded", ct);
        return new(await turn.CurrentCardAsync(story.Schedule, ct)) { About = story.Schedule, InPlace = true };
    }
}

/// <summary>An earlier version again: as a new one, by the same rules.</summary>
public sealed partial class RollBackSchedule : ChatCommand
{
    public override string Verb => "roll-back-schedule";

    public override string Action => "edit-schedule";

    public override string Needs => "S";

    public override IReadOnlyList<Regex> Sentences => [RollBack()];

    public override Offer? Offer(View view, Reader reader) => view.Aspect<ScheduleStory>() is { Open: null } story && Earlier(story, reader.Roster.TodayAt(reader.Now)) is { Count: > 0 } earlier
        ? new(
            reader.Words["button.roll-back"],
            new("version", reader.Words["form.version"], InputType.Choice) { Required = true, Choices = [.. earlier.Select(one => new Choice(reader.Words["schedule.version-since", ("number", one.Number), ("day", reader.Day(one.InForceFrom!.Value))], $"{one.Number}"))] },
            new("reason", reader.Words["form.schedule-reason"], InputType.Text) { Required = true })
        : null;

    static List<ScheduleVersion> Earlier(ScheduleStory story, LocalDate today) => [.. story.Versions.Where(one => one.Status == VersionStatus.Approved && one.Id != story.InForce(today)?.Id)];

    public override async Task<Reply> HandleAsync(Turn turn, CancellationToken ct)
    {
        var story = turn.View!.Aspect<ScheduleStory>()!;
        if (story.Open is not null)
        {
            return turn.No("schedule.open-already", ("reference", story.Schedule.Ref));
        }

        if (Earlier(story, turn.Roster.TodayAt(turn.Now)).FirstOrDefault(one => $"{one.Number}" == turn.Value("version")) is not { } earlier)
        {
            return turn.No("schedule.no-such-version", ("reference", story.Schedule.Ref));
        }

        if (turn.Value("reason") is not { } reason)
        {
            return turn.No("schedule.why", ("reference", story.Schedule.Ref));
        }

        var version = new ScheduleVersion { Id = Guid.NewGuid(), OrganizationId = turn.Db.OrganizationId, ScheduleId = story.Schedule.Id, Number = story.NextNumber, Plan = earlier.Plan, ById = turn.Speaker.Id, At = turn.Now };
        turn.Db.Add(version);
        return await ProposeSchedule.ProposeAsync(turn, story, version, reason, false, ct);
    }

    [GeneratedRegex(@"^roll back (?<ref>s-\d+) to (?:version )?(?<version>\d+)(?:,? because (?<reason>.+))?$", RegexOptions.IgnoreCase)]
    private static partial Regex RollBack();
}
