using System.Text.RegularExpressions;
using EquityBot.Chat;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using NodaTime.Text;

namespace EquityBot.Partnerships;

/// <summary>"Follow up with Eastside by Friday: send the draft MOU". It is the speaker's own, so the sentence is enough; what is missing is asked for.</summary>
public sealed partial class PlanFollowUp : ChatCommand
{
    public override string Verb => "plan-follow-up";

    public override string Action => "log-partnership";

    public override IReadOnlyList<Regex> Sentences => [With()];

    /// <summary>Its button beside what it comes out of.</summary>
    /// <param name="after">The activity; null where there is none.</param>
    public static Offer On(Guid partner, string? after, Reader reader) => new(reader.Words["button.partner-follow-up"], Inputs(reader.Words))
    {
        Values = new Dictionary<string, string> { ["partner"] = $"{partner}" }.Concat(after is null ? [] : [new("after", after)]).ToDictionary(),
    };

    static Input[] Inputs(Phrases words, string? what = null) =>
    [
        new("what", words["follow-up.what"], InputType.Text) { Required = true, Value = what },
        new("due", words["follow-up.due"], InputType.Date) { Required = true },
    ];

    public override async Task<Reply> HandleAsync(Turn turn, CancellationToken ct)
    {
        var partners = await turn.Db.Set<Partner>().AsNoTracking().OrderBy(one => one.Name).ToListAsync(ct);
        if (turn.Pressed is null)
        {
            return await SaidAsync(turn, partners, ct);
        }

        var partner = partners.FirstOrDefault(one => $"{one.Id}" == turn.Value("partner"));
        return partner is null ? turn.No("partner.gone")
            : turn.Value("due") is not { } due || turn.Value("what") is not { } what ? Ask(turn, partner, turn.Value("what"))
            : await PutAsync(turn, partner, what, LocalDatePattern.Iso.Parse(due).Value, ct);
    }

    async Task<Reply> SaidAsync(Turn turn, IReadOnlyList<Partner> partners, CancellationToken ct)
    {
        var (found, rest) = PartnerNames.FindFirst(turn.Value("words")!, partners);
        var (when, what) = rest.Split(':', 2) is [var before, var after] ? (before, after) : (rest, null);
        var due = Dates.Find(when, turn.Reckoning);
        what = Statement(what ?? LeadIn().Replace(due is null ? when : when.Remove(due.Start, due.Length), ""));
        if (found.Named is not [var partner, ..])
        {
            var known = new[] { ("due", due is { Other: null } ? LocalDatePattern.Iso.Format(due.Date) : null), ("what", what) };
            return WhichPartner.Ask(turn, this, found, "partner", known.Where(one => one.Item2 is not null).ToDictionary(one => one.Item1, one => one.Item2!));
        }

        if (due?.Other is { } other && what is not null)
        {
            return WhichDay(turn, partner, what, [due.Date, other]);
        }

        return due is null || what is null ? Ask(turn, partner, what) : await PutAsync(turn, partner, what, due.Date, ct);
    }

    static string? Statement(string words) => words.Trim(' ', '.', ',', ';', ':', '-') is { Length: > 0 } what ? char.ToUpperInvariant(what[0]) + what[1..] : null;

    Reply WhichDay(Turn turn, Partner partner, string what, IReadOnlyList<LocalDate> days) => new(new Card(
        turn.Words["follow-up.either-day"],
        new Words(what, Strong: true),
        ButtonRow.Of(days.Select(day => ButtonFor(null, new Offer(turn.Words.DayAndYear(day))
        {
            Values = new Dictionary<string, string> { ["partner"] = $"{partner.Id}", ["what"] = what, ["due"] = LocalDatePattern.Iso.Format(day) },
        }))))) { Refused = true };

    Reply Ask(Turn turn, Partner partner, string? what) => new(new Card(
        turn.Words["follow-up.form-title", ("partner", partner.Name)],
        new Words(turn.Words["follow-up.form-words"]),
        new ButtonRow([ButtonFor(null, new Offer(turn.Words["button.confirm"], Inputs(turn.Words, what)) { Values = new Dictionary<string, string> { ["partner"] = $"{partner.Id}" } }) with { Primary = true }])));

    static async Task<Reply> PutAsync(Turn turn, Partner partner, string what, LocalDate due, CancellationToken ct)
    {
        if (due < turn.Today || what.Length > Form.LongestValue)
        {
            return due < turn.Today ? turn.No("follow-up.past", ("day", turn.Words.DayAndYear(due))) : turn.No("activity.too-long", ("limit", Form.LongestValue));
        }

        var followUp = new FollowUp
        {
            Id = Guid.NewGuid(), OrganizationId = turn.Db.OrganizationId, Number = await Counter.NextAsync(turn.Db, "F", ct), PartnerId = partner.Id, After = turn.Value("after"), What = what, Due = due,
            OwnerId = turn.Speaker.Id, DepartmentId = turn.Speaker.DepartmentId,
        };
        followUp.Plan(turn.Roster.HoursOf(turn.Speaker), turn.Now);
        turn.Db.Add(followUp);
        await turn.ChangedAsync(followUp, "follow-up-planned", ct);
        await turn.Db.SaveChangesAsync(ct);
        var card = await turn.CurrentCardAsync(followUp, ct);
        return new(new Card(turn.Words["follow-up.planned", ("reference", followUp.Ref)], card.Blocks)) { About = followUp };
    }

    [GeneratedRegex(@"^follow[ -]?up with (?<words>.+)$", RegexOptions.IgnoreCase)]
    private static partial Regex With();

    [GeneratedRegex(@"^[ ,]*(?:and |to |about |on )?", RegexOptions.IgnoreCase)]
    private static partial Regex LeadIn();
}
