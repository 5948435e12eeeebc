using System.Text.RegularExpressions;
using EquityBot.Channels;
using EquityBot.Chat;
using EquityBot.Escalation;
using EquityBot.Jobs;
using EquityBot.People;
using EquityBot.Sweeps;
using EquityBot.Tests.Given;
using Microsoft.Extensions.DependencyInjection;

namespace EquityBot.Tests.Architecture;

/// <summary>What scanning finds is what people reviewed, and every list that names a part names all of them.</summary>
public partial class CatalogueTests
{
    /// <summary>Rows of <see cref="Rights"/> that code asks for beside the commands.</summary>
    static readonly string[] AskedInPassing = ["read-details", "log-for-another", "promise-openly", "read-operations", "attend-operations"];

    static List<T> Registered<T>() => [.. Wiring.Unopened().GetServices<T>()];

    static IEnumerable<Type> Written<T>() => Assemblies.All.SelectMany(assembly => assembly.Written()).Where(type => type is { IsAbstract: false, IsClass: true } && typeof(T).IsAssignableFrom(type));

    [Fact]
    public void Every_verb_sweep_action_channel_and_writer_is_one_that_was_reviewed() => Repository.IsAsReviewed(
        "Architecture/Catalogue.txt",
        [
            .. Registered<ChatCommand>().OrderBy(one => one.Verb, StringComparer.Ordinal).Select(one => $"verb {one.Verb}{(one.Verb == Kebab(one.GetType().Name) ? "" : $" = {one.GetType().Name}")}"),
            .. Registered<ISweep>().Select(one => $"sweep {one.Name}").Order(StringComparer.Ordinal),
            .. Registered<IEscalationAction>().Select(one => $"action {one.Kind}").Order(StringComparer.Ordinal),
            .. ChannelModule.All.Select(one => $"channel {one.Name}").Order(StringComparer.Ordinal),
            .. Registered<NoticeWriter>().Select(one => $"writer {one.Trigger}").Order(StringComparer.Ordinal),
            .. Registered<SubjectKind>().Select(one => $"subject {one.Prefix}").Order(StringComparer.Ordinal),
            .. Registered<SubjectFollower>().Select(one => $"follower {one.GetType().Name}").Order(StringComparer.Ordinal),
            .. Registered<RosterPart>().Select(one => $"roster part {one.GetType().Name}").Order(StringComparer.Ordinal),
        ]);

    static string Kebab(string name) => Capital().Replace(name, "-$1").TrimStart('-').ToLowerInvariant();

    [Fact]
    public void Nothing_that_keeps_a_contract_is_left_unregistered()
    {
        Assert.Equal(Names(Written<ChatCommand>()), Names(Registered<ChatCommand>().Select(one => one.GetType())));
        Assert.Equal(Names(Written<ISweep>()), Names(Registered<ISweep>().Select(one => one.GetType())));
        Assert.Equal(Names(Written<NoticeWriter>()), Names(Registered<NoticeWriter>().Select(one => one.GetType())));
        Assert.Equal(Names(Written<IEscalationAction>()), Names(Registered<IEscalationAction>().Select(one => one.GetType())));
        Assert.Equal(Names(Written<SubjectKind>()), Names(Registered<SubjectKind>().Select(one => one.GetType())));
        Assert.Equal(Names(Written<SubjectFollower>()), Names(Registered<SubjectFollower>().Select(one => one.GetType())));
        Assert.Equal(Names(Written<RosterPart>()), Names(Registered<RosterPart>().Select(one => one.GetType())));
        Assert.Equal(Names(Written<ChannelModule>()), Names(ChannelModule.All.Select(one => one.GetType())));
    }

    static IEnumerable<string> Names(IEnumerable<Type> types) => types.Select(type => type.FullName!).Order(StringComparer.Ordinal);

    [Fact]
    public void Every_sweep_has_a_line_in_the_timetable_and_every_line_a_sweep() =>
        Assert.Equal(Registered<ISweep>().Select(one => one.Name).Order(StringComparer.Ordinal), Timetable.Rings.Select(ring => ring.Sweep).Order(StringComparer.Ordinal));

    [Fact]
    public void A_ring_leaves_its_sweep_time_to_end_before_the_next_one() =>
        Assert.All(Timetable.Rings, ring => Assert.True(ring.Budget > NodaTime.Duration.Zero && ring.Budget <= ring.Every, ring.Sweep));

    [Fact]
    public void Every_command_has_a_row_of_rights_and_every_row_a_use() // P1
    {
        var asked = Registered<ChatCommand>().Select(command => command.Action).Concat(AskedInPassing).Distinct().Order(StringComparer.Ordinal);
        Assert.Equal(Rights.Table.Select(row => row.Action).Order(StringComparer.Ordinal), asked);
        Assert.All(AskedInPassing, action => Assert.Contains(Repository.Sources, source => source.Text.Contains($"May(\"{action}\"", StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_step_of_the_default_schedule_names_an_action_there_is()
    {
        var kinds = Registered<IEscalationAction>().Select(action => action.Kind).ToList();
        Assert.All(ScheduleTemplates.Standard.Steps, step => Assert.Contains(step.Action, kinds));
    }

    [Fact]
    public void Every_button_that_an_action_offers_is_a_verb_there_is()
    {
        var verbs = Registered<ChatCommand>().Select(command => command.Verb).ToList();
        Assert.All(Registered<IEscalationAction>().SelectMany(action => action.Buttons), button => Assert.Contains(button, verbs));
    }

    [GeneratedRegex("([A-Z])")]
    private static partial Regex Capital();
}
