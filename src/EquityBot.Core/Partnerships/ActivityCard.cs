using EquityBot.Chat;
using NodaTime.Text;

namespace EquityBot.Partnerships;

/// <summary>One thing done with partners: before it is logged, the one tap that logs it; after, as it stands with what was corrected.</summary>
static class ActivityCard
{
    /// <summary>What was understood. Where it is open how it was decided, the four answers are the taps that log it.</summary>
    public static Card Confirm(ActivityDraft draft, IReadOnlyCollection<Partner> partners, LogActivity command, Reader reader)
    {
        var words = reader.Words;
        var day = draft.On is null ? new[] { ActivityForm.Day(words) } : [];
        var known = draft.ToValues();
        Button Log(string title, DecisionPower? power) => command.ButtonFor(null, new Offer(
            title,
            [.. day, .. power is { } chosen && PartnershipActivity.AsksForDecision(chosen) && draft.Decision is null ? new[] { ActivityForm.Decision(draft, words, required: true) } : []])
        {
            Values = new Dictionary<string, string>(known) { ["confirmed"] = "true", ["power"] = $"{power ?? draft.Power}" },
        });
        var edit = command.ButtonFor(null, new Offer(words["button.edit"], [.. ActivityForm.Inputs(draft, partners, words)]) { Values = new Dictionary<string, string>(known) { ["confirmed"] = "true" } });
        return new(
            words["activity.draft-title"],
            new Words(Names(draft.Partners, partners, draft.NewPartner), Strong: true),
            Facts(draft, reader),
            draft.What is { } what ? new Words(what) : null,
            draft.On is null ? new Quiet(words["activity.which-day"]) : null,
            draft.Power is null ? new Question(words["activity.ask-power"], [.. Enum.GetValues<DecisionPower>().Select(power => Log(words[$"activity.power.{power}"], power))]) : null,
            ButtonRow.Of(draft.Power is null ? null : Log(words["button.confirm"], null) with { Primary = true }, edit));
    }

    public static Card Of(View view, Reader reader)
    {
        var activity = (PartnershipActivity)view.Subject;
        var (words, story) = (reader.Words, view.Aspect<ActivityStory>());
        return new(
            words["activity.title", ("reference", activity.Ref), ("partners", Names(activity.Partners, story?.Partners ?? [], null))],
            [
                .. activity.TakenBackAt is { } back ? new Block[] { new Banner(words["activity.taken-back", ("name", reader.Name(activity.OwnerId)), ("day", reader.Day(back.InZone(reader.Roster.ZoneOf(reader.Person)).Date))], Mood.Waiting) } : [],
                Facts(ActivityDraft.Of(activity), reader),
                .. activity.What is { } what ? new Block[] { new Quote(what, reader.Name(activity.OwnerId)) } : [new Quiet(words["activity.logged-by", ("name", reader.Name(activity.OwnerId))])],
                .. (story?.Corrections ?? []).SelectMany(one => Corrected(one, reader)),
                .. reader.EveryButton(view) is { } buttons ? new Block[] { buttons } : [],
            ]);
    }

    static IEnumerable<Block> Corrected(ActivityCorrection correction, Reader reader)
    {
        var words = reader.Words;
        var before = ActivityDraft.ValuesOf(correction.Before);
        var was = new[] { ("on", "activity.on"), ("type", "activity.type"), ("power", "activity.power"), ("decision", "activity.decision"), ("people", "activity.people"), ("by", "activity.by"), ("what", "activity.what") }
            .Where(field => before.ContainsKey(field.Item1))
            .Select(field => words["activity.was", ("label", words[field.Item2]), ("value", Shown(field.Item1, before[field.Item1], reader))]);
        yield return new Quiet(words["activity.corrected", ("name", reader.Name(correction.ById)), ("day", reader.Day(correction.At.InZone(reader.Roster.ZoneOf(reader.Person)).Date)), ("reason", correction.Reason), ("before", string.Join("; ", was))]);
    }

    static string Shown(string field, string value, Reader reader) => field switch
    {
        "on" => reader.Day(LocalDatePattern.Iso.Parse(value).Value),
        "type" or "power" or "by" => reader.Words[$"activity.{field}.{value}"],
        _ => value,
    };

    public static Facts Facts(ActivityDraft draft, Reader reader)
    {
        var words = reader.Words;
        return new(
            draft.On is { } on ? new Fact(words["activity.on"], reader.Day(on)) : null,
            new Fact(words["activity.type"], words[$"activity.type.{draft.Type}"]),
            draft.Power is { } power ? new Fact(words["activity.power"], draft.Decision is { } decision ? words["activity.power-and-decision", ("power", words[$"activity.power.{power}"]), ("decision", decision)] : words[$"activity.power.{power}"]) : null,
            draft.People is { } people ? new Fact(words["activity.people"], $"{people}") : null,
            draft.By is { } by ? new Fact(words["activity.by"], words[$"activity.by.{by}"]) : null,
            draft.Promises is { } promises ? new Fact(words["activity.promises"], promises) : null);
    }

    public static string Names(IEnumerable<Guid> ids, IEnumerable<Partner> partners, string? newcomer) =>
        string.Join(" · ", ids.Select(id => partners.FirstOrDefault(one => one.Id == id)?.Name).Append(newcomer).OfType<string>());
}
