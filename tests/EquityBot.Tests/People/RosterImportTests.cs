using EquityBot.Doubles;
using EquityBot.People;
using EquityBot.Storage;
using EquityBot.Tests.Given;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace EquityBot.Tests.People;

public class RosterImportTests
{
    internal static async Task<RosterOutcome> ImportAsync(Database database, Dictionary<string, string> files, bool dryRun = false)
    {
        await using var core = Wiring.Core(new EquityStore(database.ConnectionString));
        return await core.GetRequiredService<RosterImport>().ImportAsync(files, Wiring.Start, dryRun, CancellationToken.None);
    }

    /// <summary>Every row of every table, as text.</summary>
    internal static async Task<List<string>> EverythingAsync(Database database)
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

    [Theory, OnBothDatabases]
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
        Assert.Equal(["C", "E", "F", "G", "N", "P", "S"], await db.Set<Counter>().Select(one => one.Prefix).OrderBy(one => one).ToListAsync());
    }

    [Theory, OnBothDatabases]
    public async Task The_same_files_again_change_nothing_and_it_says_so(Engine engine)
    {
        await using var database = await Database.OpenAsync(engine);
        var first = await ImportAsync(database, Repository.Riverbend());
        Assert.Equal(32, first.Changes.Single(file => file.File == "people.csv").Added.Count);
        var before = await EverythingAsync(database);
        var again = await ImportAsync(database, Repository.Riverbend());
        Assert.Empty(again.Problems);
        Assert.Empty(again.Changes);
        Assert.Equal(before, await EverythingAsync(database));
    }

    [Theory, OnBothDatabases]
    public async Task A_dry_run_says_the_same_and_changes_nothing(Engine engine)
    {
        await using var database = await Database.OpenAsync(engine);
        var outcome = await ImportAsync(database, Repository.Riverbend(), dryRun: true);
        Assert.Empty(outcome.Problems);
        Assert.Equal((32, 12), (outcome.People, outcome.Departments));
        Assert.Equal(["departments.csv", "holidays.csv", "organization.csv", "partners.csv", "people.csv", "promises.csv", "rooms.csv", "sites.csv"], outcome.Changes.Select(file => file.File));
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

    [Theory, OnBothDatabases]
    public async Task What_changed_is_told_by_file_and_name_before_and_after_it_is_done(Engine engine)
    {
        await using var database = await Database.OpenAsync(engine);
        await ImportAsync(database, Repository.Riverbend());
        var files = Repository.Riverbend();
        files["people.csv"] = string.Join('\n', files["people.csv"].Replace("Director of Cardiology", "Chief of Cardiology", StringComparison.Ordinal)
            .Replace("aisha.rahman@riverbend.example,Contributor,dana.reyes,", "aisha.rahman@riverbend.example,Contributor;CoreTeamMember,anil.deshmukh,", StringComparison.Ordinal)
            .Split('\n').Where(line => !line.StartsWith("ben.kowalski,", StringComparison.Ordinal)))
            + "zoe.park,Zoe Park,Nurse,Cardiology,Riverbend Main,zoe.park@riverbend.example,Contributor,dana.reyes,,,,1;2;3;4;5,08:00,17:00\n";
        files["rooms.csv"] = files["rooms.csv"].Replace("ben.kowalski", "zoe.park", StringComparison.Ordinal);
        files["promises.csv"] = files["promises.csv"].Replace("Cardiology,ben.kowalski", "Cardiology,zoe.park", StringComparison.Ordinal);
        files["departments.csv"] = files["departments.csv"].Replace("dana.reyes,aisha.rahman", "aisha.rahman,zoe.park", StringComparison.Ordinal);
        var (before, foreseen) = (await EverythingAsync(database), await ImportAsync(database, files, dryRun: true));
        Assert.Empty(foreseen.Problems);
        Assert.Equal(before, await EverythingAsync(database));
        Assert.Equal(
            [
                "departments.csv +[] ~[Cardiology (deputy, lead)] -[]",
                "people.csv +[zoe.park] ~[aisha.rahman (roles, supervisor); dana.reyes (title)] -[ben.kowalski]",
                "promises.csv +[Offer a ride to every first heart failure follow-up visit] ~[] -[]",
                "rooms.csv +[] ~[cardiology (members)] -[]",
            ],
            foreseen.Changes.Select(Line));
        Assert.Equal(foreseen.Changes.Select(Line), (await ImportAsync(database, files)).Changes.Select(Line));
        Assert.Empty((await ImportAsync(database, files)).Changes);
    }

    static string Line(RosterChange change) => $"{change.File} +[{string.Join("; ", change.Added)}] ~[{string.Join("; ", change.Changed)}] -[{string.Join("; ", change.Ended)}]";

    [Fact]
    public void Whatever_the_files_twice_is_once_and_a_dry_run_is_nothing() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(15), Prop.ForAll(RosterOfFiles.Any, roster => HoldsAsync(roster).GetAwaiter().GetResult()));

    static async Task<bool> HoldsAsync(RosterOfFiles roster)
    {
        await using var database = await Database.OpenAsync(roster.Seed % 4 == 0 ? Engine.Postgres : Engine.Sqlite);
        var first = await ImportAsync(database, roster.Before);
        Assert.Empty(first.Problems);
        var before = await EverythingAsync(database);
        var foreseen = await ImportAsync(database, roster.After, dryRun: true);
        Assert.Empty(foreseen.Problems);
        Assert.Equal(before, await EverythingAsync(database));

        Assert.Equal(foreseen.Changes.Select(Line), (await ImportAsync(database, roster.After)).Changes.Select(Line));
        var after = await EverythingAsync(database);
        Assert.Empty((await ImportAsync(database, roster.After)).Changes);
        Assert.Equal(after, await EverythingAsync(database));
        return true;
    }

    [Theory, OnBothDatabases]
    public async Task Whoever_is_not_in_the_file_any_more_has_left_and_comes_back_when_they_are(Engine engine)
    {
        await using var database = await Database.OpenAsync(engine);
        await ImportAsync(database, Repository.Riverbend());
        var files = Without("thuy.nguyen");
        Assert.Equal(["thuy.nguyen"], (await ImportAsync(database, files)).Changes.Single(file => file.File == "people.csv").Ended);
        Assert.Equal(new NodaTime.LocalDate(2026, 3, 1), (await FindAsync(database, "thuy.nguyen")).LeavesOn);
        Assert.Empty((await RolesAsync(database, "thuy.nguyen")));
        Assert.Contains("thuy.nguyen (leaves_on, roles)", (await ImportAsync(database, Repository.Riverbend())).Changes.Single(file => file.File == "people.csv").Changed);
        Assert.Null((await FindAsync(database, "thuy.nguyen")).LeavesOn);
    }

    /// <summary>An export that broke off half-way must not end half the hospital.</summary>
    [Fact]
    public async Task A_file_that_was_cut_off_ends_nobody()
    {
        await using var database = await Database.OpenAsync(Engine.Sqlite);
        await ImportAsync(database, Repository.Riverbend());
        var before = await EverythingAsync(database);
        var files = Repository.Riverbend();
        files["people.csv"] = string.Join('\n', files["people.csv"].Split('\n')[..16]);
        Assert.Contains(await ProblemsAsync(database, files), problem => problem.StartsWith("people.csv: 17 of 32 people are not in it any more", StringComparison.Ordinal));
        Assert.Equal(before, await EverythingAsync(database));
    }

    static async Task<List<string>> ProblemsAsync(Database database, Dictionary<string, string> files) => [.. (await ImportAsync(database, files)).Problems.Select(problem => problem.ToString())];

    [Theory, OnBothDatabases]
    public async Task Whom_somebody_named_in_chat_stands_as_long_as_they_said_and_the_roster_counts_again_after_it(Engine engine)
    {
        await using var database = await Database.OpenAsync(engine);
        var id = (await ImportAsync(database, Repository.Riverbend())).OrganizationId;
        var store = new EquityStore(database.ConnectionString);
        var aisha = await FindAsync(database, "aisha.rahman");
        await store.WriteAsync(id, Urgency.Background, async db =>
        {
            var ben = await db.Set<Person>().SingleAsync(one => one.Handle == "ben.kowalski");
            (ben.DelegateId, ben.DelegateUntil, ben.DelegateById) = (aisha.Id, new(2026, 3, 2), ben.Id);
        }, CancellationToken.None);
        Assert.Empty((await ImportAsync(database, Repository.Riverbend())).Changes);
        Assert.Equal(aisha.Id, (await FindAsync(database, "ben.kowalski")).DelegateId);

        await using var core = Wiring.Core(store);
        await core.GetRequiredService<RosterImport>().ImportAsync(Repository.Riverbend(), Wiring.Start + NodaTime.Duration.FromDays(1), dryRun: false, CancellationToken.None);
        Assert.Null((await FindAsync(database, "ben.kowalski")).DelegateId);
    }

    [Fact]
    public async Task A_department_without_a_lead_is_allowed_and_warned_of()
    {
        await using var database = await Database.OpenAsync(Engine.Sqlite);
        var files = Repository.Riverbend();
        files["departments.csv"] = files["departments.csv"].Replace("dana.reyes,aisha", ",aisha", StringComparison.Ordinal).Replace("marcus.hale,thuy.nguyen", ",", StringComparison.Ordinal);
        var outcome = await ImportAsync(database, files);
        Assert.Empty(outcome.Problems);
        Assert.Equal(
            [
                "departments.csv, line 2 (lead): Cardiology has no lead; aisha.rahman, the deputy, hears instead, and the equity officer is told.",
                "departments.csv, line 3 (lead): Emergency has no lead; whoever is above the owner of a promise hears instead, and the equity officer is told.",
            ],
            outcome.Warnings.Select(warning => warning.ToString()));
    }

    static Dictionary<string, string> Without(string handle)
    {
        var files = Repository.Riverbend();
        files["people.csv"] = string.Join('\n', files["people.csv"].Split('\n').Where(line => !line.StartsWith(handle + ",", StringComparison.Ordinal)).Select(line => line.Replace("," + handle, ",", StringComparison.Ordinal)));
        files["departments.csv"] = files["departments.csv"].Replace("," + handle, ",", StringComparison.Ordinal);
        files["rooms.csv"] = files["rooms.csv"].Replace(";" + handle, "", StringComparison.Ordinal);
        return files;
    }

    static async Task<Person> FindAsync(Database database, string handle)
    {
        await using var db = new EquityStore(database.ConnectionString).For((await OrganizationAsync(database)).Id);
        return await db.Set<Person>().SingleAsync(one => one.Handle == handle);
    }

    static async Task<List<Role>> RolesAsync(Database database, string handle)
    {
        var person = await FindAsync(database, handle);
        await using var db = new EquityStore(database.ConnectionString).For(person.OrganizationId);
        return await db.Set<RoleAssignment>().Where(one => one.PersonId == person.Id).Select(one => one.Role).ToListAsync();
    }

    static async Task<Organization> OrganizationAsync(Database database)
    {
        await using var everywhere = new EquityStore(database.ConnectionString).For(Guid.Empty);
        return await everywhere.Set<Organization>().SingleAsync();
    }
}
