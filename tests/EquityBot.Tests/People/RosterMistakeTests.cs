using EquityBot.Doubles;
using EquityBot.People;
using EquityBot.Tests.Given;

namespace EquityBot.Tests.People;

/// <summary>What is wrong with a roster is said with its place, all of it at once, and nothing is changed.</summary>
public class RosterMistakeTests
{
    static async Task<List<string>> ProblemsAsync(Dictionary<string, string> files)
    {
        await using var database = await Database.OpenAsync(Engine.Sqlite);
        var outcome = await RosterImportTests.ImportAsync(database, files);
        Assert.Empty(await RosterImportTests.EverythingAsync(database));
        return [.. outcome.Problems.Select(problem => problem.ToString())];
    }

    [Theory]
    [InlineData("people.csv", "aisha.rahman@riverbend.example,Contributor,dana.reyes,", "aisha.rahman@riverbend.example,Contributor,dana.raise,", "people.csv, line 11, column 127 (supervisor): “dana.raise” is not in people.csv; did you mean “dana.reyes”?")]
    [InlineData("people.csv", "aisha.rahman@riverbend.example,Contributor,dana.reyes,", "aisha.rahman@riverbend.example,Contributor,aisha.rahman,", "people.csv, line 11, column 127 (supervisor): aisha.rahman cannot be their own supervisor.")]
    [InlineData("people.csv", "dana.reyes@riverbend.example,DepartmentLead,anil.deshmukh,", "dana.reyes@riverbend.example,DepartmentLead,ben.kowalski,", "people.csv, line 10, column 116 (supervisor): this goes round in a circle: dana.reyes → ben.kowalski → dana.reyes.")]
    [InlineData("people.csv", "aisha.rahman@riverbend.example,Contributor,dana.reyes,,,", "aisha.rahman@riverbend.example,Contributor,dana.reyes,,aisha.rahman,", "people.csv, line 11, column 139 (delegate): aisha.rahman cannot be their own delegate.")]
    [InlineData("people.csv", "aisha.rahman@riverbend.example,Contributor,", "aisha.rahman@riverbend.example,Contributer,", "people.csv, line 11, column 115 (roles): “Contributer” is no role; roles are DepartmentLead, Contributor, EquityOfficer, CoreTeamMember, Executive, BoardOwner, DataSteward, CommunityRepresentative, Auditor, Admin.")]
    [InlineData("people.csv", "Director of Cardiology,Cardiology,Riverbend Main", "Director of Cardiology,Cardiologie,Riverbend Main", "people.csv, line 10, column 46 (department): “Cardiologie” is not in departments.csv; did you mean “Cardiology”?")]
    [InlineData("people.csv", "Director of Cardiology,Cardiology,Riverbend Main", "Director of Cardiology,Cardiology,Riverbend", "people.csv, line 10, column 57 (site): “Riverbend” is not in sites.csv; did you mean “Riverbend Main”?")]
    [InlineData("people.csv", "colleen.fitzgerald,2;3;4;5;6,07:00,15:30", "colleen.fitzgerald,,07:00,15:30", "people.csv, line 14, column 148 (days): they must be numbers from 1 (Monday) to 7 separated by semicolons.")]
    [InlineData("people.csv", "colleen.fitzgerald,2;3;4;5;6,07:00,15:30", "colleen.fitzgerald,2;3;4;5;8,07:00,15:30", "people.csv, line 14, column 148 (days): they must be numbers from 1 (Monday) to 7 separated by semicolons.")]
    [InlineData("people.csv", "colleen.fitzgerald,2;3;4;5;6,07:00,15:30", "colleen.fitzgerald,2;3;4;5;6,07:00,7:00 pm", "people.csv, line 14, column 164 (to): “7:00 pm” is not a time such as 08:00.")]
    [InlineData("people.csv", "colleen.fitzgerald,2;3;4;5;6,07:00,15:30", "colleen.fitzgerald,2;3;4;5;6,17:00,15:30", "people.csv, line 14, column 164 (to): it must be later than from.")]
    [InlineData("people.csv", "Samuel Lindqvist,", ",", "people.csv, line 3, column 18 (name): it is empty.")]
    [InlineData("people.csv", "colleen.fitzgerald@riverbend.example,Executive,", "colleen.fitzgerald@riverbend.example,BoardOwner,", "people.csv: it must name exactly one BoardOwner: the person on the board who answers for kept promises.")]
    [InlineData("people.csv", "ruth.okafor@riverbend.example,BoardOwner,", "ruth.okafor@riverbend.example,,", "people.csv: it must name exactly one BoardOwner: the person on the board who answers for kept promises.")]
    [InlineData("people.csv", "hannah.adler,Hannah", "Hannah Adler,Hannah", "people.csv, line 33, column 1 (handle): “Hannah Adler” must be like dana.reyes: lower-case letters, digits, dots and hyphens.")]
    [InlineData("people.csv", "aisha.rahman,Aisha", "dana.reyes,Aisha", "departments.csv, line 2, column 44 (deputy): “aisha.rahman” is not in people.csv; did you mean “priya.raman”?\npeople.csv, line 11, column 1 (handle): “dana.reyes” stands twice; the first time in line 10.\npeople.csv, line 11, column 125 (supervisor): dana.reyes cannot be their own supervisor.\nrooms.csv, line 3, column 12 (members): “aisha.rahman” is not in people.csv; did you mean “priya.raman”?")]
    [InlineData("people.csv", "aisha.rahman@riverbend.example", "dana.reyes@riverbend.example", "people.csv, line 11, column 84 (email): aisha.rahman and dana.reyes share an e-mail address; each needs their own, since a link sent there lets its reader act for them.")]
    [InlineData("people.csv", "aisha.rahman@riverbend.example", "aisha.rahman at riverbend", "people.csv, line 11, column 84 (email): “aisha.rahman at riverbend” is not an address such as name@hospital.example.")]
    [InlineData("people.csv", ",days,", ",weekdays,", "people.csv, line 1 (days): the header lacks this column.\npeople.csv, line 1, column 82: “weekdays” is no column of this file; did you mean “days”?")]
    [InlineData("people.csv", ",from,to", ",from,from,to", "people.csv, line 1, column 92 (from): the header names this column twice.")]
    [InlineData("people.csv", "\"Trustee, Chair of the Board Quality Committee\"", "\"Trustee, Chair of the Board Quality Committee", "people.csv, line 2: it has 3 values, and the header names 14 columns.\npeople.csv, line 2, column 25: a quote is opened here and not closed.")]
    [InlineData("people.csv", "Director of Cardiology", "Director of \"Heart\"", "people.csv, line 10, column 35: a quote stands inside a value; put the whole value in quotes and double the quote inside.")]
    [InlineData("people.csv", "Director of Cardiology,", "Director, Cardiology,", "people.csv, line 10: it has 15 values, and the header names 14 columns.")]
    [InlineData("sites.csv", "America/Phoenix", "Phoenix", "sites.csv, line 3, column 13 (zone): “Phoenix” is not an IANA time zone such as America/New_York; did you mean “America/Phoenix”?")]
    [InlineData("organization.csv", "America/New_York", "America/NewYork", "organization.csv, line 2, column 18 (zone): “America/NewYork” is not an IANA time zone such as America/New_York; did you mean “America/New_York”?")]
    [InlineData("organization.csv", "America/New_York", "Eastern", "organization.csv, line 2, column 18 (zone): “Eastern” is not an IANA time zone such as America/New_York; did you mean “US/Eastern”?")]
    [InlineData("organization.csv", "2026-03-02", "2026-02-30", "organization.csv, line 2, column 53 (cycle_start): “2026-02-30” is not a date such as 2026-03-31.")]
    [InlineData("organization.csv", "2026-12-31", "2025-12-31", "organization.csv, line 2, column 64 (cycle_end): it must not be earlier than cycle_start.")]
    [InlineData("organization.csv", "07-01", "07-15", "organization.csv, line 2, column 75 (fiscal_year_start): “07-15” is not the first day of a month such as 07-01.")]
    [InlineData("holidays.csv", "2026-04-03", "04/03/2026", "holidays.csv, line 5, column 16 (date): “04/03/2026” is not a date such as 2026-03-31.")]
    [InlineData("departments.csv", "dana.reyes,aisha", "dana.reyez,aisha", "departments.csv, line 2, column 33 (lead): “dana.reyez” is not in people.csv; did you mean “dana.reyes”?")]
    [InlineData("promises.csv", "Cardiology,ben.kowalski", "Cardiology,ben.kowalsky", "promises.csv, line 2, column 12 (owner): “ben.kowalsky” is not in people.csv; did you mean “ben.kowalski”?")]
    [InlineData("promises.csv", "Cardiology,ben.kowalski", "Cardiolgy,ben.kowalski", "promises.csv, line 2, column 1 (department): “Cardiolgy” is not in departments.csv; did you mean “Cardiology”?")]
    [InlineData("promises.csv", "follow-up visit,2026-12-31", "follow-up visit,31.12.2026", "promises.csv, line 2, column 83 (due): “31.12.2026” is not a date such as 2026-03-31.")]
    [InlineData("rooms.csv", "ben.kowalski", "ben.kowalsky", "rooms.csv, line 3, column 12 (members): “ben.kowalsky” is not in people.csv; did you mean “ben.kowalski”?")]
    [InlineData("partners.csv", "2026-09-30", "soon", "partners.csv, line 2, column 87 (agreement_expires): “soon” is not a date such as 2026-03-31.")]
    [InlineData("partners.csv", "funded", "founded", "partners.csv, line 1 (funded): the header lacks this column.\npartners.csv, line 1, column 46: “founded” is no column of this file; did you mean “funded”?")]
    public async Task A_mistake_is_one_clear_sentence_with_its_place(string file, string was, string becomes, string sentences)
    {
        var files = Repository.Riverbend();
        Assert.Contains(was, files[file], StringComparison.Ordinal);
        files[file] = files[file].Replace(was, becomes, StringComparison.Ordinal);
        var problems = string.Join('\n', await ProblemsAsync(files));
        Assert.True(problems == sentences, problems);
    }

    [Theory]
    [InlineData("people.csv")]
    [InlineData("sites.csv")]
    [InlineData("departments.csv")]
    [InlineData("organization.csv")]
    public async Task A_file_that_is_missing_is_named(string file)
    {
        var files = Repository.Riverbend();
        files.Remove(file);
        Assert.Contains($"{file}: the file is missing.", await ProblemsAsync(files));
    }

    [Fact]
    public async Task A_file_that_no_roster_has_is_named_with_the_one_that_was_meant()
    {
        var files = Repository.Riverbend();
        files.Remove("holidays.csv", out var text);
        files["holiday.csv"] = text!;
        Assert.Equal(["holiday.csv: a roster has no such file; did you mean “holidays.csv”?"], await ProblemsAsync(files));
    }

    [Fact]
    public async Task Every_mistake_in_every_file_is_found_at_once()
    {
        var files = Repository.Riverbend();
        foreach (var (file, was, becomes) in new[]
        {
            ("sites.csv", "America/Phoenix", "Phoenix"), ("people.csv", "hannah.adler,Hannah", "Hannah Adler,Hannah"), ("people.csv", "Director of Cardiology,Cardiology", "Director of Cardiology,Cardiologie"),
            ("people.csv", "Samuel Lindqvist,", ","), ("holidays.csv", "2026-04-03", "04/03/2026"), ("promises.csv", "follow-up visit,2026-12-31", "follow-up visit,31.12.2026"),
            ("rooms.csv", "ben.kowalski", "ben.kowalsky"), ("partners.csv", "2026-09-30", "soon"), ("organization.csv", "2026-03-02", "2026-02-30"),
        })
        {
            files[file] = files[file].Replace(was, becomes, StringComparison.Ordinal);
        }

        var places = (await ProblemsAsync(files)).Select(problem => problem[..problem.IndexOf(':', StringComparison.Ordinal)]).ToList();
        Assert.Equal(
            [
                "holidays.csv, line 5, column 16 (date)", "organization.csv, line 2, column 53 (cycle_start)", "partners.csv, line 2, column 87 (agreement_expires)", "people.csv, line 3, column 18 (name)",
                "people.csv, line 10, column 46 (department)", "people.csv, line 33, column 1 (handle)", "promises.csv, line 2, column 83 (due)", "rooms.csv, line 3, column 12 (members)",
                "sites.csv, line 3, column 13 (zone)",
            ],
            places);
    }
}
