using System.Text.RegularExpressions;
using EquityBot.Chat;
using EquityBot.Commitments;
using EquityBot.People;
using EquityBot.Storage;

namespace EquityBot.Goals;

/// <summary>
/// How a goal stands. What its pace suggests is one tap; anything else asks for the reason. "On track" with a number that is off track is first asked back, of the owner alone
/// and before anybody else hears of it; only the owner's repetition with a reason stands.
/// </summary>
public sealed partial class RateGoal : ChatCommand
{
    public override string Verb => "rate-goal";

    public override string Action => "report-progress";

    public override string Needs => "G";

    public override IReadOnlyList<Regex> Sentences => [Stands()];

    /// <summary>The button of one status.</summary>
    public static Button Button(SmartGoal goal, ProgressStatus status, ProgressStatus? suggested, Reader reader)
    {
        var name = GoalFacts.StatusOf(status, reader.Words);
        var agrees = suggested is null || status == suggested;
        return reader.Catalogue.Command("rate-goal").ButtonFor(goal, new Offer(status == suggested ? reader.Words["goal.take", ("status", name)] : name, agrees ? [] : [Reason(reader)])) with
        {
            Values = new Dictionary<string, string> { ["status"] = GoalFacts.StatusName(status) },
        };
    }

    static Input Reason(Reader reader) => new("reason", reader.Words["goal.form.reason"], InputType.Text) { Required = true };

    public override async Task<Reply> HandleAsync(Turn turn, CancellationToken ct)
    {
        var (goal, record) = (turn.Subject<SmartGoal>(), turn.View!.Aspect<GoalRecord>()!);
        var today = turn.OwnersToday(goal);
        if (!goal.IsRunning)
        {
            return turn.No("goal.not-running", ("reference", goal.Ref));
        }

        var word = (turn.Value("status") ?? "").ToLowerInvariant().Replace(' ', '-');
        var status = Enum.Parse<ProgressStatus>(word.Replace("-", "", StringComparison.Ordinal), ignoreCase: true);
        var (suggested, reason) = (record.Suggested(goal, today), turn.Value("reason"));
        var claim = turn.Reading(goal, today, suggested: suggested, claimed: status, about: record.Latest?.Seq, reason: reason);
        if (suggested is { } pace && pace != status)
        {
            if (IsGreenOverRed(status, pace) && !(record.WasAsked && IsOwners(turn, goal)))
            {
                return AskOwner(turn, goal, record, claim);
            }

            if (reason is null)
            {
                return turn.No("goal.say-why", ("reference", goal.Ref), ("status", GoalFacts.StatusOf(status, turn.Words)), ("pace", GoalFacts.StatusOf(pace, turn.Words)));
            }

            if (IsGreenOverRed(status, pace))
            {
                TellOfficer(turn, goal, record);
            }
        }

        turn.Db.Add(claim);
        goal.Report(SmartCheck.Of(goal, record, today));
        await turn.ChangedAsync(goal, "status-said", ct);
        turn.Tell(turn.Roster[goal.OwnerId], goal, GoalNews.Name, $"said:{goal.Version}", facts: GoalNews.Facts("said", turn.Speaker));
        await turn.Db.SaveChangesAsync(ct);
        var view = await turn.Subjects.ViewAsync(turn.Db, goal, ct);
        return new(GoalCard.With(turn.Words["goal.said", ("reference", goal.Ref), ("status", GoalFacts.StatusOf(status, turn.Words))], view, turn.Reader)) { About = goal, InPlace = true };
    }

    static bool IsGreenOverRed(ProgressStatus status, ProgressStatus pace) => status == ProgressStatus.OnTrack && pace == ProgressStatus.OffTrack;

    static bool IsOwners(Turn turn, SmartGoal goal) => turn.Reader.Relations(goal).Any(relation => relation is Relation.Owner or Relation.Delegate);

    /// <summary>Keeps that it was asked, and changes nothing: how the goal stands is as it was.</summary>
    static Reply AskOwner(Turn turn, SmartGoal goal, GoalRecord record, GoalReading claim)
    {
        turn.Db.Add(turn.Reading(goal, claim.On, suggested: claim.Suggested, claimed: claim.Claimed, about: claim.About, reason: claim.Reason, stands: false));
        if (IsOwners(turn, goal))
        {
            return new(Question(turn.View!, turn.Reader)) { About = goal, InPlace = true };
        }

        if (!record.WasAsked)
        {
            turn.Tell(turn.Roster[goal.OwnerId], goal, GoalNews.Name, $"asked:{record.Latest!.Seq}", MessageKind.Request, GoalNews.Facts("asked", turn.Speaker));
        }

        return new(new Card(
            turn.Words["goal.owner-asked", ("reference", goal.Ref), ("name", turn.Roster[goal.OwnerId].Name)],
            new Words(goal.Statement, Strong: true),
            new Quiet(turn.Words["goal.owner-asked-words"]),
            turn.Reader.Buttons(turn.View!, "show")))
        {
            About = goal,
            InPlace = true,
        };
    }

    /// <summary>The number and the claim side by side, and both ways out.</summary>
    public static Card Question(View view, Reader reader)
    {
        var (goal, record) = ((SmartGoal)view.Subject, view.Aspect<GoalRecord>()!);
        var words = reader.Words;
        var anyway = Button(goal, ProgressStatus.OnTrack, ProgressStatus.OffTrack, reader);
        return new(
            words["goal.asked", ("reference", goal.Ref)],
            new Words(goal.Statement, Strong: true),
            new Facts(new Fact(words["goal.now"], GoalFacts.Said(goal, record.Latest!, words)), GoalFacts.FromTo(goal, reader)),
            GoalCard.Way(goal, record, reader),
            GoalCard.Warned(goal, record, words),
            new Quiet(words["goal.asked-words"]),
            new ButtonRow([
                Button(goal, ProgressStatus.OffTrack, ProgressStatus.OffTrack, reader) with { Title = GoalFacts.StatusOf(ProgressStatus.OffTrack, words), Primary = true },
                Button(goal, ProgressStatus.AtRisk, ProgressStatus.OffTrack, reader),
                anyway with { Title = words["goal.all-the-same"] },
            ]));
    }

    /// <summary>Once it stands, the officer reads of it in the morning, with the owner's reason.</summary>
    static void TellOfficer(Turn turn, SmartGoal goal, GoalRecord record)
    {
        if (turn.Roster.Holder(Role.EquityOfficer) is not { } officer || officer.Id == goal.OwnerId || officer.Id == turn.Speaker.Id || turn.Roster.HasLeft(officer, turn.Now))
        {
            return;
        }

        turn.Db.Add(new Notice
        {
            OrganizationId = turn.Db.OrganizationId,
            SubjectId = goal.Id,
            Ref = goal.Ref,
            Trigger = GoalNews.Name,
            Period = $"stands:{record.Latest!.Seq}:{goal.Version}",
            RecipientId = officer.Id,
            Kind = MessageKind.Task,
            Slot = Slot.Morning,
            Facts = GoalNews.Facts("stands", turn.Speaker),
            DecidedAt = turn.Now,
            NotBefore = turn.Now,
        });
    }

    [GeneratedRegex(@"^(?<ref>g-\d+)[:,]? (?:is |stays |stands )?(?<status>on[ -]track|at[ -]risk|off[ -]track)(?:,? (?:because|since|as) (?<reason>.+?))?[.!]?$", RegexOptions.IgnoreCase)]
    private static partial Regex Stands();
}
