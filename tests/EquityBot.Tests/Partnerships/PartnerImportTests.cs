using EquityBot.Doubles;
using EquityBot.Partnerships;
using EquityBot.People;
using EquityBot.Tests.Given;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace EquityBot.Tests.Partnerships;

public class PartnerImportTests
{
    static Task<RosterOutcome> ImportAsync(Riverbend hospital, Func<string, string> change)
    {
        var files = Repository.Riverbend();
        files["partners.csv"] = change(files["partners.csv"]);
        return hospital.Get<RosterImport>().ImportAsync(files, hospital.Clock.Now, dryRun: false, CancellationToken.None);
    }

    static async Task<Partner> PartnerAsync(Riverbend hospital, int number)
    {
        await using var db = hospital.Read();
        return await db.Set<Partner>().SingleAsync(one => one.Number == number);
    }

    [Theory, OnOneDatabase]
    public async Task The_same_file_again_doubles_nobody_and_takes_no_renewal_back(Engine engine)
    {
        await using var hospital = await Riverbend.OpenAsync(engine);
        await hospital.SaysAsync("imani.brooks", "agreement with Desert Families until September 30, 2028");
        Assert.Empty((await ImportAsync(hospital, same => same)).Problems);
        Assert.Equal(new LocalDate(2028, 9, 30), (await PartnerAsync(hospital, 1)).AgreementExpires);
        Assert.Empty((await ImportAsync(hospital, later => later.Replace("2026-09-30", "2029-09-30", StringComparison.Ordinal))).Problems);
        Assert.Equal(new LocalDate(2029, 9, 30), (await PartnerAsync(hospital, 1)).AgreementExpires);
        await using var db = hospital.Read();
        Assert.Equal([1, 2, 3, 4], await db.Set<Partner>().OrderBy(one => one.Number).Select(one => one.Number).ToListAsync());
    }

    static string WithColumn(string file, string column, string desertFamilies) =>
        string.Join('\n', file.TrimEnd().Split('\n').Select((line, row) => line.TrimEnd() + (row == 0 ? $",{column}" : line.StartsWith("Desert", StringComparison.Ordinal) ? $",{desertFamilies}" : ",")));

    [Theory, OnOneDatabase]
    public async Task The_file_says_how_a_partnership_stands_when_it_says_something_new(Engine engine)
    {
        await using var hospital = await Riverbend.OpenAsync(engine);
        async Task<PartnerState> AfterAsync(string state)
        {
            Assert.Empty((await ImportAsync(hospital, file => WithColumn(file, "state", state))).Problems);
            return (await PartnerAsync(hospital, 1)).State;
        }

        Assert.Equal(PartnerState.Active, (await PartnerAsync(hospital, 1)).State);
        Assert.Equal(PartnerState.Active, await AfterAsync("active"));
        await hospital.SaysAsync("imani.brooks", "pause Desert Families because their director changed");

        // The nightly file from before it says the same as last night.
        Assert.Equal(PartnerState.Paused, await AfterAsync("active"));
        Assert.Equal(PartnerState.Paused, await AfterAsync(""));
        Assert.Equal(PartnerState.Ended, await AfterAsync("Ended"));
        Assert.Empty((await ImportAsync(hospital, file => WithColumn(file, "state", "Ended"))).Changes);
        Assert.Contains("Since Monday, March 2, by the file of partners.", (await hospital.SaysAsync("imani.brooks", "show Desert Families")).Text, StringComparison.Ordinal);
        var problem = Assert.Single((await ImportAsync(hospital, file => WithColumn(file, "state", "asleep"))).Problems);
        Assert.Equal(("partners.csv", 2, "state"), (problem.File, problem.Line, problem.Name));
        Assert.Equal(PartnerState.Ended, (await PartnerAsync(hospital, 1)).State);

        // One that is new begins as the file says.
        Assert.Empty((await ImportAsync(hospital, file => WithColumn(file, "state", "ended") + "\nNorthside Legal Aid,CBO,Yolanda Cruz,housing,,no,prospect\n")).Problems);
        Assert.Equal(PartnerState.Prospect, (await PartnerAsync(hospital, 5)).State);
    }

    [Theory]
    [InlineData("Program director, Yolanda Cruz, 617-555-0134", null)]
    [InlineData("Yolanda Cruz, yolanda@desert.example", null)]
    [InlineData("Yolanda Cruz, MRN 12345678", "contact")]
    [InlineData("Yolanda Cruz, SSN 123-45-6789", "contact")]
    public async Task A_contact_in_the_file_has_a_name_and_a_telephone_number_and_nothing_of_a_patient(string contact, string? problem)
    {
        await using var hospital = await Riverbend.OpenAsync();
        var outcome = await ImportAsync(hospital, file => file.Replace("Program director, Yolanda Cruz", contact, StringComparison.Ordinal));
        Assert.Equal(problem, outcome.Problems.Select(one => one.Name).SingleOrDefault());
        Assert.Equal(problem is null ? contact : "Program director, Yolanda Cruz", (await PartnerAsync(hospital, 1)).Contact);
        Assert.Equal("focus", Assert.Single((await ImportAsync(hospital, file => file.Replace("Doula and parent support", "Doulas at 617-555-0134", StringComparison.Ordinal))).Problems).Name);
    }

    [Fact]
    public async Task A_partner_that_is_paid_needs_an_agreement_or_a_note_and_an_owner_is_somebody_here()
    {
        await using var hospital = await Riverbend.OpenAsync();
        string Columns(string file, string note, string owner) =>
            string.Join('\n', file.TrimEnd().Split('\n').Select((line, row) => line.TrimEnd() + (row == 0 ? ",agreement_note,owner" : line.StartsWith("Saguaro", StringComparison.Ordinal) ? $",{note},{owner}" : ",,")))
                .Replace("counseling referrals\",,no", "counseling referrals\",,yes", StringComparison.Ordinal);
        var refused = await ImportAsync(hospital, file => Columns(file, "", "mateo.vargas"));
        var problem = Assert.Single(refused.Problems);
        Assert.Equal(("partners.csv", 4, "agreement_expires"), (problem.File, problem.Line, problem.Name));
        Assert.Contains((await ImportAsync(hospital, file => Columns(file, "a grant of the state", "nobody.here"))).Problems, one => one is { Line: 4, Name: "owner" } && one.Words.StartsWith("“nobody.here” is not in people.csv", StringComparison.Ordinal));
        Assert.Empty((await ImportAsync(hospital, file => Columns(file, "a grant of the state", "mateo.vargas"))).Problems);
        var (school, roster) = (await PartnerAsync(hospital, 3), await Roster.LoadAsync(hospital.Read(), CancellationToken.None));
        Assert.Equal(("a grant of the state", "mateo.vargas", false), (school.AgreementNote, roster[school.OwnerId].Handle, school.LacksAgreement));
    }
}
