using EquityBot.Chat;
using EquityBot.Commitments;
using EquityBot.Cycles;
using EquityBot.Doubles;
using EquityBot.Escalation;
using EquityBot.Tests.Given;
using Microsoft.EntityFrameworkCore;

namespace EquityBot.Tests.Cycles;

/// <summary>A cycle moves in any order and keeps each visit; it closes after its review, and the next one follows it.</summary>
public class CycleTests
{
    const string Officer = "imani.brooks";

    static async Task<List<string>> VisitsAsync(Riverbend hospital)
    {
        await using var db = hospital.Read();
        return [.. (await db.Set<CycleVisit>().ToListAsync()).OrderBy(one => one.EnteredAt).ThenBy(one => one.LeftAt is null).Select(one => $"{one.Step}{(one.LeftAt is null ? "" : " left")}")];
    }

    [Theory, OnOneDatabase]
    public async Task Coming_back_to_a_step_is_another_visit(Engine engine)
    {
        await using var hospital = await Riverbend.OpenAsync(engine);
        Assert.Contains("Not said yet", (await hospital.SaysAsync("ben.kowalski", "show the cycle")).Text, StringComparison.Ordinal);
        foreach (var step in new[] { "act", "assess and strategize", "act" })
        {
            await hospital.SaysAsync(Officer, $"move the cycle to {step}");
            hospital.Clock.Now += NodaTime.Duration.FromHours(1);
        }

        Assert.Equal(["ChangePracticePolicy left", "AssessStrategize left", "ChangePracticePolicy"], await VisitsAsync(hospital));
        var card = await hospital.SaysAsync("ben.kowalski", "show the cycle");
        Assert.Contains("Change Practice & Policy, since Monday, March 2 (Imani Brooks)", card.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(card.Card.Buttons, button => button.Title == "Move");
        Assert.Contains("is at Change Practice & Policy already", (await hospital.SaysAsync(Officer, "move the cycle to change practice and policy")).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ben.kowalski", "move the cycle to act", "equity officer and the core team run the cycle")]
    [InlineData(Officer, "move the cycle to the moon", "Which step")]
    [InlineData(Officer, "start cycle 2027 at assess", "is running until Thursday, December 31")]
    [InlineData(Officer, "close the cycle", "closes after its review")]
    [InlineData(Officer, "carry over C-1 because it needs a quarter more", "begins with its three questions")]
    [InlineData("ben.kowalski", "carry over C-1 because it needs a quarter more", "nobody about their own")]
    public async Task What_cannot_be_says_why_and_changes_nothing(string who, string text, string says)
    {
        await using var hospital = await Riverbend.OpenAsync();
        var refused = await hospital.SaysAsync(who, text);
        Assert.Equal(PressOutcome.Refused, refused.Outcome);
        Assert.Contains(says, refused.Text, StringComparison.Ordinal);
        Assert.Empty(await VisitsAsync(hospital));
    }

    [Theory, OnOneDatabase]
    public async Task It_closes_once_every_open_promise_has_an_outcome_and_the_next_one_follows_it(Engine engine)
    {
        await using var hospital = await Riverbend.OpenAsync(engine);
        await hospital.SaysAsync(Officer, "move the cycle to learn");
        var review = await hospital.SaysAsync(Officer, "review the cycle");
        Assert.Contains("Without a promise: ", review.Text, StringComparison.Ordinal);
        Assert.Contains("Say what to do differently", (await hospital.PressesAsync(Officer, review.Last, "Next", ("progress", "rides"), ("gaps", "language data"))).Text, StringComparison.Ordinal);
        var question = await hospital.PressesAsync(Officer, review.Last, "Next", ("progress", "rides"), ("gaps", "language data"), ("recommendations", "fund interpreters first"));
        Assert.Contains("11 open promises left", question.Text, StringComparison.Ordinal);
        Assert.Contains("11 promises of", (await hospital.SaysAsync(Officer, "close the cycle")).Text, StringComparison.Ordinal);

        var next = await hospital.PressesAsync(Officer, question.Last, "Retire", ("reason", "the county does it now"));
        Assert.Contains("10 open promises left", next.Text, StringComparison.Ordinal);
        await hospital.PressesAsync(Officer, next.Last, "Revise", ("reason", "name the group"));
        foreach (var number in Enumerable.Range(1, 11))
        {
            await hospital.SaysAsync(Officer, $"carry over C-{number} because it needs another year");
        }

        await using (var db = hospital.Read())
        {
            Assert.Equal(11, await db.Set<CycleOutcome>().CountAsync());
            Assert.Equal(1, await db.Set<Commitment>().CountAsync(one => one.Status == CommitmentStatus.Withdrawn));
            Assert.Equal(11, await db.Set<Notice>().CountAsync(one => one.Trigger == CommitmentNews.Name && one.Facts!.Contains("carried-over")) + 1);
        }

        Assert.Contains("is closed", (await hospital.SaysAsync(Officer, "close the cycle")).Text, StringComparison.Ordinal);
        var form = await hospital.SaysAsync(Officer, "start cycle 2027 at assess");
        Assert.Contains("cannot end on", (await hospital.PressesAsync(Officer, form.Last, "Confirm", ("name", "2027"), ("step", "AssessStrategize"), ("ends", "2026-01-01"))).Text, StringComparison.Ordinal);
        var started = await hospital.PressesAsync(Officer, form.Last, "Confirm", ("name", "2027"), ("step", "AssessStrategize"), ("ends", "2027-12-31"));
        Assert.Contains("2026 spring cycle", started.Text, StringComparison.Ordinal);
        Assert.Equal(["Learn left", "AssessStrategize"], await VisitsAsync(hospital));
        await using var after = hospital.Read();
        var cycle = await after.Set<Cycle>().SingleAsync(one => one.Name == "2027");
        Assert.NotNull(cycle.PreviousId);
        Assert.Equal(await after.Set<EquityBot.People.Department>().CountAsync(), await after.Set<DepartmentWatch>().CountAsync(one => one.CycleId == cycle.Id));
    }
}
