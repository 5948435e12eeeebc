using EquityBot.Chat;
using EquityBot.Digests;
using EquityBot.Doubles;
using EquityBot.People;
using EquityBot.Storage;
using EquityBot.Tests.Given;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace EquityBot.Tests.Digests;

public class DigestSweepTests
{
    static Instant March(int day, int hour = 14) => Instant.FromUtc(2026, 3, day, hour, 0);

    static async Task<string> DigestOfAsync(Riverbend hospital, string handle) =>
        PlainText.Of(Card.FromJson((await hospital.InboxAsync(handle)).Last(message => message.Kind == MessageKind.Digest).Card));

    [Theory, OnOneDatabase]
    public async Task Numbers_are_as_they_were_decided_and_what_needs_the_reader_is_as_it_is_sent(Engine engine)
    {
        await using var hospital = await Riverbend.OpenAsync(engine);
        await hospital.PromisesAsync("dana.reyes", "we'll offer an interpreter at every discharge by March 6");
        await hospital.PassToAsync(March(9));
        await hospital.PassToAsync(March(13));
        await hospital.PassToAsync(March(16, 4));
        await hospital.SaysAsync("dana.reyes", "acknowledge C-12 by April 10 because the contract is late, need a signature");
        await hospital.PassToAsync(March(16, 12));
        var digest = await DigestOfAsync(hospital, "anil.deshmukh");
        Assert.Contains("Past their day: 1", digest, StringComparison.Ordinal);
        Assert.Contains("Nothing needs you now.", digest, StringComparison.Ordinal);
        Assert.DoesNotContain("C-12", digest, StringComparison.Ordinal);
        Assert.Contains("Past their day: 0 (−1)", (await hospital.SaysAsync("anil.deshmukh", "digest")).Text, StringComparison.Ordinal);
    }

    [Theory, OnOneDatabase]
    public async Task Whoever_becomes_an_executive_gets_the_weeks_digest_with_the_same_numbers_and_nobody_gets_it_twice(Engine engine)
    {
        await using var hospital = await Riverbend.OpenAsync(engine);
        await hospital.PassToAsync(March(9));
        await hospital.PromisesAsync("dana.reyes", "we'll offer an interpreter at every discharge by March 31");
        await hospital.PassToAsync(March(10));
        var naomi = (await RosterAsync(hospital)).ByHandle("naomi.feldman")!;
        await hospital.Store.WriteAsync(hospital.Organization, Urgency.Inbound, db =>
        {
            db.Add(new RoleAssignment { OrganizationId = hospital.Organization, PersonId = naomi.Id, Role = Role.Executive });
            return Task.CompletedTask;
        }, CancellationToken.None);
        for (var change = 0; change < 3; change++)
        {
            await hospital.Get<RosterImport>().ChangeAsync(hospital.Organization, naomi.Id, person => person.Title = "Chief Quality Officer", hospital.Clock.Now, CancellationToken.None);
            await hospital.PassToAsync(hospital.Clock.Now + Duration.FromMinutes(1));
        }

        Assert.Contains("Open on the plan: 11", await DigestOfAsync(hospital, "naomi.feldman"), StringComparison.Ordinal);
        await using var db = hospital.Read();
        Assert.Equal("2026-W11", Assert.Single(await db.Set<Notice>().Where(one => one.Trigger == DigestNotice.Name).Select(one => one.Period).Distinct().ToListAsync()));
        Assert.Equal(5, await db.Set<Notice>().CountAsync(one => one.Trigger == DigestNotice.Name));
        Assert.Equal(Audience.Executive, Assert.Single(await db.Set<Digest>().ToListAsync()).Audience);
    }

    [Theory, OnOneDatabase]
    public async Task Whoever_left_the_post_before_the_morning_gets_none_and_an_older_week_is_not_sent_beside_a_newer(Engine engine)
    {
        await using var hospital = await Riverbend.OpenAsync(engine);
        await hospital.PassToAsync(March(9, 4));
        await hospital.Get<RosterImport>().ChangeAsync(hospital.Organization, (await RosterAsync(hospital)).ByHandle("anil.deshmukh")!.Id, person => person.LeavesOn = new(2026, 3, 8), hospital.Clock.Now, CancellationToken.None);
        await hospital.SweepAsync();
        hospital.Clock.Now = March(16, 4);
        await hospital.SweepAsync();
        await hospital.PassToAsync(March(16));
        Assert.Empty(await hospital.InboxAsync("anil.deshmukh"));
        Assert.Single(await hospital.InboxAsync("miriam.castellano"));
        Assert.Contains("Monday, March 16", await DigestOfAsync(hospital, "miriam.castellano"), StringComparison.Ordinal);
    }

    static async Task<Roster> RosterAsync(Riverbend hospital)
    {
        await using var db = hospital.Read();
        return await Roster.LoadAsync(db, CancellationToken.None);
    }
}
