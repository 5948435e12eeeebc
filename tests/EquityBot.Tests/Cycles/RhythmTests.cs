using EquityBot.Commitments;
using EquityBot.Cycles;
using EquityBot.Doubles;
using EquityBot.Tests.Given;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace EquityBot.Tests.Cycles;

/// <summary>How often a promise is asked about: in people's words, as it is written, and what becomes of what was planned.</summary>
public class RhythmTests
{
    [Theory]
    [InlineData("monthly", "monthly")]
    [InlineData("every month", "monthly")]
    [InlineData("Once a month.", "monthly")]
    [InlineData("weekly", "weekly")]
    [InlineData("each week", "weekly")]
    [InlineData("every Friday", "weekly-friday")]
    [InlineData("weekly on Thursdays", "weekly-thursday")]
    [InlineData("on Mondays", "weekly-monday")]
    [InlineData("every two weeks", "two-weekly")]
    [InlineData("biweekly", "two-weekly")]
    [InlineData("bi-weekly on Wed", "two-weekly-wednesday")]
    [InlineData("every other week", "two-weekly")]
    [InlineData("every other Tuesday", "two-weekly-tuesday")]
    [InlineData("every second Tuesday", "second-tuesday, two-weekly-tuesday")]
    [InlineData("every second Tuesday of the month", "second-tuesday")]
    [InlineData("on the second Tuesday", "second-tuesday")]
    [InlineData("monthly on the 2nd Tue", "second-tuesday")]
    [InlineData("the first Monday of each month", "first-monday")]
    [InlineData("every third thursday", "third-thursday")]
    [InlineData("every last Friday of the month", "last-friday")]
    [InlineData("quarterly", "quarterly")]
    [InlineData("every calendar quarter", "quarterly")]
    [InlineData("each fiscal quarter", "fiscal-7")]
    [InlineData("by fiscal quarter", "fiscal-7")]
    [InlineData("every blue moon", "")]
    [InlineData("every fifth Tuesday", "")]
    [InlineData("on Tuesday", "")]
    [InlineData("", "")]
    public void Words_are_read(string words, string rhythms) => Assert.Equal(rhythms, string.Join(", ", RhythmWords.Read(words, 7).Select(rhythm => rhythm.Name)));

    [Fact]
    public void Each_rhythm_is_read_back_from_its_name()
    {
        var days = Enumerable.Range(1, 7).Select(day => (IsoDayOfWeek)day).ToList();
        Rhythm[] all =
        [
            Cadence.Weekly, Cadence.TwoWeekly, Cadence.Monthly, Cadence.Quarterly, .. Enumerable.Range(1, 12).Select(Rhythm.OfFiscalYear),
            .. days.Select(day => new Rhythm(Cadence.Weekly, day)), .. days.Select(day => new Rhythm(Cadence.TwoWeekly, day)), .. days.SelectMany(day => Enumerable.Range(1, Rhythm.Last).Select(nth => Rhythm.On(nth, day))),
        ];
        Assert.All(all, rhythm => Assert.Equal(rhythm, Rhythm.Parse(rhythm.Name)));
        Assert.All(all, rhythm => Assert.InRange(rhythm.Name.Length, 6, 20));
        Assert.Equal(all.Length, all.DistinctBy(rhythm => rhythm.Name).Count());
        Assert.Equal((Rhythm)Cadence.TwoWeekly, Rhythm.Parse("TwoWeekly"));
        Assert.All(["", "daily", "weekly-", "weekly-monthly", "fifth-monday", "fiscal", "fiscal-0", "fiscal-13", "monthly-monday", "second-tuesday-x"], name => Assert.Null(Rhythm.Parse(name)));
    }

    static async Task<List<string>> CheckInsAsync(Riverbend hospital)
    {
        await using var db = hospital.Read();
        return [.. (await db.Set<CheckIn>().OrderBy(one => one.StartsOn).ToListAsync()).Select(one => $"{one.Period} {one.Status}")];
    }

    [Theory, OnOneDatabase]
    public async Task Another_rhythm_takes_the_place_of_what_was_planned_and_none_ends_it(Engine engine)
    {
        await using var hospital = await Riverbend.OpenAsync(engine);
        var reference = await hospital.PromisesAsync("ben.kowalski", "we'll offer an interpreter at every discharge by December 31");
        Assert.Empty(await CheckInsAsync(hospital));

        var which = await hospital.SaysAsync("ben.kowalski", $"ask me about {reference} every second Tuesday");
        Assert.Contains("which of the two", which.Text, StringComparison.Ordinal);
        Assert.Contains("Tuesday, July 14", which.Text, StringComparison.Ordinal);
        Assert.Empty(await CheckInsAsync(hospital));
        var set = await hospital.PressesAsync("ben.kowalski", which.Last, "Second Tuesday of the month");
        Assert.Contains("Tuesday, March 10", set.Text, StringComparison.Ordinal);
        Assert.Equal(["2026-03-2Tue Planned"], await CheckInsAsync(hospital));

        // The same period cannot come twice, however often the rhythm changes.
        foreach (var words in new[] { "weekly", "every second Tuesday of the month", "weekly" })
        {
            await hospital.PressesAsync("ben.kowalski", (await hospital.SaysAsync("ben.kowalski", $"check in on {reference} {words}")).Last, "Confirm");
        }

        Assert.Equal(["2026-03-2Tue Skipped", "2026-W11 Planned"], await CheckInsAsync(hospital));
        await hospital.SaysAsync("ben.kowalski", $"stop asking about {reference}");
        Assert.Equal(["2026-03-2Tue Skipped", "2026-W11 Skipped"], await CheckInsAsync(hospital));
    }

    [Theory]
    [InlineData("ben.kowalski", "ask me about {0} every blue moon", "could not read")]
    [InlineData("marcus.hale", "ask me about {0} monthly", "Only its owner")]
    [InlineData("dana.reyes", "check in on {0} monthly", "Friday, April 24")]
    public async Task Whoever_may_not_or_is_not_understood_changes_nothing(string who, string words, string says)
    {
        await using var hospital = await Riverbend.OpenAsync();
        var reference = await hospital.PromisesAsync("ben.kowalski", "we'll offer an interpreter at every discharge by December 31");
        Assert.Contains(says, (await hospital.SaysAsync(who, words.Replace("{0}", reference, StringComparison.Ordinal))).Text, StringComparison.Ordinal);
        Assert.Empty(await CheckInsAsync(hospital));
    }
}
