using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace EquityBot.Escalation;

/// <summary>A plan as YAML, for people who keep their configuration in files. What is written reads back the same.</summary>
public static class ScheduleYaml
{
    /// <summary>A schedule is a page; whatever is longer is something else. In characters.</summary>
    public const int Longest = 20_000;

    static readonly ISerializer Writer = new SerializerBuilder().WithNamingConvention(CamelCaseNamingConvention.Instance)
        .ConfigureDefaultValuesHandling(DefaultValuesHandling.OmitNull | DefaultValuesHandling.OmitEmptyCollections).Build();

    static readonly IDeserializer Reader = new DeserializerBuilder().WithNamingConvention(CamelCaseNamingConvention.Instance).WithDuplicateKeyChecking().Build();

    sealed class Sheet
    {
        public string? Name { get; set; }

        public string? Calendar { get; set; }

        public int Extensions { get; set; } = 2;

        public int PostponeDays { get; set; }

        public int UnreachedDays { get; set; }

        public int CoverDays { get; set; }

        public TriggerSheet Triggers { get; set; } = new();

        public List<StepSheet> Steps { get; set; } = [];
    }

    sealed class TriggerSheet
    {
        public int? AnswerDays { get; set; }

        public int? SilenceDays { get; set; }

        public string? CheckInsStopAt { get; set; }
    }

    sealed class StepSheet
    {
        public string? Name { get; set; }

        public int Offset { get; set; }

        public string? To { get; set; }

        public string? Action { get; set; }

        public List<string> Also { get; set; } = [];

        public int? AnswerWithin { get; set; }

        public RepeatSheet? Repeat { get; set; }
    }

    sealed class RepeatSheet
    {
        public int Every { get; set; }

        public int Times { get; set; }
    }

    public static string Write(Plan plan) => Writer.Serialize(new Sheet
    {
        Name = plan.Name,
        Calendar = CalendarWord(plan.Calendar),
        Extensions = plan.Extensions,
        PostponeDays = plan.PostponeDays,
        UnreachedDays = plan.UnreachedDays,
        CoverDays = plan.CoverDays,
        Triggers = new() { AnswerDays = plan.AnswerDays, SilenceDays = plan.SilenceDays, CheckInsStopAt = plan.CheckInsStopAt },
        Steps = [.. plan.Steps.Select(step => new StepSheet
        {
            Name = step.Name,
            Offset = step.Offset,
            To = step.To,
            Action = step.Action,
            Also = [.. step.Also],
            AnswerWithin = step.AnswerWithin,
            Repeat = step.Repeat is { } repeat ? new() { Every = repeat.Every, Times = repeat.Times } : null,
        })],
    });

    /// <summary>The plan, or where and why it cannot be read: line and column count from 1. Whether its numbers make sense is <see cref="PlanCheck"/>'s to say.</summary>
    public static (Plan? Plan, string? Problem) Read(string yaml)
    {
        if (yaml.Length > Longest)
        {
            return (null, string.Create(CultureInfo.InvariantCulture, $"longer than {Longest} characters"));
        }

        try
        {
            var sheet = Reader.Deserialize<Sheet?>(yaml);
            return sheet is null ? (null, "empty") : CalendarOf(sheet.Calendar) is not { } calendar ? (null, $"calendar: {sheet.Calendar}") : (PlanOf(sheet, calendar), null);
        }
        catch (YamlException failure)
        {
            return (null, string.Create(CultureInfo.InvariantCulture, $"line {failure.Start.Line}, column {failure.Start.Column}: {(failure.InnerException ?? failure).Message}"));
        }
    }

    static Plan PlanOf(Sheet sheet, PlanCalendar calendar) => new(
        sheet.Name ?? "", sheet.PostponeDays, sheet.UnreachedDays, sheet.CoverDays, sheet.Triggers.AnswerDays, sheet.Triggers.SilenceDays, sheet.Triggers.CheckInsStopAt,
        [.. sheet.Steps.Select(step => new EscalationStep(step.Name ?? "", step.Offset, step.To ?? "", step.Action ?? "", step.AnswerWithin)
        {
            Also = [.. step.Also],
            Repeat = step.Repeat is { } repeat ? new(repeat.Every, repeat.Times) : null,
        })])
    {
        Extensions = sheet.Extensions,
        Calendar = calendar,
    };

    static readonly Dictionary<string, PlanCalendar> Calendars = Enum.GetValues<PlanCalendar>().ToDictionary(CalendarWord, StringComparer.OrdinalIgnoreCase);

    /// <summary>site, organization, every-day.</summary>
    public static string CalendarWord(PlanCalendar calendar) => calendar == PlanCalendar.EveryDay ? "every-day" : calendar.ToString().ToLowerInvariant();

    /// <summary>The site's where none is named; null for a word that is none.</summary>
    public static PlanCalendar? CalendarOf(string? word) => string.IsNullOrEmpty(word) ? PlanCalendar.Site : Calendars.TryGetValue(word, out var calendar) ? calendar : null;
}
