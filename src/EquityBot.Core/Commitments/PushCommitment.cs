using System.Text.RegularExpressions;
using EquityBot.Chat;
using EquityBot.People;
using NodaTime;
using NodaTime.Text;

namespace EquityBot.Commitments;

/// <summary>A later day, with the reason and what is needed to keep it; two in all, and after that the sponsor decides. In an open case it acts as an acknowledgement.</summary>
public sealed partial class PushCommitment : ChatCommand
{
    public override string Verb => "push-commitment";

    public override string Action => "move-due-date";

    public override string Needs => "C";

    const string More = @"(?:(?:one|an?|two|three|four|five|six|eight|ten|\d{1,2}|a couple of)(?: more)? )?(?:(?:working|business) )?(?:days?|weeks?|months?)(?: more)?";
    const string Why = @"(?:[,;.]? ?(?:because(?: of)?|since|due to) (?<reason>.+?)|[?.] (?<reason>.+?))?(?:[,;.]? (?:and )?(?:we |i )?need(?:ing|s)? (?<need>.+?))?[.!?]*$";

    public override IReadOnlyList<Regex> Sentences => [Push(), Longer(), NewDay()];

    public override Regex? Hint => Hinted();

    public override IReadOnlyDictionary<string, string>? Filled(string said, Reader reader) =>
        Dates.Find(said, reader.Reckoning) is { } day ? new Dictionary<string, string> { ["due"] = LocalDatePattern.Iso.Format(day.Date), ["reason"] = said } : null;

    public override Offer? Offer(View view, Reader reader) => view.Subject switch
    {
        Commitment { IsRunning: true } commitment when commitment.Extensions < commitment.ExtensionLimit => new(reader.Words["button.push"], Inputs(reader)),
        Commitment { BoardSince: null } commitment when commitment.Extensions >= commitment.ExtensionLimit && CanMove(commitment) && AskedAlready(view) is null => new(reader.Words["button.ask-sponsor"], Inputs(reader)),
        _ => null,
    };

    static bool CanMove(Commitment commitment) => commitment.IsRunning || commitment.Status == CommitmentStatus.Missed;

    static Request? AskedAlready(View view) => view.Aspect<OpenRequests>()?.Requests.FirstOrDefault(request => request.Kind == RequestKind.Extension);

    /// <summary>What moving a due date asks for, here and where a case is acknowledged.</summary>
    public static Input[] Inputs(Reader reader) =>
    [
        new("due", reader.Words["form.new-due"], InputType.Date) { Required = true },
        new("reason", reader.Words["form.reason"], InputType.Text) { Required = true },
        new("need", reader.Words["form.need"], InputType.Text) { Required = true },
    ];

    public override async Task<Reply> HandleAsync(Turn turn, CancellationToken ct)
    {
        var commitment = turn.Subject<Commitment>();
        return await MoveAsync(turn, commitment, ct)
            ?? await turn.CurrentAsync(commitment, turn.Words["push.done", ("reference", commitment.Ref), ("day", turn.Reader.Day(commitment.Due!.Value))], ct);
    }

    /// <summary>Moves the due day and spends an extension; the answer instead where that cannot be, or where the sponsor is asked.</summary>
    public static async Task<Reply?> MoveAsync(Turn turn, Commitment commitment, CancellationToken ct)
    {
        if (DayOf(turn, commitment) is not var (due, other))
        {
            return CanMove(commitment) ? turn.No("push.which-day", ("reference", commitment.Ref)) : turn.No("push.not-open", ("reference", commitment.Ref));
        }

        if (WhyNot(turn, commitment, due) is { } refusal)
        {
            return refusal;
        }

        if (other is { } second)
        {
            return WhichDay(turn, commitment, due, second);
        }

        if (turn.Value("reason") is not { } reason)
        {
            return turn.No("push.why", ("reference", commitment.Ref), ("day", LocalDatePattern.Iso.Format(due)));
        }

        if (commitment.Extensions >= commitment.ExtensionLimit)
        {
            return AskSponsor(turn, commitment, due, reason);
        }

        turn.Record(commitment, "due-moved", reason, oldDue: commitment.Due, newDue: due, need: turn.Value("need"));
        commitment.Extend(due, reason, turn.Speaker.Id, turn.OwnersToday(commitment), turn.Now);
        await turn.ChangedAsync(commitment, "due-moved", ct);
        return null;
    }

    /// <summary>A day as it was said, or so much after the day that stands.</summary>
    static (LocalDate, LocalDate?)? DayOf(Turn turn, Commitment commitment) =>
        turn.Value("more")?.Replace(" more", "", StringComparison.OrdinalIgnoreCase) is { } more ? Dates.ReadEither($"in {more}", Standing(turn, commitment)) ?? Dates.ReadEither($"in a {more}", Standing(turn, commitment))
        : turn.Value("due") is { } typed ? Dates.ReadEither(typed, turn.Reckoning)
        : null;

    static Reckoning Standing(Turn turn, Commitment commitment) => turn.Reckoning with { Today = commitment.Due!.Value };

    /// <summary>The words can be read in two ways: one button a day, with whatever else was said. Nothing moves before.</summary>
    static Reply WhichDay(Turn turn, Commitment commitment, LocalDate due, LocalDate other)
    {
        var buttons = new[] { due, other }.Where(day => WhyNot(turn, commitment, day) is null).Select((day, place) => turn.Reader.Catalogue.Command("push-commitment").ButtonFor(
            commitment,
            new Offer(turn.Words["button.push-to", ("day", turn.Words.DayAndYear(day))], [.. Inputs(turn.Reader).Where(input => input.Id != "due" && turn.Value(input.Id) is null)])
            {
                Values = turn.Values.Where(value => value.Key is "reason" or "need").Append(new("due", LocalDatePattern.Iso.Format(day))).ToDictionary(),
            }) with { Primary = place == 0 });
        return new(new Card(turn.Words["push.either-day", ("reference", commitment.Ref)], new Words(commitment.Statement, Strong: true), ButtonRow.Of(buttons))) { Refused = true, About = commitment };
    }

    /// <summary>Why the promise cannot move to this day now; null when it can.</summary>
    public static Reply? WhyNot(Turn turn, Commitment commitment, LocalDate due)
    {
        if (!CanMove(commitment))
        {
            return turn.No("push.not-open", ("reference", commitment.Ref));
        }

        if (commitment.BoardSince is not null)
        {
            return turn.No("push.board", ("reference", commitment.Ref));
        }

        var owner = turn.Roster[commitment.OwnerId];
        return due <= commitment.Due || due <= turn.OwnersToday(commitment)
            ? turn.No("push.not-later", ("day", turn.Words.DayAndYear(due)), ("reference", commitment.Ref))
            : CommitmentForm.CheckDay(due, owner, turn);
    }

    /// <summary>The extensions are spent: the sponsor is asked, and until the answer nothing moves. Where there is none, the supervisor, else the equity officer.</summary>
    static Reply AskSponsor(Turn turn, Commitment commitment, LocalDate due, string reason)
    {
        var owner = turn.Roster[commitment.OwnerId];
        var asked = new[] { turn.Roster.SponsorFor(owner, commitment.DepartmentId), turn.Roster.Find(owner.SupervisorId), turn.Roster.Holder(Role.EquityOfficer) }
            .FirstOrDefault(one => one is not null && one.Id != turn.Speaker.Id && one.Id != owner.Id && !one.HasLeftBy(turn.Today));
        if (AskedAlready(turn.View!) is { } open)
        {
            return turn.No("push.asked-already", ("reference", commitment.Ref), ("name", turn.Roster[open.ToId].Name));
        }

        if (asked is null)
        {
            return turn.No("push.nobody-to-ask", ("reference", commitment.Ref));
        }

        turn.Record(commitment, "extension-asked", reason, newDue: due, need: turn.Value("need"));
        turn.Ask(RequestKind.Extension, asked, commitment, reason, due, turn.Value("need"));
        return new(new Card(
            turn.Words["push.sponsor-asked", ("reference", commitment.Ref), ("name", asked.Name)],
            new Words(commitment.Statement, Strong: true),
            new Quiet(turn.Words["push.sponsor-decides", ("reference", commitment.Ref), ("day", turn.Reader.Day(commitment.Due!.Value))]),
            turn.Reader.Buttons(turn.View!, "show")))
        {
            About = commitment,
        };
    }

    [GeneratedRegex($@"^{Manners.Intent}(?:push|move|postpone|delay|extend|reschedule|shift|defer|bump)(?: out| back)? (?<ref>c-\d+)(?: out| back)?(?:(?: (?:by|for))?(?: another)? (?<more>{More})| (?:to|until|till|by|for|up to) (?<due>.+?))?{Why}", RegexOptions.IgnoreCase)]
    private static partial Regex Push();

    [GeneratedRegex($@"^(?:(?<ref>c-\d+)(?: still)? needs (?:(?:another|an extra|an additional) )?(?<more>{More})|(?:(?:we|i) |{Manners.Intent})(?:need|give (?:me|us)) (?:(?:another|an extra) )?(?<more>{More})(?: for| on| to finish) (?<ref>c-\d+)){Why}", RegexOptions.IgnoreCase)]
    private static partial Regex Longer();

    [GeneratedRegex($@"^(?:(?:new|later|change the|set the) (?:due )?(?:date|day|deadline)(?: for| of| on)? (?<ref>c-\d+)(?: to|:| is)? (?<due>.+?)|(?:set|reset|change) (?<ref>c-\d+) to (?<due>.+?)|(?<ref>c-\d+)(?: (?:needs|will need|won't be (?:done|ready|finished)|can't be (?:done|ready|finished)|will take)) (?:until|till|before) (?<due>.+?)|(?<ref>c-\d+) (?:needs a )?new (?:due )?(?:date|day)(?: is| to|:)? (?<due>.+?)|(?:(?:we|i) |{Manners.Intent})(?:need|give (?:me|us)) until (?<due>.+?) (?:for|on|to finish) (?<ref>c-\d+)){Why}", RegexOptions.IgnoreCase)]
    private static partial Regex NewDay();

    [GeneratedRegex(@"\b(?:push(?:ing)?(?: back)?|mov(?:e|ing)(?: it)?(?: to)?|postpon(?:e|ing)|delay|extend|reschedul(?:e|ing)|new (?:due )?date|more time|due|deadline|late|until|make it|instead|extension)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Hinted();
}
