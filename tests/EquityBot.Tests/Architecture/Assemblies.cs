using System.Reflection;
using System.Runtime.CompilerServices;
using EquityBot.Jobs;

namespace EquityBot.Tests.Architecture;

/// <summary>The three programs, and what a type of theirs mentions: signatures, fields and the bodies of its methods.</summary>
static class Assemblies
{
    public static readonly Assembly Core = typeof(EquityCore).Assembly;
    public static readonly Assembly Jobs = typeof(Timetable).Assembly;
    public static readonly Assembly Host = typeof(EquityBotHost).Assembly;

    public static readonly IReadOnlyList<Assembly> All = [Core, Jobs, Host];

    /// <summary>Namespaces of Core that are not the shared ground: the nouns of the hospital, whichever there are.</summary>
    public static readonly IReadOnlyList<string> Slices =
        [.. typeof(EquityCore).Assembly.Written().Select(Slice).Distinct().Except(["", "Access", "Chat", "People", "Storage", "Sweeps"]).Order(StringComparer.Ordinal)];

    public const BindingFlags Own = BindingFlags.DeclaredOnly | BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;

    /// <summary>Types that people wrote; the compiler's closures and state machines are left out.</summary>
    public static IEnumerable<Type> Written(this Assembly assembly) => assembly.GetTypes().Where(type => !IsMade(type));

    static bool IsMade(Type type) =>
        type.IsDefined(typeof(CompilerGeneratedAttribute), false) || type.Name.Contains('<') || (type.DeclaringType is { } outer && IsMade(outer))
        || type.Namespace is null || !type.Namespace.StartsWith("EquityBot", StringComparison.Ordinal);

    /// <summary><c>Chat</c> for EquityBot.Chat.Card and EquityBot.Chat.Anything.Below; empty for EquityBot itself.</summary>
    public static string Slice(Type type) => type.Namespace!.Split('.') is [_, var slice, ..] ? slice : "";

    /// <summary>The type with its arguments and elements: <c>Task&lt;List&lt;Card&gt;&gt;</c> is Task, List and Card.</summary>
    public static IEnumerable<Type> Parts(Type type)
    {
        if (type.HasElementType)
        {
            return Parts(type.GetElementType()!);
        }

        return type.IsGenericType ? type.GetGenericArguments().SelectMany(Parts).Prepend(type.GetGenericTypeDefinition()) : type.IsGenericParameter ? type.GetGenericParameterConstraints().SelectMany(Parts) : [type];
    }

    public static IEnumerable<Type> Signature(MethodBase method) =>
        method.GetParameters().Select(parameter => parameter.ParameterType).Concat(method is MethodInfo { ReturnType: var returned } ? [returned] : []);

    /// <summary>Every type that this one mentions anywhere, the compiler's helpers below it included.</summary>
    public static IEnumerable<Type> Mentioned(Type type)
    {
        var types = new List<Type>();
        types.AddRange(type.BaseType is null ? [] : [type.BaseType]);
        types.AddRange(type.GetInterfaces());
        types.AddRange(type.GetFields(Own).Select(field => field.FieldType));
        foreach (var method in type.GetMethods(Own).Concat<MethodBase>(type.GetConstructors(Own)))
        {
            types.AddRange(Signature(method));
            types.AddRange(method.GetMethodBody()?.LocalVariables.Select(local => local.LocalType) ?? []);
            types.AddRange(IntermediateLanguage.Mentions(method));
        }

        return types.SelectMany(Parts).Distinct();
    }
}
