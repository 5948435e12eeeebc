using EquityBot.Chat;
using EquityBot.Cycles;
using EquityBot.Doubles;
using EquityBot.People;
using EquityBot.Storage;
using EquityBot.Tests.Given;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace EquityBot.Tests.Cycles;

/// <summary>Leads are asked once a fiscal year what their promises need from its budget, as many weeks ahead as the organization says.</summary>
public class BudgetSeasonTests
{
    static readonly DateTimeZone NewYork = DateTimeZoneProviders.Tzdb["America/New_York"];

    static Instant At(int year, int month, int day, int hour = 12) => NewYork.AtStrictly(new LocalDateTime(year, month, day, hour, 0)).ToInstant();

    static async Task<RosterOutcome> ImportAsync(Riverbend hospital, string weeks)
    {
        var files = Repository.Riverbend();
        files["organization.csv"] = files["organization.csv"].Replace(",07-01,6", $",07-01,{weeks}", StringComparison.Ordinal);
        return await hospital.Get<RosterImport>().ImportAsync(files, hospital.Clock.Now, dryRun: false, CancellationToken.None);
    }

    static async Task<int> AskedAsync(Riverbend hospital, string handle) => (await hospital.InboxAsync(handle)).Count(message => message.Card.Contains("what do your promises need from its budget", StringComparison.Ordinal));

    static async Task<int> ToldAsync(Riverbend hospital) => (await hospital.InboxAsync("imani.brooks")).Count(message => message.Card.Contains("No money or people stated yet", StringComparison.Ordinal));

    [Theory]
    [InlineData("2026-06-30", 7, 2027, "2026-07-01")]
    [InlineData("2026-07-01", 7, 2028, "2027-07-01")]
    [InlineData("2026-12-31", 1, 2027, "2027-01-01")]
    [InlineData("2026-01-01", 1, 2027, "2027-01-01")]
    [InlineData("2026-09-30", 10, 2027, "2026-10-01")]
    public void A_fiscal_year_is_called_by_the_year_in_which_it_ends(string day, int month, int number, string starts)
    {
        var next = FiscalYear.After(NodaTime.Text.LocalDatePattern.Iso.Parse(day).Value, month);
        Assert.Equal((number, starts), (next.Number, NodaTime.Text.LocalDatePattern.Iso.Format(next.Starts)));
        Assert.Equal(next.Next, FiscalYear.After(next.Starts, month));
    }

    [Fact]
    public void A_season_opens_on_its_day_and_ends_with_the_fiscal_year()
    {
        var season = new BudgetSeason { Id = Guid.NewGuid(), OrganizationId = Guid.NewGuid() };
        Assert.Null(season.YearOn(new(2026, 3, 31), 7));
        Assert.Equal("FY2027", season.YearOn(new(2026, 4, 1), 7)?.Key);
        Assert.Equal("FY2027", season.YearOn(new(2026, 6, 30), 7)?.Key);
        Assert.Null(season.YearOn(new(2026, 7, 1), 7));
        season.Weeks = 0;
        Assert.Null(season.YearOn(new(2026, 6, 30), 7));
    }

    [Theory, OnOneDatabase]
    public async Task Once_a_fiscal_year_and_never_a_lead_without_open_promises(Engine engine)
    {
        await using var hospital = await Riverbend.OpenAsync(engine);
        await ImportAsync(hospital, "13");
        await hospital.PassToAsync(At(2026, 3, 31));
        Assert.Equal(0, await AskedAsync(hospital, "dana.reyes"));

        // April 1 is thirteen weeks before July 1. Emergency has no promise.
        await hospital.PassToAsync(At(2026, 4, 1));
        Assert.Equal((1, 0, 0, 1), (await AskedAsync(hospital, "dana.reyes"), await AskedAsync(hospital, "marcus.hale"), await AskedAsync(hospital, "ben.kowalski"), await ToldAsync(hospital)));
        Assert.Empty((await ImportAsync(hospital, "20")).Problems);
        await hospital.PassToAsync(At(2026, 6, 30));
        await hospital.PassToAsync(At(2026, 12, 1));
        Assert.Equal((1, 1), (await AskedAsync(hospital, "dana.reyes"), await ToldAsync(hospital)));

        // Twenty weeks before July 1, 2027 is February 11; by then the promise of Cardiology has ended, and another has begun.
        await hospital.PromisesAsync("dana.reyes", "we'll print the consent forms in Spanish by 2027-09-30");
        await hospital.PassToAsync(At(2027, 2, 10));
        Assert.Equal(1, await AskedAsync(hospital, "dana.reyes"));
        await hospital.PassToAsync(At(2027, 2, 12));
        Assert.Equal(2, await AskedAsync(hospital, "dana.reyes"));
    }

    [Fact]
    public async Task The_weeks_are_the_organizations_to_choose_and_none_means_never()
    {
        await using var hospital = await Riverbend.OpenAsync();
        Assert.Contains("“many” is no number of weeks from 0 (nobody is asked) to 40", Assert.Single((await ImportAsync(hospital, "many")).Problems).ToString(), StringComparison.Ordinal);
        Assert.Single((await ImportAsync(hospital, "41")).Problems);
        Assert.Empty((await ImportAsync(hospital, "0")).Problems);
        await hospital.PassToAsync(At(2026, 6, 30));
        Assert.Equal((0, 0), (await AskedAsync(hospital, "dana.reyes"), await ToldAsync(hospital)));

        // Wanted after all, the season that is under way is asked about.
        Assert.Empty((await ImportAsync(hospital, "6")).Problems);
        await hospital.PassToAsync(At(2026, 6, 30, 14));
        Assert.Equal((1, 1), (await AskedAsync(hospital, "dana.reyes"), await ToldAsync(hospital)));
    }

    [Theory, OnOneDatabase]
    public async Task Whoever_takes_the_post_before_the_message_leaves_is_asked_instead(Engine engine)
    {
        await using var hospital = await Riverbend.OpenAsync(engine);
        await ImportAsync(hospital, "13");
        hospital.Clock.Now = At(2026, 4, 1, 1);
        await hospital.SweepAsync();
        await hospital.Store.WriteAsync(hospital.Organization, Urgency.Inbound, async db =>
        {
            var roster = await Roster.LoadAsync(db, CancellationToken.None);
            (await db.Set<Department>().SingleAsync(one => one.Name == "Cardiology")).LeadId = roster.ByHandle("aisha.rahman")!.Id;
        }, CancellationToken.None);
        await hospital.PassToAsync(At(2026, 4, 1));
        Assert.Equal((0, 1, 1), (await AskedAsync(hospital, "dana.reyes"), await AskedAsync(hospital, "aisha.rahman"), await AskedAsync(hospital, "wei.zhang")));
    }
}
