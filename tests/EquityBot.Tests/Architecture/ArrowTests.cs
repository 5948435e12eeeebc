using System.Text.RegularExpressions;
using EquityBot.Chat;
using EquityBot.People;
using EquityBot.Sweeps;
using EquityBot.Tests.Given;

namespace EquityBot.Tests.Architecture;

public partial class ArrowTests
{
    static readonly Type[] Doers = [typeof(ChatCommand), typeof(ISweep), typeof(NoticeWriter), typeof(SubjectFollower), typeof(RosterPart)];

    static IEnumerable<(Type From, Type To)> Mentions =>
        from assembly in Assemblies.All
        from type in assembly.GetTypes()
        where type.Namespace?.StartsWith("EquityBot", StringComparison.Ordinal) == true
        from mentioned in Assemblies.Mentioned(type)
        where mentioned.Namespace?.StartsWith("EquityBot", StringComparison.Ordinal) == true && !mentioned.Name.Contains('<')
        select (type, mentioned);

    static string Name(Type type) => Assemblies.Slice(type) is { Length: > 0 } slice ? slice : "(root)";

    [Fact]
    public void Folders_know_each_other_only_along_the_reviewed_arrows() => Repository.IsAsReviewed(
        "Architecture/Arrows.txt",
        Mentions.Select(one => (From: Name(one.From), To: Name(one.To)))
            .Where(one => one.From != one.To && one.From != "(root)")
            .Select(one => $"{one.From} -> {one.To}")
            .Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void A_slice_takes_another_slices_commands_cards_and_writers_only_where_reviewed() => Repository.IsAsReviewed(
        "Architecture/Borrowed.txt",
        Mentions
            .Where(one => Assemblies.Slices.Contains(Name(one.From)) && Assemblies.Slices.Contains(Name(one.To)) && Name(one.From) != Name(one.To))
            .Where(one => Doers.Any(doer => doer.IsAssignableFrom(one.To)) || one.To.Name.EndsWith("Card", StringComparison.Ordinal))
            .Select(one => $"{Name(one.From)} takes {Name(one.To)}.{one.To.Name}")
            .Distinct().Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("Access")]
    [InlineData("Chat")]
    [InlineData("People")]
    [InlineData("Storage")]
    [InlineData("Sweeps")]
    public void The_shared_ground_knows_no_slice(string ground) =>
        Assert.Empty(Mentions.Where(one => one.From.Assembly == Assemblies.Core && Name(one.From) == ground && Assemblies.Slices.Contains(Name(one.To))).Select(one => $"{one.From} knows {one.To}"));

    [Fact]
    public void Core_knows_no_host_and_the_jobs_know_no_web_host()
    {
        Assert.DoesNotContain(Assemblies.Core.GetReferencedAssemblies(), one => one.Name!.StartsWith("EquityBot", StringComparison.Ordinal));
        Assert.Equal(["EquityBot.Core"], Assemblies.Jobs.GetReferencedAssemblies().Select(one => one.Name!).Where(name => name.StartsWith("EquityBot", StringComparison.Ordinal)));
    }

    [Fact]
    public void Using_lines_in_the_sources_keep_to_the_same_arrows()
    {
        var reviewed = File.ReadAllLines(Path.Combine(Repository.Root, "tests/EquityBot.Tests/Architecture/Arrows.txt")).ToHashSet();
        Assert.Empty(Repository.Sources.SelectMany(source => Using().Matches(source.Text)
            .Select(line => $"{Home().Match(source.Text).Groups[1].Value} -> {line.Groups[1].Value}")
            .Where(arrow => !arrow.StartsWith(' ') && arrow.Split(" -> ") is [var home, var other] && home != other && !reviewed.Contains(arrow))
            .Select(arrow => $"{source.Path}: {arrow}")));
    }

    [GeneratedRegex(@"^using EquityBot\.(\w+)", RegexOptions.Multiline)]
    private static partial Regex Using();

    [GeneratedRegex(@"^namespace EquityBot\.(\w+)", RegexOptions.Multiline)]
    private static partial Regex Home();
}
