using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using NodaTime;
using NodaTime.Text;

namespace EquityBot.People;

/// <summary>One line of one file; reading a value that makes no sense notes a problem in words instead of throwing.</summary>
public sealed class RosterRow(string file, int line, IReadOnlyDictionary<string, string> values, List<string> problems)
{
    public string? Optional(string column) => values.TryGetValue(column, out var value) && value.Length > 0 ? value : null;

    public string Text(string column)
    {
        if (Optional(column) is { } value)
        {
            return value;
        }

        Problem($"the column {column} is empty or missing");
        return "";
    }

    public LocalDate? Date(string column) => Optional(column) is { } value ? Parsed(LocalDatePattern.Iso, value, column, "a date such as 2026-03-31") : null;

    public LocalDate RequiredDate(string column) => Parsed(LocalDatePattern.Iso, Text(column), column, "a date such as 2026-03-31");

    public LocalTime Time(string column) => Parsed(LocalTimePattern.CreateWithInvariantCulture("HH:mm"), Text(column), column, "a time such as 08:00");

    public IReadOnlyList<string> List(string column) => Optional(column)?.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];

    public void Problem(string words) => problems.Add($"{file}, line {line}: {words}.");

    T Parsed<T>(IPattern<T> pattern, string value, string column, string wanted) where T : struct
    {
        var parsed = pattern.Parse(value);
        if (parsed.Success)
        {
            return parsed.Value;
        }

        Problem($"{column} is “{value}”, not {wanted}");
        return default;
    }
}

/// <summary>The CSV files of one roster by name, and what is wrong with them.</summary>
public sealed class RosterFiles(IReadOnlyDictionary<string, string> texts)
{
    readonly List<string> problems = [];

    public IReadOnlyList<string> Problems => problems;

    public void Problem(string words) => problems.Add(words);

    /// <summary>The rows of <c>name.csv</c>; none when an optional file is not there.</summary>
    public IReadOnlyList<RosterRow> Rows(string name, bool required = false)
    {
        var file = name + ".csv";
        if (!texts.TryGetValue(file, out var text))
        {
            if (required)
            {
                Problem($"{file} is missing.");
            }

            return [];
        }

        using var csv = new CsvReader(new StringReader(text), new CsvConfiguration(CultureInfo.InvariantCulture) { TrimOptions = TrimOptions.Trim, BadDataFound = null });
        var rows = new List<RosterRow>();
        if (csv.Read() && csv.ReadHeader())
        {
            if (csv.HeaderRecord!.GroupBy(column => column).FirstOrDefault(column => column.Count() > 1)?.Key is { } twice)
            {
                Problem($"{file} names the column {twice} twice.");
                return [];
            }

            while (csv.Read())
            {
                rows.Add(new(file, csv.Parser.Row, csv.HeaderRecord!.ToDictionary(column => column, column => csv.TryGetField<string>(column, out var value) ? value ?? "" : ""), problems));
            }
        }

        return rows;
    }
}
