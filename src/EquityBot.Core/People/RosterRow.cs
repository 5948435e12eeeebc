using NodaTime;
using NodaTime.Text;

namespace EquityBot.People;

/// <summary>One line of one file; reading a value that makes no sense notes a problem in words instead of throwing.</summary>
public sealed class RosterRow(string file, int line, IReadOnlyDictionary<string, CsvField> values, ICollection<RosterProblem> problems)
{
    /// <summary>The line of the file, from 1.</summary>
    public int Line => line;

    /// <summary>Null where the value is empty, or the column is not there.</summary>
    public string? Optional(string column) => values.TryGetValue(column, out var value) && value.Text.Length > 0 ? value.Text : null;

    public string Text(string column)
    {
        if (Optional(column) is { } value)
        {
            return value;
        }

        Problem(column, "it is empty");
        return "";
    }

    /// <summary>A value that is to fit where it is kept.</summary>
    /// <param name="longest">In characters.</param>
    public string Text(string column, int longest)
    {
        var value = Text(column);
        if (value.Length > longest)
        {
            Problem(column, $"it has {value.Length} characters; {longest} fit");
            return value[..longest];
        }

        return value;
    }

    /// <summary>Null where the value is empty, or no date.</summary>
    public LocalDate? Date(string column) => Optional(column) is { } value ? Parsed(LocalDatePattern.Iso, value, column, "a date such as 2026-03-31") : null;

    /// <summary>The first day of the calendar where it is empty, or no date.</summary>
    public LocalDate RequiredDate(string column) => Text(column).Length == 0 ? default : Date(column) ?? default;

    /// <summary>Null where it is none.</summary>
    public LocalTime? Time(string column) =>
        Text(column) is { Length: > 0 } value ? Parsed(LocalTimePattern.CreateWithInvariantCulture("HH:mm"), value, column, "a time such as 08:00") : null;

    public IReadOnlyList<string> List(string column) => Optional(column)?.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];

    /// <summary>About the line as a whole.</summary>
    public void Problem(string words) => problems.Add(new(file, line, null, null, words));

    /// <summary>About one of its values.</summary>
    public void Problem(string column, string words) => problems.Add(values.TryGetValue(column, out var value)
        ? new(file, value.Line, value.At, column, words)
        : new(file, line, null, column, words));

    T? Parsed<T>(IPattern<T> pattern, string value, string column, string wanted) where T : struct
    {
        var parsed = pattern.Parse(value);
        if (parsed.Success)
        {
            return parsed.Value;
        }

        Problem(column, $"“{value}” is not {wanted}");
        return null;
    }
}
