using System.Text.RegularExpressions;
using EquityBot.Chat;
using EquityBot.People;
using Microsoft.EntityFrameworkCore;

namespace EquityBot.Partnerships;

/// <summary>A partnership stands otherwise: by the partner's name, its reference or a button. One that pauses or ends needs a word on why.</summary>
public abstract class ChangePartnerState(PartnerState to) : ChatCommand
{
    const string Called = @"(?:(?<ref>n-\d+)|(?<name>(?![a-z]-\d).{2,160}?))";

    const string Partnership = "(?:the|our|this) (?:partnership|collaboration|work) with ";

    /// <summary>In an expression: a partner, by what it is called. References of other things are no names.</summary>
    protected const string Which = $"(?:{Partnership})?{Called}";

    /// <summary>In an expression: a partner where the verb could be said of anything.</summary>
    protected const string Surely = $@"(?:{Partnership}{Called}|(?<ref>n-\d+))";

    /// <summary>In an expression: why, where it is said.</summary>
    protected const string Why = @"(?:(?:,? because|:) (?<reason>.+?))?[.!]*$";

    /// <summary>Whose partner it is turns out when its name was understood; then "edit-partner" is asked for.</summary>
    public override string Action => "log-partnership";

    bool NeedsReason => to is PartnerState.Paused or PartnerState.Ended;

    public override Offer? Offer(View view, Reader reader) => view.Subject is Partner partner && partner.State != to && reader.May("edit-partner", partner) ? On(reader.Words) : null;

    Offer On(Phrases words) => new(words[$"button.partner.{to}"], NeedsReason ? [new Input("reason", words["partner.reason"], InputType.Text) { Required = true }] : []);

    public override async Task<Reply> HandleAsync(Turn turn, CancellationToken ct)
    {
        var (partner, ask) = turn.View?.Subject is Partner known ? (known, null) : await FindAsync(turn, ct);
        if (partner is null)
        {
            return ask!;
        }

        var words = turn.Words;
        if (!turn.Reader.May("edit-partner", partner))
        {
            return turn.No("denied.edit-partner");
        }

        if (partner.State == to)
        {
            return turn.No($"partner.already.{to}", ("partner", partner.Name));
        }

        if (NeedsReason && turn.Value("reason") is null)
        {
            return new(new Card(words[$"partner.why.{to}", ("partner", partner.Name)], new Words(words["partner.why-words"]), new ButtonRow([ButtonFor(partner, On(words)) with { Primary = true }]))) { About = partner };
        }

        await PartnerStates.ChangeAsync(turn, partner, to, NeedsReason ? turn.Value("reason") : null, null, ct);
        await turn.Db.SaveChangesAsync(ct);
        var undo = turn.Reader.Catalogue.Command("undo-partner-state").ButtonFor(partner, new Offer(words["button.undo"]));
        return new(PartnerCard.With(words[$"partner.became.{to}", ("partner", partner.Name)], undo, await turn.Subjects.ViewAsync(turn.Db, partner, ct), turn.Reader)) { About = partner, InPlace = true };
    }

    async Task<(Partner? Partner, Reply? Ask)> FindAsync(Turn turn, CancellationToken ct)
    {
        var partners = await turn.Db.Set<Partner>().OrderBy(one => one.Name).ToListAsync(ct);
        var found = turn.Value("partner") is { } id ? new PartnerNames.Found([.. partners.Where(one => $"{one.Id}" == id)], [], "", true) : PartnerNames.Find(turn.Value("name") ?? "", partners);
        return found.Named is [var named] ? (named, null)
            : Naming.Department(turn.Roster, found.Words).One is { } department ? (null, turn.No("partner.is-department", ("department", department.Name)))
            : (null, WhichPartner.Ask(turn, this, found, "partner", turn.Values));
    }
}

/// <summary>"Pause Eastside Food Bank because the director changed." With a day until which, it is a department that rests.</summary>
public sealed partial class PausePartner() : ChangePartnerState(PartnerState.Paused)
{
    const string NoDepartment = "(?!(?:everything|everybody|everyone|all|the organization|escalations?)\\b|(?:(?! because |:).)* until )";

    public override string Verb => "pause-partner";

    public override bool OnRequest => true;

    public override IReadOnlyList<Regex> Sentences => [Pause(), OnHold()];

    [GeneratedRegex($@"^(?:(?:we|i)(?:'ve| have)? )?paused? {NoDepartment}{Which}{Why}", RegexOptions.IgnoreCase)]
    private static partial Regex Pause();

    [GeneratedRegex($@"^(?:(?:we|i)(?:'ve| have)? )?put {Which} on hold{Why}|^{Surely} is (?:paused|on hold){Why}", RegexOptions.IgnoreCase)]
    private static partial Regex OnHold();
}

/// <summary>"We ended the partnership with Eastside Food Bank because they closed."</summary>
public sealed partial class EndPartnership() : ChangePartnerState(PartnerState.Ended)
{
    public override string Verb => "end-partnership";

    public override bool OnRequest => true;

    public override IReadOnlyList<Regex> Sentences => [End(), Over()];

    [GeneratedRegex($@"^(?:(?:we|i)(?:'ve| have)? )?(?:end(?:ed)?|stop(?:ped)?) {Surely}{Why}", RegexOptions.IgnoreCase)]
    private static partial Regex End();

    [GeneratedRegex($@"^{Surely} (?:is over|has ended|ended){Why}", RegexOptions.IgnoreCase)]
    private static partial Regex Over();
}

/// <summary>"Eastside Food Bank is active again."</summary>
public sealed partial class ResumePartnership() : ChangePartnerState(PartnerState.Active)
{
    public override string Verb => "resume-partnership";

    public override IReadOnlyList<Regex> Sentences => [Active(), Resume()];

    [GeneratedRegex($@"^{Which} is (?:active(?: again)?|a partner again)[.!]*$", RegexOptions.IgnoreCase)]
    private static partial Regex Active();

    [GeneratedRegex($@"^(?:(?:we|i)(?:'ve| have)? )?(?:resumed? {Surely}|reactivated? {Which})[.!]*$", RegexOptions.IgnoreCase)]
    private static partial Regex Resume();
}

/// <summary>"Eastside Food Bank is a prospect": nothing was done together yet.</summary>
public sealed partial class CallProspect() : ChangePartnerState(PartnerState.Prospect)
{
    public override string Verb => "call-prospect";

    public override bool OnRequest => true;

    public override IReadOnlyList<Regex> Sentences => [Prospect()];

    [GeneratedRegex($@"^{Which} is (?:(?:just|only|still) )?a prospect(?:ive partner)?[.!]*$", RegexOptions.IgnoreCase)]
    private static partial Regex Prospect();
}
