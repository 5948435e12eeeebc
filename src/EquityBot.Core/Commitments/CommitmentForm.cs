using System.Globalization;
using EquityBot.Chat;
using EquityBot.People;
using NodaTime;
using NodaTime.Text;

namespace EquityBot.Commitments;

/// <summary>The fields of a promise as inputs, and back.</summary>
static class CommitmentForm
{
    public static readonly IReadOnlyList<string> Levels = Commitment.Levels;
    public static readonly IReadOnlyList<string> Audiences = ["internal", "external", "power-sharing", "other"];
    public static readonly string[] Drivers = ["social", "structural"];

    /// <summary>The weekdays that a month has at least four of and on which most people work.</summary>
    static readonly Rhythm[] NthWeekdays = [.. Enumerable.Range(1, Rhythm.Last).SelectMany(nth => Enumerable.Range(1, 5).Select(day => Rhythm.On(nth, (IsoDayOfWeek)day)))];

    /// <summary>All of them, filled in from <paramref name="draft"/> where there is one.</summary>
    public static IReadOnlyList<Input> Inputs(Commitment? draft, Reader reader)
    {
        var words = reader.Words;
        return
        [
            new("what", words["form.what"], InputType.Text) { Required = true, Value = draft?.Statement },
            new("due", words["form.due"], InputType.Date) { Required = true, Value = draft?.Due is { } due ? LocalDatePattern.Iso.Format(due) : null },
            new("owner", words["form.owner"], InputType.Choice)
            {
                Required = true,
                Value = reader.Roster[draft?.OwnerId ?? reader.Person.Id].Handle,
                Choices = [.. Owners(reader).Select(person => new Choice(person.Name, person.Handle))],
            },
            new("forWhom", words["form.for-whom"], InputType.Text) { Value = draft?.ForWhom },
            new("level", words["form.level"], InputType.Choice) { Value = draft?.Level, Choices = Choices("level", [.. Levels]) },
            new("driver", words["form.driver"], InputType.Choice) { Value = draft?.Driver, Choices = Choices("driver", Drivers) },
            new("cadence", words["form.cadence"], InputType.Choice) { Value = draft?.Rhythm?.Name, Choices = Rhythms(reader) },
            new("audience", words["form.audience"], InputType.Choice) { Value = draft?.Audience, Choices = Choices("audience", [.. Audiences]) },
            new("goals", words["form.goals"], InputType.Choices) { Value = draft?.Goals?.Replace(';', ','), Choices = [.. Framework.Goals.Select(goal => new Choice(words[$"goal.{goal}"], goal))] },
            new("money", words["form.money"], InputType.Text) { Value = draft?.Money?.ToString(CultureInfo.InvariantCulture) },
            new("staff", words["form.staff"], InputType.Text) { Value = draft?.Staff?.ToString("0.##", CultureInfo.InvariantCulture) },
        ];

        IReadOnlyList<Choice> Choices(string field, string[] values) => [.. values.Select(value => new Choice(words[$"{field}.{value}"], value))];
    }

    /// <summary>The rhythms to choose from; others can be said.</summary>
    public static IReadOnlyList<Choice> Rhythms(Reader reader) =>
    [
        .. Usual(reader.Roster.Organization).Concat(NthWeekdays).Select(rhythm => new Choice(RhythmWords.Title(rhythm, reader.Words), rhythm.Name)),
    ];

    static Rhythm[] Usual(Organization organization) => [Cadence.Weekly, Cadence.TwoWeekly, Cadence.Monthly, Cadence.Quarterly, Rhythm.OfFiscalYear(organization.FiscalMonth)];

    /// <summary>Whoever may log for another may name anybody; everybody else themselves.</summary>
    static IEnumerable<Person> Owners(Reader reader) =>
        reader.May("log-for-another", null) ? reader.Roster.People.Where(person => !person.HasLeftBy(reader.Today)) : [reader.Person];

    /// <summary>Writes the values into the draft. Returns the refusal, or null when all of them make sense.</summary>
    /// <param name="forAnybody">Whoever speaks may name any owner here, whatever they may elsewhere.</param>
    public static Reply? Apply(Commitment draft, Turn turn, bool forAnybody = false)
    {
        if (turn.Value("what") is { } what)
        {
            draft.Statement = Statement(what);
        }

        if (turn.Value("due") is { } due)
        {
            (draft.Due, draft.OtherDue) = (LocalDatePattern.Iso.Parse(due).Value, null);
        }

        if (turn.Value("owner") is { } named)
        {
            if (turn.Roster.ByName(named) is not { } owner || owner.HasLeftBy(turn.Today))
            {
                return turn.No("log.no-such-person", ("name", named));
            }

            if (owner.Id != turn.Speaker.Id && !forAnybody && !turn.Reader.May("log-for-another", null))
            {
                return turn.No("denied.log-for-another");
            }

            (draft.OwnerId, draft.DepartmentId) = (owner.Id, owner.DepartmentId);
        }

        if (turn.Value("cadence") is { } unread && Rhythm.Parse(unread) is null)
        {
            return turn.No("log.not-a-choice", ("label", turn.Words["form.cadence"]), ("value", unread), ("choices", string.Join(", ", Usual(turn.Roster.Organization).Select(rhythm => RhythmWords.Title(rhythm, turn.Words)))));
        }

        draft.Rhythm = turn.Value("cadence") is { } cadence ? Rhythm.Parse(cadence) : turn.Cleared("cadence") ? null : draft.Rhythm;
        return ApplyDescription(draft, turn, turn.Values) ?? Check(draft, turn);
    }

    /// <summary>Writes what a promise is about and what is set aside for it: a value that is missing leaves its field, an empty one empties it. Returns the refusal, or null.</summary>
    public static Reply? ApplyDescription(Commitment promise, Turn turn, IReadOnlyDictionary<string, string> values)
    {
        if (values.GetValueOrDefault("forWhom")?.Length > 200)
        {
            return turn.No("log.for-whom-too-long", ("limit", 200));
        }

        if ((NotAChoice(turn, values, "level", Levels) ?? NotAChoice(turn, values, "driver", Drivers) ?? NotAChoice(turn, values, "audience", Audiences)) is { } refusal)
        {
            return refusal;
        }

        if (Framework.Read(values.GetValueOrDefault("goals") ?? "") is not { } goals)
        {
            return turn.No("log.no-such-goal", ("value", values["goals"]), ("first", Framework.Goals[0]), ("last", Framework.Goals[^1]));
        }

        var (money, staff) = (Amount(values.GetValueOrDefault("money")), Amount(values.GetValueOrDefault("staff")));
        if (money is < 0 or > 1_000_000_000_000 || staff is < 0 or > 10_000)
        {
            return turn.No("log.not-an-amount", ("value", money is < 0 or > 1_000_000_000_000 ? values["money"] : values["staff"]));
        }

        if (values.GetValueOrDefault("audience") is "external" && promise.IsOnThePlan && promise.Audience != "external")
        {
            return turn.No("describe.external", ("reference", promise.Ref));
        }

        promise.ForWhom = Field("forWhom", promise.ForWhom);
        promise.Audience = Field("audience", promise.Audience)?.ToLowerInvariant();
        promise.Driver = Field("driver", promise.Driver)?.ToLowerInvariant();
        promise.Goals = values.ContainsKey("goals") ? goals.Count == 0 ? null : string.Join(';', goals) : promise.Goals;
        promise.Level = Field("level", promise.Level)?.ToLowerInvariant() ?? goals.Select(Framework.LevelOf).OfType<string>().FirstOrDefault();
        promise.Money = values.ContainsKey("money") ? (long?)money : promise.Money;
        promise.Staff = values.ContainsKey("staff") ? staff : promise.Staff;
        return null;

        string? Field(string id, string? before) => values.TryGetValue(id, out var value) ? value.Length == 0 ? null : value : before;
    }

    static Reply? NotAChoice(Turn turn, IReadOnlyDictionary<string, string> values, string field, IReadOnlyList<string> allowed) =>
        values.GetValueOrDefault(field) is { Length: > 0 } value && !allowed.Contains(value, StringComparer.OrdinalIgnoreCase)
            ? turn.No("log.not-a-choice", ("label", turn.Words[$"form.{field}"]), ("value", value), ("choices", string.Join(", ", allowed.Select(choice => turn.Words[$"{field}.{choice}"]))))
            : null;

    /// <summary>"$5,000", "20k", "0.5"; null where nothing was said, below zero where it is no number.</summary>
    static decimal? Amount(string? said)
    {
        if (string.IsNullOrEmpty(said))
        {
            return null;
        }

        var plain = said.ToLowerInvariant().Replace("dollars", "", StringComparison.Ordinal).Replace("usd", "", StringComparison.Ordinal).Replace(",", "", StringComparison.Ordinal).Trim(' ', '$');
        var thousands = plain.EndsWith('k');
        return decimal.TryParse(plain.TrimEnd('k'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount) ? amount * (thousands ? 1000 : 1) : -1;
    }

    /// <summary>What a promise cannot be without, and a day that is still to come where its owner is.</summary>
    static Reply? Check(Commitment draft, Turn turn)
    {
        if (draft.Statement.Length is 0 or > 500)
        {
            return turn.No(draft.Statement.Length == 0 ? "log.what" : "log.what-too-long", ("limit", 500));
        }

        return draft.Due is { } due ? CheckDay(due, turn.Roster[draft.OwnerId], turn) : null;
    }

    /// <summary>A day that is neither gone where the owner is nor out of all reach; today is still to come.</summary>
    public static Reply? CheckDay(LocalDate due, Person owner, Turn turn)
    {
        var today = turn.Roster.TodayOf(owner, turn.Now);
        return due < today ? turn.No("log.past", ("day", turn.Words.DayAndYear(due)))
            : due > today + Commitment.Furthest ? turn.No("log.too-far", ("day", turn.Words.DayAndYear(due)))
            : null;
    }

    /// <summary>The promise in the person's own words, without "we'll", the full stop and the blanks around it, starting with a capital.</summary>
    public static string Statement(string what)
    {
        what = what.Trim(' ', '.', ',', ';', ':');
        return what.Length == 0 ? "" : char.ToUpperInvariant(what[0]) + what[1..];
    }

    public static string CadenceName(Cadence cadence) => cadence switch
    {
        Cadence.TwoWeekly => "two-weekly",
        Cadence.NthWeekday => "nth-weekday",
        _ => cadence.ToString().ToLowerInvariant(),
    };
}
