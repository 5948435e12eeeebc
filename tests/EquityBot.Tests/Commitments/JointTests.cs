using EquityBot.Chat;
using EquityBot.Commitments;
using EquityBot.Doubles;
using EquityBot.Escalation;
using EquityBot.People;
using EquityBot.Tests.Given;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace EquityBot.Tests.Commitments;

/// <summary>Several departments keep one promise, each of them signs, and one is accountable.</summary>
public class JointTests
{
    /// <summary>Cardiology's promise for March 6, for which Community Benefit and Human Resources are asked.</summary>
    static async Task<(Riverbend Hospital, string Promise)> AskedAsync(Engine engine)
    {
        var hospital = await Riverbend.OpenAsync(engine);
        var promise = await hospital.PromisesAsync("dana.reyes", "we'll offer an interpreter at every discharge by March 6");
        var asked = await hospital.SaysAsync("dana.reyes", $"{promise} together with Community Benefit and Human Resources");
        Assert.Equal(PressOutcome.Done, asked.Outcome);
        Assert.Contains("Rosalind Greene, Priya Raman asked to sign", asked.Text, StringComparison.Ordinal);
        await hospital.PassToAsync(hospital.Clock.Now);
        return (hospital, promise);
    }

    static async Task<Message> AskedOfAsync(Riverbend hospital, string handle) => (await hospital.InboxAsync(handle)).Last(one => one.Kind == MessageKind.Request);

    static async Task<string> TextAsync(Riverbend hospital, string handle, string words) =>
        (await hospital.InboxAsync(handle)).Select(one => PlainText.Of(Card.FromJson(one.Card))).LastOrDefault(text => text.Contains(words, StringComparison.Ordinal)) ?? $"nothing with {words}";

    [Theory, OnOneDatabase]
    public async Task Each_department_signs_for_itself_and_the_card_shows_who_has(Engine engine)
    {
        var (hospital, promise) = await AskedAsync(engine);
        await using var _1 = hospital;
        var signed = await hospital.PressesAsync("rosalind.greene", await AskedOfAsync(hospital, "rosalind.greene"), "Sign");
        Assert.Equal(PressOutcome.Done, signed.Outcome);
        await hospital.PassToAsync(hospital.Clock.Now);
        Assert.Contains("Rosalind Greene signed", await TextAsync(hospital, "dana.reyes", "is in on"), StringComparison.Ordinal);
        var card = (await hospital.SaysAsync("dana.reyes", $"show {promise}")).Text;
        Assert.Contains("Community Benefit: signed by Rosalind Greene on Monday, March 2", card, StringComparison.Ordinal);
        Assert.Contains("Human Resources: asked, not signed yet", card, StringComparison.Ordinal);
        Assert.Contains("Cardiology together with Community Benefit; Cardiology is accountable", (await hospital.SaysAsync("marcus.hale", $"show {promise}")).Text, StringComparison.Ordinal);

        Assert.Equal(PressOutcome.Done, (await hospital.SaysAsync("priya.raman", $"we can't contribute to {promise} because two of us are on leave")).Outcome);
        await hospital.PassToAsync(hospital.Clock.Now);
        Assert.Contains("two of us are on leave", await TextAsync(hospital, "dana.reyes", "does not contribute"), StringComparison.Ordinal);
        Assert.Contains("Human Resources: declined", (await hospital.SaysAsync("dana.reyes", $"show {promise}")).Text, StringComparison.Ordinal);
        Assert.Equal(PressOutcome.Refused, (await hospital.SaysAsync("marcus.hale", $"sign {promise}")).Outcome);
    }

    [Theory, OnOneDatabase]
    public async Task Whoever_signed_sees_details_and_reports_and_nobody_else_does(Engine engine)
    {
        var (hospital, promise) = await AskedAsync(engine);
        await using var _1 = hospital;
        await hospital.SaysAsync("dana.reyes", $"progress {promise} at risk: one shift is open");
        Assert.DoesNotContain("one shift is open", (await hospital.SaysAsync("rosalind.greene", $"show {promise}")).Text, StringComparison.Ordinal);
        Assert.Equal(PressOutcome.Refused, (await hospital.SaysAsync("rosalind.greene", $"progress {promise} on track: we have found an agency")).Outcome);
        await hospital.SaysAsync("rosalind.greene", $"sign {promise}");
        Assert.Contains("one shift is open", (await hospital.SaysAsync("rosalind.greene", $"show {promise}")).Text, StringComparison.Ordinal);
        Assert.Equal(PressOutcome.Done, (await hospital.SaysAsync("rosalind.greene", $"progress {promise} on track: we have found an agency")).Outcome);
        await hospital.PassToAsync(hospital.Clock.Now);
        Assert.Contains("we have found an agency", await TextAsync(hospital, "dana.reyes", "Rosalind Greene reported"), StringComparison.Ordinal);
        foreach (var beyond in new[] { $"done {promise}", $"push {promise} to March 20 because it is late, need time", $"withdraw {promise} because it is late", $"hand {promise} to mateo.vargas" })
        {
            Assert.Equal(PressOutcome.Refused, (await hospital.SaysAsync("rosalind.greene", beyond)).Outcome);
        }
    }

    [Theory, OnOneDatabase]
    public async Task Only_the_accountable_owners_line_escalates_and_it_counts_once(Engine engine)
    {
        var (hospital, promise) = await AskedAsync(engine);
        await using var _1 = hospital;
        await hospital.SaysAsync("rosalind.greene", $"sign {promise}");
        for (var at = hospital.Clock.Now; at < Instant.FromUtc(2026, 4, 10, 0, 0); at += Duration.FromHours(12))
        {
            await hospital.PassToAsync(at);
        }

        await using var db = hospital.Read();
        var roster = await Roster.LoadAsync(db, CancellationToken.None);
        var cases = await db.Set<EscalationCase>().Where(one => one.AboutRef == promise).ToListAsync();
        Assert.Equal(roster.ByHandle("dana.reyes")!.Id, Assert.Single(cases).OwnerId);
        var heard = await db.Set<CaseStep>().Where(one => one.CaseId == cases[0].Id).Select(one => one.RecipientId).ToListAsync();
        Assert.DoesNotContain(roster.ByHandle("rosalind.greene")!.Id, heard.OfType<Guid>());
        Assert.DoesNotContain(roster.ByHandle("priya.raman")!.Id, heard.OfType<Guid>());

        var promises = await db.Set<Commitment>().Where(one => one.AcceptedAt != null).ToListAsync();
        var number = promises.Single(one => one.Ref == promise).Number;
        Assert.Equal(["Cardiology"], EquityBot.Digests.Standing.Of(promises, roster, hospital.Clock.Now).Departments.Where(one => one.Open.Contains(number)).Select(one => roster.Department(one.Department).Name));
    }

    [Fact]
    public async Task It_stands_in_the_lists_of_those_who_contribute_and_counts_for_whoever_is_accountable()
    {
        var (hospital, promise) = await AskedAsync(Engine.Sqlite);
        await using var _1 = hospital;
        Assert.DoesNotContain(promise, (await hospital.SaysAsync("rosalind.greene", "mine")).Text, StringComparison.Ordinal);
        await hospital.SaysAsync("rosalind.greene", $"sign {promise}");
        var mine = await hospital.SaysAsync("rosalind.greene", "mine");
        Assert.Equal("Promises of others with your department", mine.Card.Title);
        Assert.Contains($"{promise} ·", mine.Text, StringComparison.Ordinal);
        Assert.Contains("Cardiology together with Community Benefit", mine.Text, StringComparison.Ordinal);
        Assert.Contains(promise, (await hospital.SaysAsync("rosalind.greene", "due")).Text, StringComparison.Ordinal);
        Assert.Contains("are in on", (await hospital.SaysAsync("dana.reyes", $"{promise} together with Community Benefit")).Text, StringComparison.Ordinal);
        Assert.Contains("I know no department", (await hospital.SaysAsync("dana.reyes", $"{promise} together with Astronomy")).Text, StringComparison.Ordinal);
        var near = await hospital.SaysAsync("dana.reyes", $"{promise} together with Qualty Improvement, Data and Research");
        var asked = await hospital.PressesAsync("dana.reyes", near.Last, "Quality Improvement");
        Assert.Contains("Naomi Feldman, Wei Zhang asked to sign", asked.Text, StringComparison.Ordinal);
    }
}
