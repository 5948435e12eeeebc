using EquityBot.Chat;
using EquityBot.Commitments;
using EquityBot.Doubles;
using EquityBot.Escalation;
using EquityBot.Escalation.Auditing;
using EquityBot.Storage;
using EquityBot.Tests.Given;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace EquityBot.Tests.Escalation;

/// <summary>What was agreed and does not come is late on the supplier's line, and whoever waits for it is not blamed, nor hidden.</summary>
public class SupplyTests
{
    static readonly string[] Line = ["wei.zhang", "terrence.boyd", "imani.brooks", "anil.deshmukh", "ruth.okafor"];

    static Instant On(int month, int day, int hour = 18) => Instant.FromUtc(2026, month, day, hour, 0);

    /// <summary>Cardiology's promise for March 20 needs something of Data and Research by March 13, which has accepted.</summary>
    static async Task<(Riverbend Hospital, string Promise, string Supply)> AgreedAsync(Engine engine)
    {
        var hospital = await Riverbend.OpenAsync(engine);
        var promise = await hospital.PromisesAsync("dana.reyes", "we'll offer an interpreter at every discharge by March 20");
        var asked = await hospital.SaysAsync("dana.reyes", $"{promise} needs the language data from Data and Research by March 13");
        var supply = asked.Last.Ref!;
        Assert.Equal(PressOutcome.Done, (await hospital.SaysAsync("wei.zhang", $"accept {supply}")).Outcome);
        return (hospital, promise, supply);
    }

    static async Task<Commitment> PromiseAsync(Riverbend hospital, string reference)
    {
        await using var db = hospital.Read();
        return (await db.Set<Commitment>().AsNoTracking().ToListAsync()).Single(one => one.Ref == reference);
    }

    /// <summary>Who has heard a step about a promise, in that order.</summary>
    static async Task<List<string>> HeardAsync(Riverbend hospital, string reference)
    {
        await using var db = hospital.Read();
        return await (
            from step in db.Set<CaseStep>()
            join one in db.Set<EscalationCase>() on step.CaseId equals one.Id
            join person in db.Set<EquityBot.People.Person>() on step.RecipientId equals person.Id
            where one.AboutRef == reference && step.DeliveredAt != null
            orderby step.Seq
            select person.Handle).ToListAsync();
    }

    static async Task<int> FindingsAsync(Riverbend hospital)
    {
        await using var db = hospital.Read();
        return await db.Set<Finding>().CountAsync();
    }

    static async Task PassAsync(Riverbend hospital, Instant until)
    {
        for (var at = hospital.Clock.Now + Duration.FromHours(12); at < until; at += Duration.FromHours(12))
        {
            await hospital.PassToAsync(at);
        }

        await hospital.PassToAsync(until);
    }

    static async Task<string> TextAsync(Riverbend hospital, string handle, string words) =>
        (await hospital.InboxAsync(handle)).Select(one => PlainText.Of(Card.FromJson(one.Card))).LastOrDefault(text => text.Contains(words, StringComparison.Ordinal)) ?? $"nothing with {words}";

    [Theory, OnBothDatabases]
    public async Task What_does_not_come_goes_up_on_the_suppliers_line_while_whoever_needs_it_waits(Engine engine)
    {
        var (hospital, promise, supply) = await AgreedAsync(engine);
        await using var _1 = hospital;
        await PassAsync(hospital, On(3, 13));
        Assert.Null((await PromiseAsync(hospital, promise)).WaitsSince);

        await PassAsync(hospital, On(4, 16));
        Assert.Equal(Line, (await HeardAsync(hospital, supply)).Distinct());
        Assert.Empty(await HeardAsync(hospital, promise));
        var waits = await PromiseAsync(hospital, promise);
        Assert.Equal((CommitmentStatus.Active, new LocalDate(2026, 3, 13)), (waits.Status, waits.WaitsSince));
        Assert.Contains("rests", await TextAsync(hospital, "dana.reyes", $"{promise} waits for Data and Research since"), StringComparison.Ordinal);
        Assert.Contains("Waits for Data and Research since Friday, March 13", (await hospital.SaysAsync("anil.deshmukh", $"show {promise}")).Text, StringComparison.Ordinal);
        Assert.Contains("Waits for Data and Research since", (await hospital.SaysAsync("dana.reyes", "overdue")).Text, StringComparison.Ordinal);
        Assert.Equal(0, await FindingsAsync(hospital));
    }

    [Theory, OnOneDatabase]
    public async Task Once_it_comes_whoever_needs_it_hears_at_once_and_gets_the_days_back_that_were_lost(Engine engine)
    {
        var (hospital, promise, supply) = await AgreedAsync(engine);
        await using var _1 = hospital;
        await PassAsync(hospital, On(3, 24));
        Assert.Equal(PressOutcome.Done, (await hospital.SaysAsync("wei.zhang", $"{supply} supplied, see the shared folder")).Outcome);
        await hospital.PassToAsync(hospital.Clock.Now);
        Assert.StartsWith("Data and Research supplied what", await TextAsync(hospital, "dana.reyes", "supplied what"), StringComparison.Ordinal);
        var found = await PromiseAsync(hospital, promise);
        Assert.Equal((null, 7, CommitmentStatus.Missed), (found.WaitsSince, found.LostDays, found.Status));

        // Due on Friday, March 20, and seven working days were lost: the first step comes on the eighth after it.
        await PassAsync(hospital, On(3, 31));
        Assert.Empty(await HeardAsync(hospital, promise));
        await PassAsync(hospital, On(4, 1));
        Assert.Equal(["dana.reyes"], await HeardAsync(hospital, promise));
        Assert.Equal(0, await FindingsAsync(hospital));
    }

    [Theory, OnOneDatabase]
    public async Task What_is_not_there_after_all_is_waited_for_again(Engine engine)
    {
        var (hospital, promise, supply) = await AgreedAsync(engine);
        await using var _1 = hospital;
        await PassAsync(hospital, On(3, 12));
        await hospital.SaysAsync("wei.zhang", $"{supply} supplied");
        await PassAsync(hospital, On(3, 17));
        Assert.Null((await PromiseAsync(hospital, promise)).WaitsSince);
        Assert.Equal(PressOutcome.Done, (await hospital.SaysAsync("terrence.boyd", $"not yet {supply} because half the clinics are missing")).Outcome);
        await hospital.PassToAsync(hospital.Clock.Now);
        Assert.NotNull((await PromiseAsync(hospital, promise)).WaitsSince);
        Assert.Contains("not there after all", await TextAsync(hospital, "dana.reyes", "after all"), StringComparison.Ordinal);
        await PassAsync(hospital, On(3, 27));
        Assert.Empty(await HeardAsync(hospital, promise));
    }

    [Theory, OnOneDatabase]
    public async Task Until_it_is_accepted_it_is_nobodys_promise_and_nobody_waits(Engine engine)
    {
        await using var hospital = await Riverbend.OpenAsync(engine);
        var promise = await hospital.PromisesAsync("dana.reyes", "we'll offer an interpreter at every discharge by March 20");
        var supply = (await hospital.SaysAsync("dana.reyes", $"{promise} needs the language data from Data and Research by March 13")).Last.Ref!;
        Assert.Contains("nobody's promise", (await hospital.SaysAsync("dana.reyes", $"show {promise}")).Text, StringComparison.Ordinal);
        await PassAsync(hospital, On(3, 23));
        Assert.Equal(["dana.reyes"], await HeardAsync(hospital, promise));
        Assert.Contains("wei.zhang", await HeardAsync(hospital, supply));
        Assert.Equal(PressOutcome.Refused, (await hospital.SaysAsync("wei.zhang", $"decline {supply}")).Outcome);
        Assert.Equal(PressOutcome.Done, (await hospital.SaysAsync("wei.zhang", $"decline {supply} because the data are not collected")).Outcome);
        await hospital.PassToAsync(hospital.Clock.Now);
        Assert.Contains("the data are not collected", await TextAsync(hospital, "dana.reyes", "declined"), StringComparison.Ordinal);
    }

    [Theory, OnOneDatabase]
    public async Task Another_day_counts_once_both_sides_have_said_so(Engine engine)
    {
        await using var hospital = await Riverbend.OpenAsync(engine);
        var promise = await hospital.PromisesAsync("dana.reyes", "we'll offer an interpreter at every discharge by March 20");
        var supply = (await hospital.SaysAsync("dana.reyes", $"{promise} needs the language data from Data and Research by March 6")).Last.Ref!;
        Assert.Contains("March 20", (await hospital.SaysAsync("wei.zhang", $"{supply} by April 10 instead")).Text, StringComparison.Ordinal);
        Assert.Equal(PressOutcome.Done, (await hospital.SaysAsync("wei.zhang", $"{supply} by March 17 instead because the extract takes two weeks")).Outcome);
        await hospital.PassToAsync(hospital.Clock.Now);
        Assert.Equal(CommitmentStatus.Proposed, (await PromiseAsync(hospital, supply)).Status);
        var asked = (await hospital.InboxAsync("dana.reyes")).Last(one => one.Kind == MessageKind.Request);
        Assert.Equal(PressOutcome.Done, (await hospital.PressesAsync("dana.reyes", asked, "Accept")).Outcome);
        var agreed = await PromiseAsync(hospital, supply);
        Assert.Equal((CommitmentStatus.Active, new LocalDate(2026, 3, 17)), (agreed.Status, agreed.Due));
        await PassAsync(hospital, On(3, 17));
        Assert.Null((await PromiseAsync(hospital, promise)).WaitsSince);
        await PassAsync(hospital, On(3, 18));
        Assert.Equal(new LocalDate(2026, 3, 17), (await PromiseAsync(hospital, promise)).WaitsSince);
    }

    [Theory, OnOneDatabase]
    public async Task A_day_that_was_proposed_and_is_not_answered_is_the_others_silence(Engine engine)
    {
        await using var hospital = await Riverbend.OpenAsync(engine);
        var promise = await hospital.PromisesAsync("dana.reyes", "we'll offer an interpreter at every discharge by April 20");
        var supply = (await hospital.SaysAsync("dana.reyes", $"{promise} needs the language data from Data and Research by April 6")).Last.Ref!;
        await hospital.SaysAsync("wei.zhang", $"{supply} by April 17 instead");
        await PassAsync(hospital, On(3, 11));
        Assert.Equal(["dana.reyes"], await HeardAsync(hospital, supply));
        Assert.Equal(0, await FindingsAsync(hospital));
    }

    [Theory, OnOneDatabase]
    public async Task Nobody_waits_for_ever_what_nobody_answers_for_any_more_lets_the_day_count_again(Engine engine)
    {
        var (hospital, promise, supply) = await AgreedAsync(engine);
        await using var _1 = hospital;
        await PassAsync(hospital, On(3, 24));
        Assert.Equal(PressOutcome.Done, (await hospital.SaysAsync("imani.brooks", $"waive {supply} because another source was found")).Outcome);
        await hospital.PassToAsync(hospital.Clock.Now);
        Assert.Contains("counts again", await TextAsync(hospital, "dana.reyes", "no longer comes"), StringComparison.Ordinal);
        await PassAsync(hospital, On(4, 1));
        Assert.Equal(["dana.reyes"], await HeardAsync(hospital, promise));
        Assert.Equal(0, await FindingsAsync(hospital));
    }

    [Theory, OnOneDatabase]
    public async Task A_supplier_who_moves_their_day_is_seen_and_moves_nobody_elses(Engine engine)
    {
        var (hospital, promise, supply) = await AgreedAsync(engine);
        await using var _1 = hospital;
        await hospital.SaysAsync("wei.zhang", $"push {supply} to April 3 because the extract is late, need a server");
        await hospital.PassToAsync(hospital.Clock.Now);
        Assert.Contains("the extract is late", await TextAsync(hospital, "dana.reyes", "moved what"), StringComparison.Ordinal);
        await PassAsync(hospital, On(3, 16));
        Assert.Equal(new LocalDate(2026, 3, 13), (await PromiseAsync(hospital, promise)).WaitsSince);
        Assert.Empty(await HeardAsync(hospital, supply));

        // A new day that the owner names while it waits settles the days before.
        await hospital.SaysAsync("dana.reyes", $"push {promise} to April 10 because the data come late, need the data");
        await PassAsync(hospital, On(3, 18));
        await hospital.SaysAsync("wei.zhang", $"{supply} supplied");
        await hospital.PassToAsync(hospital.Clock.Now);
        Assert.Equal(2, (await PromiseAsync(hospital, promise)).LostDays);
    }

    [Theory, OnOneDatabase]
    public async Task What_is_needed_no_more_is_asked_of_nobody(Engine engine)
    {
        await using var hospital = await Riverbend.OpenAsync(engine);
        var promise = await hospital.PromisesAsync("dana.reyes", "we'll offer an interpreter at every discharge by March 20");
        var supply = (await hospital.SaysAsync("dana.reyes", $"{promise} needs the language data from Data and Research by March 13")).Last.Ref!;
        await hospital.SaysAsync("dana.reyes", $"withdraw {promise} because the clinic moves");
        Assert.Equal(PressOutcome.Done, (await hospital.SaysAsync("anil.deshmukh", $"approve {promise}")).Outcome);
        await hospital.PassToAsync(hospital.Clock.Now);
        Assert.Equal(CommitmentStatus.Withdrawn, (await PromiseAsync(hospital, supply)).Status);
        await PassAsync(hospital, On(3, 20));
        Assert.Empty(await HeardAsync(hospital, supply));
        Assert.StartsWith($"{promise} needs {supply} no more", await TextAsync(hospital, "wei.zhang", "no more"), StringComparison.Ordinal);
    }

    [Theory, OnOneDatabase]
    public async Task A_wait_that_nobody_looks_at_any_more_is_found_and_set_right(Engine engine)
    {
        var (hospital, promise, supply) = await AgreedAsync(engine);
        await using var _1 = hospital;
        await PassAsync(hospital, On(3, 16));
        await hospital.Store.WriteAsync(hospital.Organization, Urgency.Background, async db =>
        {
            var tie = await db.Set<Dependency>().SingleAsync();
            tie.End(hospital.Clock.Now);
        }, CancellationToken.None);
        await PassAsync(hospital, On(3, 24));
        Assert.Equal(CommitmentStatus.Missed, (await PromiseAsync(hospital, promise)).Status);
        Assert.NotEmpty(await HeardAsync(hospital, supply));
    }

    [Theory, OnOneDatabase]
    public async Task The_preview_of_a_promise_knows_that_it_will_wait(Engine engine)
    {
        var (hospital, promise, _) = await AgreedAsync(engine);
        await using var _1 = hospital;
        var text = (await hospital.SaysAsync("dana.reyes", $"preview {promise}")).Text;
        Assert.Contains("waits for what it needs", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Ruth Okafor", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_needed_is_said_in_words()
    {
        await using var hospital = await Riverbend.OpenAsync();
        var promise = await hospital.PromisesAsync("dana.reyes", "we'll offer an interpreter at every discharge by March 20");
        Assert.Contains("By when?", (await hospital.SaysAsync("dana.reyes", $"{promise} needs the language data from Data and Research")).Text, StringComparison.Ordinal);
        Assert.Contains("of no use", (await hospital.SaysAsync("dana.reyes", $"{promise} needs the language data from Data and Research by March 27")).Text, StringComparison.Ordinal);
        Assert.Contains("own department", (await hospital.SaysAsync("dana.reyes", $"{promise} needs the language data from Cardiology by March 13")).Text, StringComparison.Ordinal);
        Assert.Contains("I know no department", (await hospital.SaysAsync("dana.reyes", $"{promise} needs the language data from Astronomy by March 13")).Text, StringComparison.Ordinal);
        Assert.Contains("its owner or the department lead", (await hospital.SaysAsync("wei.zhang", $"{promise} needs a signature from Human Resources by March 13")).Text, StringComparison.Ordinal);
        var near = await hospital.SaysAsync("dana.reyes", $"{promise} needs the language data from Data and Reserch by March 13");
        var asked = await hospital.PressesAsync("dana.reyes", near.Last, "Data and Research");
        Assert.Equal(PressOutcome.Done, asked.Outcome);
        Assert.Contains("waits for Wei Zhang to accept", asked.Text, StringComparison.Ordinal);
    }
}
