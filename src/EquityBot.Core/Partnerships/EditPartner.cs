using System.Text.RegularExpressions;
using EquityBot.Chat;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using NodaTime.Text;

namespace EquityBot.Partnerships;

/// <summary>Everything about a partner but its name. A partner that is paid has an agreement, or a word on why it has none.</summary>
public sealed class EditPartner : ChatCommand
{
    public override string Verb => "edit-partner";

    public override string Action => "edit-partner";

    public override string Needs => "N";

    public override Offer? Offer(View view, Reader reader)
    {
        if (view.Subject is not Partner partner)
        {
            return null;
        }

        var words = reader.Words;
        return new(
            words["button.edit"],
            new Input("kind", words["partner.kind"], InputType.Text) { Value = Blank(partner.Kind) },
            new Input("focus", words["partner.focus"], InputType.Text) { Value = Blank(partner.Focus) },
            new Input("contact", words["partner.contact"], InputType.Text) { Value = Blank(partner.Contact), IsContact = true },
            new Input("until", words["partner.until"], InputType.Date) { Value = partner.AgreementExpires is { } until ? LocalDatePattern.Iso.Format(until) : null },
            new Input("funded", words["partner.funded"], InputType.Choice) { Required = true, Value = partner.Funded ? "yes" : "no", Choices = [new(words["partner.funded.yes"], "yes"), new(words["partner.funded.no"], "no")] },
            new Input("note", words["partner.note-label"], InputType.Text) { Value = partner.AgreementNote },
            new Input("owner", words["partner.owner"], InputType.Choice)
            {
                Required = true, Value = reader.Roster[partner.OwnerId].Handle, Choices = [.. reader.Roster.People.Where(one => !one.HasLeftBy(reader.Today)).Select(one => new Choice(one.Name, one.Handle))],
            });
    }

    static string? Blank(string text) => text.Length == 0 ? null : text;

    public override async Task<Reply> HandleAsync(Turn turn, CancellationToken ct)
    {
        var partner = turn.Subject<Partner>();
        if (new[] { ("kind", 60), ("focus", 200), ("contact", 200) }.FirstOrDefault(one => turn.Value(one.Item1)?.Length > one.Item2) is ({ } field, var limit))
        {
            return turn.No("refusal.value-too-long", ("label", turn.Words[$"partner.{field}"]), ("limit", limit));
        }

        if (turn.Roster.ByName(turn.Value("owner") ?? "") is not { } owner || owner.HasLeftBy(turn.Today))
        {
            return turn.No("log.no-such-person", ("name", turn.Value("owner")));
        }

        (partner.Kind, partner.Focus, partner.Contact, partner.AgreementNote) = (turn.Value("kind") ?? "", turn.Value("focus") ?? "", turn.Value("contact") ?? "", turn.Value("note"));
        partner.Funded = turn.Value("funded") == "yes";
        RenewAgreement.Agree(turn, partner, turn.Value("until") is { } until ? LocalDatePattern.Iso.Parse(until).Value : null, owner);
        partner.HandTo(owner);
        if (partner.LacksAgreement)
        {
            return turn.No("partner.needs-agreement", ("partner", partner.Name));
        }

        partner.Refine();
        await turn.ChangedAsync(partner, "partner-edited", ct);
        return new(await turn.CurrentCardAsync(partner, ct)) { About = partner, InPlace = true };
    }
}

/// <summary>The agreement has another end: a tap and a date on the reminder, or "agreement with Eastside until June 30, 2027".</summary>
public sealed partial class RenewAgreement : ChatCommand
{
    public override string Verb => "renew-agreement";

    /// <summary>Whose partner it is turns out when its name was understood; then "edit-partner" is asked for.</summary>
    public override string Action => "log-partnership";

    public override IReadOnlyList<Regex> Sentences => [Until()];

    public override Offer? Offer(View view, Reader reader) => view.Subject is Partner { IsOn: true } partner && reader.May("edit-partner", partner)
        ? new(reader.Words[partner.AgreementExpires is null ? "button.agreed" : "button.renewed"], new Input("until", reader.Words["partner.until"], InputType.Date) { Required = true })
        : null;

    public override async Task<Reply> HandleAsync(Turn turn, CancellationToken ct)
    {
        var partner = turn.View?.Subject as Partner;
        if (partner is null)
        {
            var partners = await turn.Db.Set<Partner>().OrderBy(one => one.Name).ToListAsync(ct);
            var found = turn.Value("partner") is { } id ? new PartnerNames.Found([.. partners.Where(one => $"{one.Id}" == id)], [], "", true) : PartnerNames.Find(turn.Value("name")!, partners);
            if (found.Named is not [var named])
            {
                return WhichPartner.Ask(turn, this, found, "partner", turn.Values);
            }

            partner = named;
        }

        if (!turn.Reader.May("edit-partner", partner))
        {
            return turn.No("denied.edit-partner");
        }

        if (Dates.Read(turn.Value("until") ?? "", turn.Reckoning) is not { } until)
        {
            return turn.No("agreement.which-day", ("partner", partner.Name));
        }

        if (until < turn.Today || until > turn.Today.PlusYears(30))
        {
            return turn.No("agreement.past", ("day", turn.Words.DayAndYear(until)));
        }

        Agree(turn, partner, until, turn.Roster[partner.OwnerId]);
        partner.Refine();
        await turn.ChangedAsync(partner, "agreement-renewed", ct);
        return new(await turn.CurrentCardAsync(partner, ct)) { About = partner, InPlace = true };
    }

    /// <summary>Reminders that would come on the day of saying it are left out.</summary>
    public static void Agree(Turn turn, Partner partner, LocalDate? until, People.Person owner)
    {
        if (until == partner.AgreementExpires)
        {
            return;
        }

        partner.Agree(until, turn.Now);
        if (until is { } last)
        {
            var (due, next) = AgreementWatch.Look(last, turn.Roster.HoursOf(owner), turn.Now);
            partner.Remind(due);
            partner.LookAgainAt(next);
        }
    }

    [GeneratedRegex(@"^(?:renew(?:ed)? )?(?:the |our )?(?:agreement|mou|contract) with (?<name>.{2,160}?) (?:until|to|through|ends|runs until) (?<until>.+?)[.!]?$", RegexOptions.IgnoreCase)]
    private static partial Regex Until();
}
