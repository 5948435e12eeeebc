using System.Buffers.Binary;
using System.Diagnostics;
using System.IO.Compression;
using System.Text.Json.Nodes;

namespace EquityBot.Scenarios.Teams;

/// <summary>The package that an administrator uploads: made by the script, judged by the vendor's own validator.</summary>
public sealed class TeamsPackageStories
{
    const string App = "5F1A3F3E-0a1b-4c6d-9e7f-1234567890ab";

    static async Task<(int Code, string Said)> MakeAsync(params string[] arguments) =>
        await Shell.RunAsync("bash", [Path.Combine(Shell.Root, "scripts", "teams-package"), .. arguments]);

    [Fact]
    public async Task It_is_valid_complete_and_has_icons_of_the_right_size()
    {
        var folder = Directory.CreateTempSubdirectory("equitybot-test-").FullName;
        try
        {
            var file = Path.Combine(folder, "package.zip");
            var (code, said) = await MakeAsync(App, "equity.riverbend.example", "https://riverbend.example/privacy", "https://riverbend.example/terms", file);
            Assert.True(code == 0, said);
            await using var zip = await ZipFile.OpenReadAsync(file);
            Assert.Equal(["color.png", "manifest.json", "outline.png"], zip.Entries.Select(entry => entry.FullName).Order(StringComparer.Ordinal));
            Assert.Equal((192, 192), await SizeAsync(zip, "color.png"));
            Assert.Equal((32, 32), await SizeAsync(zip, "outline.png"));

            var manifest = Path.Combine(folder, "manifest.json");
            await zip.GetEntry("manifest.json")!.ExtractToFileAsync(manifest);
            Assert.DoesNotContain("{{", await File.ReadAllTextAsync(manifest), StringComparison.Ordinal);
            Assert.Equal((0, ""), await Shell.RunAsync("node", [Path.Combine(Shell.Root, "tests", "clients", "manifest.mjs"), manifest]));

            // The validator finds what is wrong: it is asked about a manifest that is.
            await File.WriteAllTextAsync(manifest, (await File.ReadAllTextAsync(manifest)).Replace("\"manifestVersion\"", "\"manifestVersio\"", StringComparison.Ordinal));
            Assert.NotEqual("", (await Shell.RunAsync("node", [Path.Combine(Shell.Root, "tests", "clients", "manifest.mjs"), manifest])).Said);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    static async Task<(int, int)> SizeAsync(ZipArchive zip, string name)
    {
        await using var stream = await zip.GetEntry(name)!.OpenAsync();
        var header = new byte[24];
        await stream.ReadExactlyAsync(header);
        return (BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(20)));
    }

    [Theory]
    [InlineData("not an id", "equity.riverbend.example", "https://riverbend.example/privacy", "application id")]
    [InlineData(App, "https://equity.riverbend.example/", "https://riverbend.example/privacy", "domain")]
    [InlineData(App, "equity.riverbend.example", "http://riverbend.example/privacy", "https address")]
    public async Task What_is_wrong_is_said_before_anything_is_made(string app, string domain, string privacy, string named)
    {
        var (code, said) = await MakeAsync(app, domain, privacy, "https://riverbend.example/terms");
        Assert.Equal(78, code);
        Assert.Contains(named, said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_command_that_the_menu_offers_is_understood()
    {
        await using var world = await InTeams.OpenAsync(Doubles.Engine.Sqlite);
        var manifest = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Shell.Root, "manifests", "teams", "manifest.json")))!;
        var lead = world.As("dana.reyes");
        foreach (var command in manifest["bots"]![0]!["commandLists"]!.AsArray().SelectMany(list => list!["commands"]!.AsArray()).Select(one => one!["title"]!.ToString()))
        {
            Assert.DoesNotContain("did not understand", (await lead.SaysAsync(command)).Text, StringComparison.OrdinalIgnoreCase);
        }
    }
}
