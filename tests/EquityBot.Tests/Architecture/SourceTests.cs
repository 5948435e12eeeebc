using System.Reflection;
using System.Text.RegularExpressions;
using EquityBot.Tests.Given;

namespace EquityBot.Tests.Architecture;

/// <summary>What the sources and signatures may not do anywhere, or only where it was reviewed.</summary>
public partial class SourceTests
{
    const int LongestFile = 300;

    [Fact]
    public void Rows_of_every_organization_are_opened_only_where_reviewed() => Repository.IsAsReviewed(
        "Architecture/AcrossOrganizations.txt",
        Repository.Sources
            .Select(source => (source.Path, Times: LooksAcross().Count(source.Text)))
            .Where(source => source.Times > 0)
            .Select(source => $"{source.Path} {source.Times}"));

    [Fact]
    public void Clocks_are_held_only_at_the_edges() => Repository.IsAsReviewed(
        "Architecture/Clocks.txt",
        Assemblies.All.SelectMany(assembly => assembly.Written())
            .Where(type => type.GetFields(Assemblies.Own).Select(field => field.FieldType)
                .Concat(type.GetMethods(Assemblies.Own).Concat<MethodBase>(type.GetConstructors(Assemblies.Own)).SelectMany(method => method.GetParameters()).Select(parameter => parameter.ParameterType))
                .SelectMany(Assemblies.Parts).Any(typeof(TimeProvider).IsAssignableFrom))
            .Select(type => type.FullName!["EquityBot.".Length..])
            .Order(StringComparer.Ordinal));

    [Fact]
    public void No_file_is_longer_than_three_hundred_lines() =>
        Assert.Empty(Repository.Sources
            .Where(source => !source.Path.Contains("/Storage/Migrations/", StringComparison.Ordinal))
            .Select(source => (source.Path, Lines: source.Text.TrimEnd('\n').Split('\n').Length))
            .Where(source => source.Lines > LongestFile)
            .Select(source => $"{source.Path}: {source.Lines} lines"));

    [Fact]
    public void No_type_is_named_after_what_it_is_to_the_machine() =>
        Assert.Empty(Assemblies.All.SelectMany(assembly => assembly.Written())
            .Where(type => VagueName().IsMatch(type.Name))
            .Select(type => type.FullName!));

    [Fact]
    public void Queries_are_never_put_together_from_text() =>
        Assert.Equal(
            ["EquityBot/Channels/Browser/PracticeSample.cs"],
            Repository.Sources.Where(source => InterpolatedRaw().IsMatch(source.Text)).Select(source => source.Path)); // I11

    [GeneratedRegex(@"\.AcrossOrganizations\(\)|IgnoreQueryFilters|new AcrossOrganizations\(")]
    private static partial Regex LooksAcross();

    [GeneratedRegex("(?:Manager|Helper|Helpers|Utils|Service|Dto|Base|Impl)$")]
    private static partial Regex VagueName();

    [GeneratedRegex(@"(?:Raw|RawAsync)(?:<\w+>)?\(\s*(?:\$|[^""\s][^,)]*\+)")]
    private static partial Regex InterpolatedRaw();
}
