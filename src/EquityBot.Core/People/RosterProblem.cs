namespace EquityBot.People;

/// <summary>What is wrong with a roster, and where.</summary>
/// <param name="File">people.csv.</param>
/// <param name="Line">From 1, which is the header; null where it is about the whole file.</param>
/// <param name="Column">The character of the line where the value or the mistake begins, from 1; null where it is about the whole line.</param>
/// <param name="Name">The column by the name in its header; null where it is about none.</param>
/// <param name="Words">A sentence without its full stop.</param>
public sealed record RosterProblem(string File, int? Line, int? Column, string? Name, string Words)
{
    /// <summary>"people.csv, line 11, column 96 (supervisor): “dana.raise” is not in people.csv; did you mean “dana.reyes”?"</summary>
    public override string ToString() =>
        $"{File}{(Line is { } line ? $", line {line}" : "")}{(Column is { } column ? $", column {column}" : "")}{(Name is { } name ? $" ({name})" : "")}: {Words}{(Words.EndsWith('?') ? "" : ".")}";
}
