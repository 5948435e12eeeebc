using System.Reflection;
using EquityBot.Chat;
using EquityBot.People;
using EquityBot.Storage;
using EquityBot.Sweeps;
using EquityBot.Tests.Given;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace EquityBot.Tests.Architecture;

/// <summary>Within the slices, commands and sweeps touch the database; everything else is a plain synchronous function of its arguments (design §1.1).</summary>
public class PurityTests
{


    static readonly Type[] MayTouch =
        [typeof(ChatCommand), typeof(ISweep), typeof(NoticeWriter), typeof(SubjectKind), typeof(SubjectFollower), typeof(RosterPart)];

    static readonly Type[] Outside =
        [typeof(DbContext), typeof(DbSet<>), typeof(EquityStore), typeof(HttpClient), typeof(ILogger), typeof(TimeProvider), typeof(IServiceProvider), typeof(Task), typeof(ValueTask), typeof(ValueTask<>)];

    [Fact]
    public void Only_the_reviewed_members_of_a_slice_know_the_world_outside() =>
        Repository.IsAsReviewed("Architecture/Impure.txt", Assemblies.Core.Written().Where(IsToBePure).SelectMany(Leaks).Order(StringComparer.Ordinal));

    static bool IsToBePure(Type type) =>
        Assemblies.Slices.Contains(Assemblies.Slice(type))
        && !MayTouch.Any(contract => contract.IsAssignableFrom(type))
        && !type.GetInterfaces().Any(one => one.IsGenericType && one.GetGenericTypeDefinition() == typeof(IEntityTypeConfiguration<>));

    static IEnumerable<string> Leaks(Type type) =>
        type.GetFields(Assemblies.Own).Where(field => IsOutside(field.FieldType)).Select(field => $"{type.Name}.{field.Name}")
            .Concat(type.GetMethods(Assemblies.Own).Concat<MethodBase>(type.GetConstructors(Assemblies.Own))
                .Where(method => !method.Name.Contains('<') && Assemblies.Signature(method).Any(IsOutside))
                .Select(method => $"{type.Name}.{method.Name}"))
            .Distinct();

    static bool IsOutside(Type type) => Assemblies.Parts(type).Any(part => Outside.Any(one => one.IsAssignableFrom(part) || IsGenericTaskOf(part, one)));

    static bool IsGenericTaskOf(Type part, Type outside) => part.IsGenericTypeDefinition && part == outside;

    [Fact]
    public void Escalation_actions_return_what_they_bring_about_and_wait_for_nothing() =>
        Assert.DoesNotContain(
            Assemblies.Core.Written().Where(type => typeof(EquityBot.Escalation.IEscalationAction).IsAssignableFrom(type)).SelectMany(Leaks),
            _ => true);
}
