using EquityBot.Chat;
using EquityBot.Commitments;
using EquityBot.People;
using EquityBot.Tests.Given;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using NodaTime.Text;

namespace EquityBot.Tests.Chat;

/// <summary>What people say, line by line of <c>Sentences.txt</c>.</summary>
public class SentencesTests
{
    const int July = 7;
    internal static readonly LocalDate Monday = new(2026, 3, 2);
    internal static readonly Phrases English = Phrases.Load("en");
    static readonly Phrasebook Book = Wiring.Unopened().GetRequiredService<Phrasebook>();
    internal static readonly Roster Riverbend = RosterOf.Sample();

    public static TheoryData<string, string> Said()
    {
        var data = new TheoryData<string, string>();
        foreach (var line in File.ReadLines(Path.Combine(Repository.Root, "tests", "EquityBot.Tests", "Chat", "Sentences.txt")).Where(line => line.Length > 0 && line[0] != '#'))
        {
            var parts = line.Split(" => ");
            data.Add(parts[0], parts[1]);
        }

        return data;
    }

    [Theory, MemberData(nameof(Said))]
    public void Everything_that_people_say_is_understood_as_it_was_meant(string said, string meant) => Assert.Equal(meant, Understood(said));

    [Fact]
    public void There_are_three_hundred_of_them_and_no_two_alike()
    {
        var said = Said().Select(row => (string)row[0]).ToList();
        Assert.True(said.Count >= 300, $"{said.Count}");
        Assert.Equal(said.Count, said.Distinct().Count());
    }

    internal static string Understood(string said)
    {
        var understood = Book.Understand(said, English);
        if (understood.Command is not { } command)
        {
            return "?";
        }

        var values = understood.Values.ToDictionary();
        if (values.Remove("words", out var words))
        {
            var due = Dates.Find(words, new(Monday, July));
            var named = values.TryGetValue("unit", out var unit) && (Naming.Department(Riverbend, unit).One is not null || Naming.Person(Riverbend, unit, Monday, English).One is not null);
            values["what"] = PromiseWords.Statement(words, due, named);
            if (due is not null)
            {
                values["due"] = Days(due.Date, due.Other);
            }
        }

        foreach (var key in new[] { "due", "on", "until" }.Where(key => key != "due" || words is null))
        {
            if (values.TryGetValue(key, out var typed))
            {
                values[key] = Dates.ReadEither(typed, new(Monday, July)) is var (day, other) ? Days(day, other) : $"no day: {typed}";
            }
        }

        var shown = string.Join("; ", values.OrderBy(value => value.Key, StringComparer.Ordinal).Select(value => $"{value.Key}={value.Value}"));
        return shown.Length == 0 ? command.Verb : $"{command.Verb} {shown}";
    }

    static string Days(LocalDate day, LocalDate? other) => other is { } second ? $"{LocalDatePattern.Iso.Format(day)}/{LocalDatePattern.Iso.Format(second)}" : LocalDatePattern.Iso.Format(day);
}
