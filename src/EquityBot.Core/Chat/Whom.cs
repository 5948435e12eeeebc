using EquityBot.People;

namespace EquityBot.Chat;

/// <summary>Whom a person names in what they say, or the question which one.</summary>
static class Whom
{
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

        var buttons = meant.Near.Select((person, place) => command.ButtonFor(turn.View?.Subject, new Offer(person.Name)
        {
            Values = turn.Values.Where(value => value.Key is not "ref").Append(new(input, person.Handle)).GroupBy(value => value.Key).ToDictionary(same => same.Key, same => same.Last().Value),
        }) with { Primary = place == 0 && meant.Near.Count == 1 });
        return (null, new(new Card(turn.Words["whom.which", ("name", named)], new Words(turn.Words["whom.words"]), ButtonRow.Of([.. buttons]))) { Refused = true, About = turn.View?.Subject });
    }
}
