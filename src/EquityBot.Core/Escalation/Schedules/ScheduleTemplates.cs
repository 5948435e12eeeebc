namespace EquityBot.Escalation;

/// <summary>Ready schedules to start from.</summary>
public static class ScheduleTemplates
{
    static readonly string[] Names = ["standard", "patient", "brisk", "community"];

    /// <summary>By name, the one that every organization starts with first.</summary>
    public static IReadOnlyDictionary<string, Plan> All { get; } = Names.ToDictionary(name => name, Read, StringComparer.OrdinalIgnoreCase);

    public static Plan Standard => All["standard"];

    static Plan Read(string name)
    {
        using var stream = typeof(Plan).Assembly.GetManifestResourceStream($"EquityBot.Escalation.Templates.{name}.yaml")!;
        using var text = new StreamReader(stream);
        var (plan, problem) = ScheduleYaml.Read(text.ReadToEnd());
        return plan ?? throw new InvalidOperationException($"The template {name} cannot be read: {problem}");
    }
}
