using EquityBot.Doubles;
using EquityBot.People;
using EquityBot.Storage;
using EquityBot.Tests.Given;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace EquityBot.Tests.People;

public class RosterImportTests
{
    static async Task<RosterOutcome> ImportAsync(Database database, Dictionary<string, string> files, bool dryRun = false)
    {
        await using var core = Wiring.Core(new EquityStore(database.ConnectionString));
        return await core.GetRequiredService<RosterImport>().ImportAsync(files, Wiring.Start, dryRun, CancellationToken.None);
    }

    /// <summary>Every row of every table, as text.</summary>
    static async Task<List<string>> EverythingAsync(Database database)
    {
        await using var everywhere = new EquityStore(database.ConnectionString).For(Guid.Empty);
        var rows = new List<string>();
        foreach (var type in everywhere.Model.GetEntityTypes())
        {
            var query = (IQueryable<object>)typeof(DbContext).GetMethod(nameof(DbContext.Set), [])!.MakeGenericMethod(type.ClrType).Invoke(everywhere, [])!;
            foreach (var row in await query.IgnoreQueryFilters().AsNoTracking().ToListAsync())
            {
                rows.Add($"{type.ClrType.Name} {string.Join('|', type.GetProperties().Select(property => Text(property.GetGetter().GetClrValue(row))))}");
            }
        }

        return [.. rows.Order(StringComparer.Ordinal)];

        static string Text(object? value) => value is IEnumerable<Guid> many ? string.Join(',', many) : $"{value}";
    }

    [Theory, OnBothEngines]
    public async Task The_sample_health_system_imports_without_a_problem(Engine engine)
    {
        await using var database = await Database.OpenAsync(engine);
        var outcome = await ImportAsync(database, Repository.Riverbend());
        Assert.Empty(outcome.Problems);
        Assert.Equal(("Riverbend Health", 32, 12), (outcome.Organization, outcome.People, outcome.Departments));

        await using var db = new EquityStore(database.ConnectionString).For(outcome.OrganizationId);
        var roster = await Roster.LoadAsync(db, CancellationToken.None);
        Assert.Equal("ruth.okafor", roster.Holder(Role.BoardOwner)!.Handle);
        Assert.Equal("imani.brooks", roster.Holder(Role.EquityOfficer)!.Handle);
        Assert.Equal(["dana.reyes", "anil.deshmukh", "miriam.castellano", "ruth.okafor"], roster.Above(roster.ByHandle("ben.kowalski")!).Select(person => person.Handle));
        Assert.Equal(["C", "E", "G", "S"], await db.Set<Counter>().Select(one => one.Prefix).OrderBy(one => one).ToListAsync());
    }

    [Theory, OnBothEngines]
    public async Task Importing_twice_changes_nothing_but_the_trail(Engine engine)
    {
        await using var database = await Database.OpenAsync(engine);
        await ImportAsync(database, Repository.Riverbend());
        var before = await EverythingAsync(database);
        Assert.Empty((await ImportAsync(database, Repository.Riverbend())).Problems);
        Assert.Equal(before.Where(IsNoTrail), (await EverythingAsync(database)).Where(IsNoTrail));

        static bool IsNoTrail(string row) => !row.StartsWith("AuditEntry ", StringComparison.Ordinal);
    }

    [Theory, OnBothEngines]
    public async Task A_dry_run_says_the_same_and_changes_nothing(Engine engine)
    {
        await using var database = await Database.OpenAsync(engine);
        var outcome = await ImportAsync(database, Repository.Riverbend(), dryRun: true);
        Assert.Empty(outcome.Problems);
        Assert.Equal((32, 12), (outcome.People, outcome.Departments));
        Assert.Empty(await EverythingAsync(database));
    }

    [Theory]
    [InlineData("people.csv", "aisha.rahman@riverbend.example,Contributor,dana.reyes,", "aisha.rahman@riverbend.example,Contributor,dana.raise,", "people.csv, line 11: “dana.raise” is not in people.csv.")]
    [InlineData("people.csv", "aisha.rahman@riverbend.example,Contributor,dana.reyes,", "aisha.rahman@riverbend.example,Contributor,aisha.rahman,", "people.csv, line 11: aisha.rahman cannot be their own supervisor or delegate.")]
    [InlineData("people.csv", "aisha.rahman@riverbend.example,Contributor,", "aisha.rahman@riverbend.example,Contributer,", "people.csv, line 11: “Contributer” is no role; roles are DepartmentLead, Contributor, EquityOfficer, CoreTeamMember, Executive, BoardOwner, DataSteward, CommunityRepresentative, Auditor, Admin.")]
    [InlineData("people.csv", "Director of Cardiology,Cardiology,Riverbend Main", "Director of Cardiology,Cardiologie,Riverbend Main", "people.csv, line 10: department “Cardiologie” is in no file.")]
    [InlineData("people.csv", "Director of Cardiology,Cardiology,Riverbend Main", "Director of Cardiology,Cardiology,Riverbend", "people.csv, line 10: site “Riverbend” is in no file.")]
    [InlineData("people.csv", "thuy.nguyen@riverbend.example,Contributor,marcus.hale,,,colleen.fitzgerald,2;3;4;5;6,", "thuy.nguyen@riverbend.example,Contributor,marcus.hale,,,colleen.fitzgerald,,", "people.csv, line 14: days must be numbers from 1 (Monday) to 7 separated by semicolons, and from must be earlier than to.")]
    [InlineData("people.csv", "colleen.fitzgerald,2;3;4;5;6,07:00,15:30", "colleen.fitzgerald,2;3;4;5;8,07:00,15:30", "people.csv, line 14: days must be numbers from 1 (Monday) to 7 separated by semicolons, and from must be earlier than to.")]
    [InlineData("people.csv", "colleen.fitzgerald,2;3;4;5;6,07:00,15:30", "colleen.fitzgerald,2;3;4;5;6,07:00,7:00 pm", "people.csv, line 14: to is “7:00 pm”, not a time such as 08:00.", 2)]
    [InlineData("people.csv", "Samuel Lindqvist,", ",", "people.csv, line 3: the column name is empty or missing.")]
    [InlineData("people.csv", "colleen.fitzgerald@riverbend.example,Executive,", "colleen.fitzgerald@riverbend.example,BoardOwner,", "people.csv must name exactly one BoardOwner: the person on the board who answers for kept promises.")]
    [InlineData("people.csv", "ruth.okafor@riverbend.example,BoardOwner,", "ruth.okafor@riverbend.example,,", "people.csv must name exactly one BoardOwner: the person on the board who answers for kept promises.")]
    [InlineData("people.csv", "hannah.adler,Hannah", "Hannah Adler,Hannah", "people.csv, line 33: the handle “Hannah Adler” must be like dana.reyes: lower-case letters, digits, dots and hyphens.")]
    [InlineData("sites.csv", "America/Phoenix", "Phoenix", "sites.csv, line 3: zone is “Phoenix”, not an IANA time zone such as America/New_York.")]
    [InlineData("organization.csv", "America/New_York", "Eastern", "organization.csv, line 2: zone is “Eastern”, not an IANA time zone such as America/New_York.")]
    [InlineData("organization.csv", "2026-03-02", "2026-02-30", "organization.csv, line 2: cycle_start is “2026-02-30”, not a date such as 2026-03-31.")]
    [InlineData("holidays.csv", "2026-04-03", "04/03/2026", "holidays.csv, line 5: date is “04/03/2026”, not a date such as 2026-03-31.")]
    [InlineData("departments.csv", "dana.reyes,aisha", "dana.reyez,aisha", "departments.csv, line 2: “dana.reyez” is not in people.csv.")]
    [InlineData("promises.csv", "Cardiology,ben.kowalski", "Cardiology,ben.kowalsky", "promises.csv, line 2: the owner or the department is in no file.")]
    [InlineData("promises.csv", "follow-up visit,2026-12-31", "follow-up visit,31.12.2026", "promises.csv, line 2: due is “31.12.2026”, not a date such as 2026-03-31.")]
    [InlineData("rooms.csv", "ben.kowalski", "ben.kowalsky", "rooms.csv, line 3: “ben.kowalsky” is not in people.csv.")]
    [InlineData("partners.csv", "2026-09-30", "soon", "partners.csv, line 2: agreement_expires is “soon”, not a date such as 2026-03-31.")]
    public async Task A_mistake_is_one_clear_sentence_with_its_place_and_nothing_is_changed(string file, string was, string becomes, string sentence, int sentences = 1)
    {
        await using var database = await Database.OpenAsync(Engine.Sqlite);
        var files = Repository.Riverbend();
        Assert.Contains(was, files[file], StringComparison.Ordinal);
        files[file] = files[file].Replace(was, becomes, StringComparison.Ordinal);
        var outcome = await ImportAsync(database, files);
        Assert.Contains(sentence, outcome.Problems);
        Assert.InRange(outcome.Problems.Count, 1, sentences);
        Assert.Empty(await EverythingAsync(database));
    }

    [Theory]
    [InlineData("people.csv")]
    [InlineData("sites.csv")]
    [InlineData("departments.csv")]
    [InlineData("organization.csv")]
    public async Task A_file_that_is_missing_is_named(string file)
    {
        await using var database = await Database.OpenAsync(Engine.Sqlite);
        var files = Repository.Riverbend();
        files.Remove(file);
        Assert.Contains($"{file} is missing.", (await ImportAsync(database, files)).Problems);
        Assert.Empty(await EverythingAsync(database));
    }

    [Fact]
    public async Task A_column_that_is_missing_is_named_with_its_file()
    {
        await using var database = await Database.OpenAsync(Engine.Sqlite);
        var files = Repository.Riverbend();
        files["people.csv"] = files["people.csv"].Replace(",days,", ",weekdays,", StringComparison.Ordinal);
        Assert.All((await ImportAsync(database, files)).Problems, problem => Assert.StartsWith("people.csv", problem, StringComparison.Ordinal));
        Assert.Empty(await EverythingAsync(database));
    }

    [Fact]
    public async Task A_mistake_in_an_update_leaves_everything_as_it_was()
    {
        await using var database = await Database.OpenAsync(Engine.Sqlite);
        await ImportAsync(database, Repository.Riverbend());
        var before = await EverythingAsync(database);
        var files = Repository.Riverbend();
        files["people.csv"] = files["people.csv"].Replace("Director of Cardiology", "Chief of Cardiology", StringComparison.Ordinal);
        files["partners.csv"] = files["partners.csv"].Replace("2026-09-30", "soon", StringComparison.Ordinal);
        Assert.NotEmpty((await ImportAsync(database, files)).Problems);
        Assert.Equal(before, await EverythingAsync(database));
    }

    [Fact]
    public async Task A_new_supervisor_and_title_are_taken_over_and_nobody_is_doubled()
    {
        await using var database = await Database.OpenAsync(Engine.Sqlite);
        var first = await ImportAsync(database, Repository.Riverbend());
        var files = Repository.Riverbend();
        files["people.csv"] = files["people.csv"].Replace("aisha.rahman@riverbend.example,Contributor,dana.reyes,", "aisha.rahman@riverbend.example,Contributor;CoreTeamMember,anil.deshmukh,", StringComparison.Ordinal);
        var second = await ImportAsync(database, files);
        Assert.Equal(first.OrganizationId, second.OrganizationId);

        await using var db = new EquityStore(database.ConnectionString).For(second.OrganizationId);
        var roster = await Roster.LoadAsync(db, CancellationToken.None);
        var aisha = roster.ByHandle("aisha.rahman")!;
        Assert.Equal("anil.deshmukh", roster.Find(aisha.SupervisorId)!.Handle);
        Assert.Equal([Role.Contributor, Role.CoreTeamMember], roster.RolesOf(aisha).Order());
        Assert.Equal(32, roster.People.Count);
    }
}
