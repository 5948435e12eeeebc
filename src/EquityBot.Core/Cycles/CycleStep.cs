using System.Text.RegularExpressions;

namespace EquityBot.Cycles;

/// <summary>The five steps of the framework, in its order; a cycle may begin at any and come back to any.</summary>
public enum CycleStep
{
    Commit,
    BuildCapacity,
    AssessStrategize,
    ChangePracticePolicy,
    Learn,
}

static partial class CycleSteps
{
    /// <summary>The step that people mean by "assess", "act", "change practice", "build capacity"; null where it is none.</summary>
    public static CycleStep? Read(string words) => Enum.TryParse<CycleStep>(words, ignoreCase: true, out var named) && Enum.IsDefined(named) && !char.IsDigit(words[0]) ? named
        : Step().Match(words.Trim(' ', '.', ',')) is { Success: true } match ? Enum.Parse<CycleStep>(match.Groups.Values.First(group => group.Success && group.Name.Length > 1).Name)
        : null;

    [GeneratedRegex(@"^(?:the )?(?:(?<Commit>commit(?:ment|ting)?|pledge)|(?<BuildCapacity>(?:build(?:ing)? )?capacity|build(?:ing)?)|(?<AssessStrategize>assess(?:ment|ing)?(?: (?:and|&) strategi[sz]e)?|strategi[sz]e|strategy)|(?<ChangePracticePolicy>act(?:ion)?|chang(?:e|ing)(?: practices?)?(?: (?:and|&) polic(?:y|ies))?|practice|policy)|(?<Learn>learn(?:ing)?))(?: step)?$", RegexOptions.IgnoreCase)]
    private static partial Regex Step();
}
