using EquityBot.People;

namespace EquityBot.Chat;

/// <summary>Whom a person names in what they say, or the question which one.</summary>
static class Whom
{
    /// <summary>The department, or the answer instead: a button for each that the name may mean, or the names there are.</summary>
    /// <param name="input">The value that holds the name.</param>
    /// <param name="part">What of that value is the name; null where all of it is.</param>
    public static (Department? One, Reply? Ask) Department(Turn turn, ChatCommand command, string input, string? part = null)
    {
        var whole = turn.Value(input) ?? "";
        var named = part ?? whole;
        var meant = Naming.Department(turn.Roster, named);
        return meant.One is not null ? (meant.One, null)
            : (null, meant.Near.Count == 0 ? turn.No("whom.no-department", ("name", named), ("departments", string.Join(", ", turn.Roster.Departments.Select(one => one.Name)))) : Which(turn, command, input, named, [.. meant.Near.Select(one => (one.Name, named.Length == 0 ? one.Name : whole.Replace(named, one.Name, StringComparison.OrdinalIgnoreCase)))]));
    }

    /// <summary>The person, or the answer instead: a button for each whom the name may mean, which says the same again with that one; or that nobody is called so.</summary>
    /// <param name="input">The value that holds the name.</param>
    public static (Person? One, Reply? Ask) Named(Turn turn, ChatCommand command, string input)
    {
        var named = turn.Value(input) ?? "";
        var meant = Naming.Person(turn.Roster, named, turn.Today, turn.Words);
        if (meant.One is not null || meant.Near.Count == 0)
        {
            return (meant.One, meant.One is null ? turn.No("whom.nobody", ("name", named)) : null);
        }

        return (null, Which(turn, command, input, named, [.. meant.Near.Select(person => (person.Name, person.Handle))]));
    }

    static Reply Which(Turn turn, ChatCommand command, string input, string named, IReadOnlyList<(string Title, string Value)> near)
    {
        var buttons = near.Select((one, place) => command.ButtonFor(turn.View?.Subject, new Offer(one.Title)
        {
            Values = turn.Values.Where(value => value.Key is not "ref").Append(new(input, one.Value)).GroupBy(value => value.Key).ToDictionary(same => same.Key, same => same.Last().Value),
        }) with { Primary = place == 0 && near.Count == 1 });
        return new(new Card(turn.Words["whom.which", ("name", named)], new Words(turn.Words["whom.words"]), ButtonRow.Of([.. buttons]))) { Refused = true, About = turn.View?.Subject };
    }
}
