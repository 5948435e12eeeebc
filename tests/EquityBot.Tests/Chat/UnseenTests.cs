using EquityBot.Chat;
using EquityBot.Commitments;
using EquityBot.Tests.Given;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Xunit.Abstractions;

namespace EquityBot.Tests.Chat;

/// <summary>Messages by people who knew neither the program nor its sentences: done at once, offered as one of two buttons, or not understood; and what nobody meant is not done.</summary>
public class UnseenTests(ITestOutputHelper output)
{
    static readonly ServiceProvider Core = Wiring.Unopened();

    [Theory]
    [InlineData("Unseen.txt", 97)]
    [InlineData("Unseen2.txt", 95)]
    public void Nearly_all_are_done_or_offered_and_hardly_any_is_taken_for_what_it_is_not(string file, int percent)
    {
        var told = File.ReadLines(Path.Combine(Repository.Root, "tests", "EquityBot.Tests", "Chat", file)).Where(line => line.Length > 0 && line[0] != '#').Select(Tell).ToList();
        var (done, offered, wrong) = (told.Count(one => one.Outcome == "done"), told.Count(one => one.Outcome == "offered"), told.Count(one => one.Outcome == "wrong"));
        output.WriteLine($"{file}: of {told.Count} messages {done} are done at once, {offered} are offered as a button, {told.Count - done - offered - wrong} are not understood, {wrong} are taken for something else");
        foreach (var (outcome, line) in told.Where(one => one.Outcome != "done"))
        {
            output.WriteLine($"{outcome}: {line}");
        }

        Assert.True(100 * (done + offered) >= percent * told.Count && 100 * wrong <= 2 * told.Count, string.Join('\n', told.Where(one => one.Outcome is "wrong" or "missed").Select(one => $"{one.Outcome}: {one.Line}")));
    }

    static (string Outcome, string Line) Tell(string line)
    {
        var (said, meant) = (line.Split(" => ")[0], line.Split(" => ")[1].Split(' ', 2));
        var understood = SentencesTests.Understood(said);
        var verb = understood.Split(' ')[0];
        var values = meant.Skip(1).SelectMany(all => all.Split("; ")).Where(value => !value.StartsWith("status=", StringComparison.Ordinal)).ToList();
        if (verb != "?")
        {
            return (verb == meant[0] && values.TrueForAll(value => understood.Contains(value, StringComparison.OrdinalIgnoreCase)) ? "done" : "wrong", $"{line} | {understood}");
        }

        var buttons = Offered(said, meant[0]);
        return (buttons.Any(button => button.Verb == meant[0]) || (meant[0] == "?" && buttons.Count == 0) ? meant[0] == "?" ? "done" : "offered" : "missed", $"{line} | {string.Join(", ", buttons.Select(button => button.Verb))}");
    }

    /// <summary>To the owner of a promise that stands as it must for what was meant.</summary>
    static IReadOnlyList<Button> Offered(string said, string meant)
    {
        var roster = SentencesTests.Riverbend;
        var owner = roster.ByHandle("dana.reyes")!;
        var reader = new Reader(meant == "confirm-met" ? roster.ByHandle("imani.brooks")! : owner, roster, SentencesTests.English, Wiring.Start, Core.GetRequiredService<Catalogue>(), Core.GetRequiredService<Subjects>());
        if (Hunches.ReferenceIn(said) is null)
        {
            return Hunches.Of(Manners.Without(Phrasebook.Tidy(said)), null, reader);
        }

        var promise = new Commitment { Id = Guid.NewGuid(), OrganizationId = owner.OrganizationId, Number = 12, Statement = "Offer an interpreter at every discharge", OwnerId = owner.Id, DepartmentId = owner.DepartmentId, AuthorId = owner.Id, Due = new LocalDate(2026, 3, 6) };
        promise.Propose();
        if (meant is not ("accept-commitment" or "decline-commitment"))
        {
            promise.Accept(Wiring.Start);
        }

        if (meant == "confirm-met")
        {
            promise.ClaimDone(null, owner.Id, promise.Due.Value, Wiring.Start);
        }

        return Hunches.Of(Manners.Without(Phrasebook.Tidy(said)), new View(promise, [], []), reader);
    }
}
