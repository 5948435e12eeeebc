using System.Text.RegularExpressions;
using EquityBot.Chat;

namespace EquityBot.Partnerships;

/// <summary>Puts right what was logged. What it said before stays on the card, with who corrected it and why.</summary>
public sealed partial class CorrectActivity : ChatCommand
{
    public override string Verb => "correct-activity";

    public override string Action => "correct-partnership";

    public override string Needs => "P";

    public override IReadOnlyList<Regex> Sentences => [Correct()];

    public override Offer? Offer(View view, Reader reader) => view.Subject is PartnershipActivity { TakenBackAt: null } activity && view.Aspect<ActivityStory>() is { } story
        ? new(reader.Words["button.correct"], [.. ActivityForm.Inputs(ActivityDraft.Of(activity), story.Partners, reader.Words), new("reason", reader.Words["activity.reason"], InputType.Text) { Required = true }])
        : null;

    public override async Task<Reply> HandleAsync(Turn turn, CancellationToken ct)
    {
        var activity = turn.Subject<PartnershipActivity>();
        if (turn.Pressed is null)
        {
            return new(await turn.CurrentCardAsync(activity, ct)) { About = activity };
        }

        var (before, partners) = (ActivityDraft.Of(activity), turn.View!.Aspect<ActivityStory>()!.Partners);
        var draft = ActivityDraft.Read(turn, partners) is var read && read.Partners.Count > 0 ? read : read with { Partners = before.Partners };
        if (ActivityForm.WhyNot(draft, turn, partners) is { } refusal)
        {
            return refusal;
        }

        turn.Db.Add(new ActivityCorrection { OrganizationId = turn.Db.OrganizationId, ActivityId = activity.Id, At = turn.Now, ById = turn.Speaker.Id, Reason = turn.Value("reason")!, Before = before.ToJson() });
        (activity.Partners, activity.On, activity.Type, activity.Power, activity.Decision, activity.People, activity.What) =
            ([.. draft.Partners], draft.On ?? activity.On, draft.Type, draft.Power ?? activity.Power, draft.Decision, draft.People, draft.What);
        activity.StartedBy(draft.By);
        activity.Refine();
        await turn.ChangedAsync(activity, "partnership-corrected", ct);
        await PartnerStates.BeginAsync(turn, activity, ct);
        await turn.Db.SaveChangesAsync(ct);
        return new(await turn.CurrentCardAsync(activity, ct)) { About = activity, InPlace = true };
    }

    [GeneratedRegex(@"^(?:correct|fix|change) (?<ref>p-\d+)[.:]?$", RegexOptions.IgnoreCase)]
    private static partial Regex Correct();
}

/// <summary>Who started it: one tap after logging, for what the sentence did not say.</summary>
public sealed class SayWhoStarted : ChatCommand
{
    public override string Verb => "say-who-started";

    public override string Action => "correct-partnership";

    public override string Needs => "P";

    public override async Task<Reply> HandleAsync(Turn turn, CancellationToken ct)
    {
        var activity = turn.Subject<PartnershipActivity>();
        activity.StartedBy(Enum.Parse<Initiator>(turn.Value("by")!));
        activity.Refine();
        await turn.ChangedAsync(activity, "partnership-started-by", ct);
        await turn.Db.SaveChangesAsync(ct);
        return new(await turn.CurrentCardAsync(activity, ct)) { About = activity, InPlace = true };
    }
}
