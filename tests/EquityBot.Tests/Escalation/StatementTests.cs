using EquityBot.Chat;
using EquityBot.Doubles;
using EquityBot.Escalation;
using EquityBot.Escalation.Auditing;
using EquityBot.People;
using EquityBot.Storage;
using EquityBot.Tests.Given;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace EquityBot.Tests.Escalation;

/// <summary>Once a month the ledger itself says that nothing was missed, or what was.</summary>
public class StatementTests
{
    static Instant At(int month, int day, int hour = 14) => Instant.FromUtc(2026, month, day, hour, 0);

    static async Task<string> StatementAsync(Riverbend hospital) =>
        Assert.Single((await hospital.InboxAsync("imani.brooks")).Select(message => PlainText.Of(Card.FromJson(message.Card))), text => text.Contains("Head of the audit chain", StringComparison.Ordinal));

    static async Task PassAsync(Riverbend hospital, Instant to)
    {
        while (hospital.Clock.Now < to)
        {
            await hospital.PassToAsync(hospital.Clock.Now + Duration.FromDays(1) is var next && next < to ? next : to);
        }
    }

    [Theory, OnOneDatabase]
    public async Task A_clean_month_is_attested_on_the_officers_first_morning_of_the_next_with_the_chains_head(Engine engine)
    {
        await using var hospital = await Riverbend.OpenAsync(engine);
        await hospital.PromisesAsync("dana.reyes", "we'll offer an interpreter at every discharge by March 13");
        await PassAsync(hospital, At(4, 1, 12));
        await PassAsync(hospital, At(4, 2));
        await using var db = hospital.Read();
        var head = await db.Set<AuditHead>().SingleAsync(one => one.Date == new LocalDate(2026, 3, 31));
        var steps = await db.Set<CaseStep>().CountAsync(one => one.DecidedAt < At(4, 1, 4));
        var delivered = await db.Set<CaseStep>().CountAsync(one => one.DeliveredAt < At(4, 1, 4));
        var statement = await StatementAsync(hospital);
        foreach (var said in (string[])["Nothing was missed in March 2026", "Promises watched: 12", "Reminders sent: 1", $"{steps} decided, {delivered} delivered, 0 could not be reached", "0 found, 0 set right by the auditor, 0 open", ", 0 not.", $"Tuesday, March 31: {head.Hash}"])
        {
            Assert.Contains(said, statement, StringComparison.Ordinal);
        }

        // Asked for again it says the same; nobody is told twice, and nobody without the right.
        foreach (var words in (string[])["statement", "show statement for March", "statement for 2026-03"])
        {
            Assert.Equal(statement, (await hospital.SaysAsync("anil.deshmukh", words)).Text);
        }

        Assert.Contains("There is no statement for that month", (await hospital.SaysAsync("imani.brooks", "statement for February")).Text, StringComparison.Ordinal);
        Assert.Contains("The statement is made for", (await hospital.SaysAsync("dana.reyes", "statement")).Text, StringComparison.Ordinal);
        Assert.Single(await db.Set<Statement>().ToListAsync());
    }

    [Theory, OnOneDatabase]
    public async Task A_broken_month_says_what_was_missed_how_it_ended_and_that_the_trail_was_touched(Engine engine)
    {
        await using var hospital = await Riverbend.OpenAsync(engine);
        await hospital.PromisesAsync("dana.reyes", "we'll offer an interpreter at every discharge by March 6");
        await PassAsync(hospital, At(3, 9));
        await hospital.Store.WriteAsync(hospital.Organization, Urgency.Background, async db =>
        {
            await db.Set<EscalationCase>().ExecuteUpdateAsync(set => set.SetProperty(one => one.NextAt, Instant.FromUtc(2031, 1, 1, 0, 0)));
            await db.Set<Notice>().Where(one => one.Trigger == StepNotice.Name).ExecuteDeleteAsync();
            await db.Set<AuditEntry>().Where(one => one.Action == "due").ExecuteUpdateAsync(set => set.SetProperty(one => one.Detail, "nothing happened"));
        }, CancellationToken.None);
        await PassAsync(hospital, At(3, 10));
        await hospital.SaysAsync("dana.reyes", "acknowledge C-12 by March 20 because the contract is late, need a signature");
        await hospital.PassToAsync(At(3, 10, 15));
        await PassAsync(hospital, At(4, 1));

        var statement = await StatementAsync(hospital);
        foreach (var said in (string[])["One step was missed in March 2026", "A row about a step of E-1 is gone from the ledger", "found Tuesday, March 10, still open", "1 found, 0 set right by the auditor, 1 open", "do not fit their seals"])
        {
            Assert.Contains(said, statement, StringComparison.Ordinal);
        }
    }

    [Theory, OnOneDatabase]
    public async Task An_officer_whose_day_begins_before_the_organizations_month_does_gets_each_month_once_and_whole(Engine engine)
    {
        await using var hospital = await Riverbend.OpenAsync(engine);
        await hospital.Store.WriteAsync(hospital.Organization, Urgency.Inbound, async db =>
        {
            var far = new Site { Id = Guid.NewGuid(), OrganizationId = db.OrganizationId, Name = "Far East", Zone = "Asia/Kathmandu" };
            db.Add(far);
            (await db.Set<Person>().SingleAsync(one => one.Handle == "imani.brooks")).SiteId = far.Id;
        }, CancellationToken.None);
        await PassAsync(hospital, At(5, 3));
        await using var db = hospital.Read();
        var made = await db.Set<Statement>().OrderBy(one => one.Month).ToListAsync();
        Assert.Equal([new LocalDate(2026, 3, 1), new LocalDate(2026, 4, 1)], made.Select(one => one.Month));
        Assert.All(made, one => Assert.True(one.DecidedAt >= one.Month.PlusMonths(1).AtStartOfDayInZone(DateTimeZoneProviders.Tzdb["America/New_York"]).ToInstant(), $"{one.Month} was attested at {one.DecidedAt}"));
    }

    [Theory, OnOneDatabase]
    public async Task Months_that_nobody_ran_are_made_up_for_one_by_one_and_own_up_to_the_pause(Engine engine)
    {
        await using var hospital = await Riverbend.OpenAsync(engine);
        await hospital.PassToAsync(At(3, 2, 15));
        await hospital.PassToAsync(At(6, 10));
        await using var db = hospital.Read();
        Assert.Equal(["2026-03-01", "2026-04-01", "2026-05-01"], (await db.Set<Statement>().OrderBy(one => one.Month).ToListAsync()).Select(one => NodaTime.Text.LocalDatePattern.Iso.Format(one.Month)));
        Assert.Contains("The auditor's longest pause was 99 days", (await hospital.SaysAsync("imani.brooks", "statement for March")).Text, StringComparison.Ordinal);
    }
}
