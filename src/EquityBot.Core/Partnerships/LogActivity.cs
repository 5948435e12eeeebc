using System.Text.RegularExpressions;
using EquityBot.Chat;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;

namespace EquityBot.Partnerships;

/// <summary>"Met with Eastside Food Bank yesterday, 12 people, they decided the opening hours": one message and the tap that says it was understood.</summary>
public sealed partial class LogActivity : ChatCommand
{
    public override string Verb => "log-activity";

    public override string Action => "log-partnership";

    public override IReadOnlyList<Regex> Sentences => [Did()];

    public override async Task<Reply> HandleAsync(Turn turn, CancellationToken ct)
    {
        var partners = await turn.Db.Set<Partner>().AsNoTracking().OrderBy(one => one.Name).ToListAsync(ct);
        if (turn.Pressed is not null)
        {
            return await GoOnAsync(turn, ActivityDraft.Read(turn, partners), partners, ct);
        }

        var (draft, found) = ActivityWords.Read(turn.Value("how")!, turn.Value("words")!, partners, turn.Today);
        if (ActivityForm.WhyNot(draft, turn, partners) is { } refusal)
        {
            return refusal;
        }

        // Whoever chooses the partner has said everything where nothing else is open.
        var values = draft.ToValues();
        if (draft is { Power: not null, On: not null })
        {
            values["confirmed"] = "true";
        }

        return found.Named.Count == 0 ? WhichPartner.Ask(turn, this, found, "partners", values, "new") : new(ActivityCard.Confirm(draft, partners, this, turn.Reader));
    }

    async Task<Reply> GoOnAsync(Turn turn, ActivityDraft draft, IReadOnlyList<Partner> partners, CancellationToken ct)
    {
        if (ActivityForm.WhyNot(draft, turn, partners) is { } refusal)
        {
            return refusal;
        }

        if (draft.Power is null || draft.On is null || turn.Value("confirmed") is null)
        {
            return new(ActivityCard.Confirm(draft, partners, this, turn.Reader)) { InPlace = true };
        }

        var known = draft.NewPartner is { } name ? await AddPartner.PutAsync(turn, name, PartnerState.Active, ct) : null;
        List<Guid> with = known is null ? [.. draft.Partners] : [known.Id];
        if (with.Count == 0)
        {
            return turn.No("partner.gone");
        }

        var activity = new PartnershipActivity
        {
            Id = Guid.NewGuid(),
            OrganizationId = turn.Db.OrganizationId,
            Number = await Counter.NextAsync(turn.Db, "P", ct),
            Partners = with,
            On = draft.On.Value,
            Type = draft.Type,
            Power = draft.Power.Value,
            Decision = draft.Decision,
            People = draft.People,
            What = draft.What,
            Promises = draft.Promises,
            OwnerId = turn.Speaker.Id,
            DepartmentId = turn.Speaker.DepartmentId,
            LoggedAt = turn.Now,
        };
        activity.StartedBy(draft.By);
        turn.Db.Add(activity);
        await turn.ChangedAsync(activity, "partnership-logged", ct);
        var begun = await PartnerStates.BeginAsync(turn, activity, ct);
        await turn.Db.SaveChangesAsync(ct);
        return Receipt(turn, activity, draft, known is null ? partners : [known], begun);
    }

    static Reply Receipt(Turn turn, PartnershipActivity activity, ActivityDraft draft, IReadOnlyList<Partner> partners, IReadOnlyList<Partner> begun)
    {
        var (words, reader) = (turn.Words, turn.Reader);
        var names = ActivityCard.Names(activity.Partners, partners, null);
        var resting = partners.Where(one => activity.Partners.Contains(one.Id) && !one.IsOn).ToList();
        var started = reader.Catalogue.Command("say-who-started");
        return new(new Card(
            words["activity.logged", ("reference", activity.Ref)],
            new Words(names, Strong: true),
            ActivityCard.Facts(draft, reader),
            activity.What is { } what ? new Words(what) : null,
            begun.Count > 0 ? new Quiet(words["activity.begun", ("partners", string.Join(" · ", begun.Select(one => one.Name)))]) : null,
            resting.Count > 0 ? new Quiet(words["activity.resting", ("partner", resting[0].Name), ("state", words[$"partner.state.{resting[0].State}"])]) : null,
            activity.InitiatedBy is null
                ? new Question(words["activity.ask-by"], [.. Enum.GetValues<Initiator>().Select(by => started.ButtonFor(activity, new Offer(words[$"activity.by.{by}"]) { Values = new Dictionary<string, string> { ["by"] = $"{by}" } }))])
                : null,
            ButtonRow.Of(
                reader.Catalogue.Command("undo-activity").ButtonFor(activity, new Offer(words["button.undo"])),
                reader.Catalogue.Command("plan-follow-up").ButtonFor(null, PlanFollowUp.On(activity.Partners[0], activity.Ref, reader)),
                reader.Show(activity))))
        {
            About = activity,
            InPlace = true,
            Public = turn.Room is { } room ? (room.Id, new Card(words["activity.public", ("department", turn.Roster.Department(activity.DepartmentId).Name), ("partners", names), ("day", reader.Day(activity.On)), ("reference", activity.Ref)], new ButtonRow([reader.Show(activity)]))) : null,
        };
    }

    [GeneratedRegex(@"^(?:(?:today|yesterday),? )?(?:(?:we|i|our team|my team)(?:'ve| have| just| also)* )?(?:just )?(?<how>met(?: up)? with|called|spoke (?:with|to)|talked (?:with|to)|visited|sat down with|had a (?:call|meeting|visit|session|workshop) with|attended(?: a| an| the)? (?:meeting|event|fair|gathering|town hall|forum|workshop|session|celebration)s? (?:of|with|by|at)|worked with|co-?designed with|consulted(?: with)?|presented to|shared data with|signed (?:an? |the )?(?:mou|agreement|memorandum) with|trained with|held (?:a|an|the) (?:meeting|workshop|training|session|town hall|forum) with) (?<words>.+)$", RegexOptions.IgnoreCase)]
    private static partial Regex Did();
}
