using EquityBot.Chat;
using EquityBot.Commitments;
using EquityBot.Doubles;
using EquityBot.Escalation;
using EquityBot.Escalation.Auditing;
using EquityBot.Storage;
using EquityBot.Sweeps;
using EquityBot.Tests.Given;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace EquityBot.Tests.Escalation;

/// <summary>Whatever is changed behind the product's back is found within one period, told once, and set right where that is safe. // R22</summary>
public class AuditorTests
{
    static Instant March(int day, int hour = 14, int minute = 0) => Instant.FromUtc(2026, 3, day, hour, minute);

    /// <summary>A promise of a lead that was missed, and whose case has told its owner.</summary>
    static async Task<(Riverbend Hospital, string Reference)> MissedAsync(Engine engine)
    {
        var hospital = await Riverbend.OpenAsync(engine);
        var reference = await hospital.PromisesAsync("dana.reyes", "we'll offer an interpreter at every discharge by March 6");
        await hospital.PassToAsync(March(9));
        Assert.Single(await StepsAsync(hospital));
        Assert.Empty(await FindingsAsync(hospital));
        return (hospital, reference);
    }

    static async Task<List<CaseStep>> StepsAsync(Riverbend hospital)
    {
        await using var db = hospital.Read();
        return await db.Set<CaseStep>().AsNoTracking().OrderBy(one => one.Seq).ToListAsync();
    }

    static async Task<List<Finding>> FindingsAsync(Riverbend hospital)
    {
        await using var db = hospital.Read();
        return await db.Set<Finding>().AsNoTracking().OrderBy(one => one.SeenAt).ToListAsync();
    }

    static Task BehindItsBackAsync(Riverbend hospital, Func<EquityDb, Task> change) => hospital.Store.WriteAsync(hospital.Organization, Urgency.Background, change, CancellationToken.None);

    static Task<SweepResult> AuditAsync(Riverbend hospital) => AuditorOf(hospital).RunAsync(hospital.Clock.Now, CancellationToken.None);

    static AuditorSweep AuditorOf(Riverbend hospital) => hospital.Get<IEnumerable<ISweep>>().OfType<AuditorSweep>().Single();

    static async Task<List<string>> AlertsAsync(Riverbend hospital) =>
        [.. (await hospital.InboxAsync("imani.brooks")).Where(message => message.Kind == MessageKind.Task).Select(message => PlainText.Of(Card.FromJson(message.Card)))];

    [Theory, OnBothDatabases]
    public async Task A_next_step_moved_into_the_far_future_is_found_within_one_period_and_decided_on_its_day(Engine engine)
    {
        var (hospital, _) = await MissedAsync(engine);
        await using var _1 = hospital;
        await BehindItsBackAsync(hospital, db => db.Set<EscalationCase>().ExecuteUpdateAsync(set => set.SetProperty(one => one.NextAt, Instant.FromUtc(2031, 1, 1, 0, 0))));

        await hospital.PassToAsync(hospital.Clock.Now + AuditorSweep.Period);
        var finding = Assert.Single(await FindingsAsync(hospital));
        Assert.Equal((FindingKind.Unwatched, "E-1"), (finding.Kind, finding.Subject));
        Assert.NotNull(finding.FoundAt);
        Assert.NotNull(finding.HealedAt);
        var alert = Assert.Single(await AlertsAsync(hospital));
        Assert.Contains("Nothing was set to look at E-1 in time", alert, StringComparison.Ordinal);
        Assert.Contains("It is set right", alert, StringComparison.Ordinal);

        await hospital.PassToAsync(March(13));
        Assert.Equal(["owner", "lead"], (await StepsAsync(hospital)).Select(one => one.Step));
        Assert.NotNull(Assert.Single(await FindingsAsync(hospital)).ResolvedAt);
        Assert.Single(await AlertsAsync(hospital));
    }

    [Theory, OnBothDatabases]
    public async Task A_decided_step_whose_notice_is_deleted_before_it_left_is_found_and_decided_again(Engine engine)
    {
        await using var hospital = await Riverbend.OpenAsync(engine);
        await hospital.PromisesAsync("dana.reyes", "we'll offer an interpreter at every discharge by March 6");
        await hospital.PassToAsync(March(7));
        hospital.Clock.Now = March(9);
        while (await hospital.SweepAsync() > 0)
        {
        }

        Assert.Single(await StepsAsync(hospital));
        await BehindItsBackAsync(hospital, db => db.Set<Notice>().Where(one => one.Trigger == StepNotice.Name).ExecuteDeleteAsync());
        await hospital.PassToAsync(hospital.Clock.Now + AuditorSweep.Period);

        var finding = Assert.Single(await FindingsAsync(hospital));
        Assert.Equal((FindingKind.LedgerGap, "E-1", true), (finding.Kind, finding.Subject, finding.HealedAt is not null));
        Assert.Single(await hospital.InboxAsync("dana.reyes"), message => message.Kind == MessageKind.Escalation);
        Assert.Contains("gone from the ledger", Assert.Single(await AlertsAsync(hospital)), StringComparison.Ordinal);
    }

    [Theory, OnBothDatabases]
    public async Task A_row_of_the_ledger_that_is_deleted_after_it_arrived_is_found_and_told_once_and_nothing_is_sent_again(Engine engine)
    {
        foreach (var delete in new Func<EquityDb, Task>[]
        {
            db => db.Set<Notice>().Where(one => one.Trigger == StepNotice.Name).ExecuteDeleteAsync(),
            db => db.Set<Delivery>().Where(one => db.Set<Notice>().Any(notice => notice.DeliveryId == one.Id && notice.Trigger == StepNotice.Name)).ExecuteDeleteAsync(),
            db => db.Set<CaseStep>().ExecuteDeleteAsync(),
        })
        {
            var (hospital, _) = await MissedAsync(engine);
            await using var _1 = hospital;
            await BehindItsBackAsync(hospital, delete);
            await hospital.PassToAsync(hospital.Clock.Now + AuditorSweep.Period);
            await hospital.PassToAsync(hospital.Clock.Now + AuditorSweep.Period);
            var finding = Assert.Single(await FindingsAsync(hospital));
            Assert.Equal((FindingKind.LedgerGap, "E-1", false, false), (finding.Kind, finding.Subject, finding.HealedAt is not null, finding.ResolvedAt is not null));
            Assert.Single(await AlertsAsync(hospital));
            Assert.Single(await hospital.InboxAsync("dana.reyes"), message => message.Kind == MessageKind.Escalation);
        }
    }

    [Theory, OnBothDatabases]
    public async Task A_promise_that_nothing_looks_at_any_more_is_looked_at_again_before_and_after_its_day(Engine engine)
    {
        await using var hospital = await Riverbend.OpenAsync(engine);
        await hospital.PromisesAsync("dana.reyes", "we'll offer an interpreter at every discharge by March 13");
        var early = await hospital.PromisesAsync("ben.kowalski", "we'll put up signs in four languages by March 20");
        await BehindItsBackAsync(hospital, db => db.Set<Commitment>().Where(one => one.LookAt != null).ExecuteUpdateAsync(set => set.SetProperty(one => one.LookAt, (Instant?)null)));
        await hospital.PassToAsync(March(2, 15));
        Assert.Equal(13, (await FindingsAsync(hospital)).Count(one => one is { Kind: FindingKind.Unwatched, HealedAt: not null }));

        await BehindItsBackAsync(hospital, db => db.Set<Commitment>().Where(one => one.LookAt != null && one.Due < new LocalDate(2026, 3, 20)).ExecuteUpdateAsync(set => set.SetProperty(one => one.LookAt, Instant.FromUtc(2040, 1, 1, 0, 0))));
        hospital.Clock.Now = March(15);
        await hospital.PassToAsync(March(15));
        var late = Assert.Single(await FindingsAsync(hospital), one => one.FoundAt >= March(15));
        Assert.Equal("C-12", late.Subject);
        await using var db = hospital.Read();
        Assert.Equal("C-12", (await db.Set<EscalationCase>().SingleAsync()).AboutRef);
        Assert.NotEqual("C-12", early);
    }

    [Theory, OnBothDatabases]
    public async Task An_answer_that_is_owed_and_no_longer_watched_still_gets_its_case(Engine engine)
    {
        await using var hospital = await Riverbend.OpenAsync(engine);
        var reference = await hospital.PromisesAsync("dana.reyes", "we'll offer an interpreter at every discharge by June 5");
        await hospital.SaysAsync("dana.reyes", $"done {reference}");
        await hospital.PassToAsync(March(2, 15));
        await BehindItsBackAsync(hospital, db => db.Set<Commitment>().Where(one => one.AnswerLookAt != null).ExecuteUpdateAsync(set => set.SetProperty(one => one.AnswerLookAt, (Instant?)null)));
        await hospital.PassToAsync(March(2, 16));
        Assert.Equal((FindingKind.Unwatched, reference), (Assert.Single(await FindingsAsync(hospital)) is var one ? one.Kind : default, one.Subject));
        await hospital.PassToAsync(March(12));
        await using var db = hospital.Read();
        Assert.Equal(Lines.Confirmation, (await db.Set<EscalationCase>().SingleAsync()).Line);
    }

    [Theory, OnBothDatabases]
    public async Task After_weeks_without_power_the_engine_catches_up_and_the_auditor_is_silent(Engine engine)
    {
        var (hospital, _) = await MissedAsync(engine);
        await using var _1 = hospital;
        await hospital.SaysAsync("ben.kowalski", "log");
        hospital.Clock.Now = March(30);

        // Whatever is rung first after the start: before anything else has run nothing is said.
        await AuditAsync(hospital);
        Assert.DoesNotContain(await FindingsAsync(hospital), one => one.FoundAt is not null);
        await hospital.PassToAsync(March(30));
        await hospital.PassToAsync(March(30, 15));
        Assert.Empty(await FindingsAsync(hospital));
        Assert.Empty(await AlertsAsync(hospital));
    }

    [Theory, OnBothDatabases]
    public async Task Work_that_lies_due_while_only_the_auditor_runs_is_found_once_its_patience_is_over(Engine engine)
    {
        var (hospital, _) = await MissedAsync(engine);
        await using var _1 = hospital;
        for (hospital.Clock.Now = March(13, 10); hospital.Clock.Now <= March(13, 18); hospital.Clock.Now += AuditorSweep.Period)
        {
            await AuditAsync(hospital);
        }

        var found = Assert.Single(await FindingsAsync(hospital), one => one.Subject == "escalation");
        Assert.Equal(FindingKind.Late, found.Kind);
        Assert.True(found.FoundAt - found.Since <= Observation.Tolerated + Observation.CatchingUp + AuditorSweep.Period, $"{found.FoundAt - found.Since}");
        await hospital.PassToAsync(hospital.Clock.Now);
        Assert.All(await FindingsAsync(hospital), one => Assert.NotNull(one.ResolvedAt));
    }

    [Theory, OnBothDatabases]
    public async Task A_delivery_whose_process_is_gone_is_found_once_its_lease_is_long_over(Engine engine)
    {
        var (hospital, _) = await MissedAsync(engine);
        await using var _1 = hospital;
        await BehindItsBackAsync(hospital, async db => (await db.Set<Delivery>().FirstAsync()).Claim(hospital.Clock.Now));
        for (var minutes = 0; minutes <= 120; minutes += 15)
        {
            await AuditAsync(hospital);
            hospital.Clock.Now += AuditorSweep.Period;
        }

        Assert.Equal(FindingKind.Stuck, Assert.Single(await FindingsAsync(hospital), one => one.FoundAt is not null).Kind);
    }

    [Theory, OnBothDatabases]
    public async Task Two_nodes_that_audit_at_once_tell_it_once(Engine engine)
    {
        var (hospital, _) = await MissedAsync(engine);
        await using var _1 = hospital;
        await BehindItsBackAsync(hospital, db => db.Set<Notice>().Where(one => one.Trigger == StepNotice.Name).ExecuteDeleteAsync());
        hospital.Clock.Now += AuditorSweep.Period;
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => AuditAsync(hospital))));
        Assert.Single(await FindingsAsync(hospital));
        await using var db = hospital.Read();
        Assert.Equal(1, await db.Set<Notice>().CountAsync(one => one.Trigger == FindingNotice.Name));
    }

    [Theory, OnBothDatabases]
    public async Task The_heartbeat_beats_with_the_audits_and_stops_with_them(Engine engine)
    {
        await using var hospital = await Riverbend.OpenAsync(engine);
        var heart = hospital.Get<Heartbeat>();
        Assert.Equal("stale", (await heart.FeelAsync(hospital.Clock.Now, CancellationToken.None)).Status);
        await hospital.PassToAsync(March(2, 15));
        Assert.Equal(new Beat("ok", March(2, 15), 0), await heart.FeelAsync(March(2, 15, 40), CancellationToken.None));
        Assert.Equal(new Beat("stale", March(2, 15), 0), await heart.FeelAsync(March(2, 15, 46), CancellationToken.None));

        // An auditor that dies in the middle has not looked.
        hospital.Clock.Now = March(2, 16);
        await BehindItsBackAsync(hospital, db => db.Set<ScheduleVersion>().ExecuteUpdateAsync(set => set.SetProperty(one => one.Plan, "no plan")));
        await Assert.ThrowsAnyAsync<Exception>(() => AuditAsync(hospital));
        Assert.Equal("stale", (await heart.FeelAsync(hospital.Clock.Now, CancellationToken.None)).Status);
    }
}
