namespace EquityBot.People;

/// <summary>One value with its place.</summary>
/// <param name="Line">Of the text, from 1.</param>
/// <param name="At">The character of the line on which it begins, from 1.</param>
public sealed record CsvField(string Text, int Line, int At);

/// <summary>Something that cannot be read as it stands.</summary>
/// <param name="At">The character of the line, from 1.</param>
public sealed record CsvFault(int Line, int At, string Words);

/// <summary>
/// A text of comma-separated values, as RFC 4180 has it: quotes where needed and doubled inside, either line ending, blank lines left out. Blanks around a value do
/// not count. What cannot be read is a fault with its place, and what comes after it is read all the same, so that every fault is found at once.
/// </summary>
public sealed class CsvText
{
    readonly string text;
    readonly List<IReadOnlyList<CsvField>> records = [];
    readonly List<CsvFault> faults = [];
    int at;
    int line = 1;
    int start;

    CsvText(string text) => this.text = text;

    public IReadOnlyList<IReadOnlyList<CsvField>> Records => records;

    public IReadOnlyList<CsvFault> Faults => faults;

    /// <summary>Reads any text; never throws.</summary>
    public static CsvText Read(string text)
    {
        var read = new CsvText(text.TrimStart('\uFEFF'));
        while (read.at < read.text.Length)
        {
            read.Record();
        }

        return read;
    }

    int Column => at - start + 1;

    bool IsAtEndOfLine => at >= text.Length || text[at] is '\n' or '\r';

    void Record()
    {
        var fields = new List<CsvField> { Field() };
        while (at < text.Length && text[at] == ',')
        {
            at++;
            fields.Add(Field());
        }

        if (fields is not [{ Text: "" }])
        {
            records.Add(fields);
        }

        if (at < text.Length)
        {
            at += text[at] == '\r' && at + 1 < text.Length && text[at + 1] == '\n' ? 2 : 1;
            (line, start) = (line + 1, at);
        }
    }

    CsvField Field()
    {
        SkipBlanks();
        var (onLine, column) = (line, Column);
        return new(at < text.Length && text[at] == '"' ? Quoted(onLine, column) : Plain(), onLine, column);
    }

    string Plain()
    {
        var from = at;
        while (!IsAtEndOfLine && text[at] != ',')
        {
            if (text[at] == '"' && !faults.Exists(fault => fault.Line == line && fault.At > from - start && fault.At < Column))
            {
                faults.Add(new(line, Column, "a quote stands inside a value; put the whole value in quotes and double the quote inside"));
            }

            at++;
        }

        return text[from..at].Trim();
    }

    string Quoted(int onLine, int column)
    {
        var (opened, lineStart) = (at, start);
        var end = ClosingQuote();
        if (end < 0)
        {
            return Unclosed(opened, onLine, lineStart, column);
        }

        for (at = opened; at < end; at++)
        {
            if (text[at] == '\n' || (text[at] == '\r' && text[at + 1] != '\n'))
            {
                (line, start) = (line + 1, at + 1);
            }
        }

        at = end + 1;
        SkipBlanks();
        if (!IsAtEndOfLine && text[at] != ',')
        {
            if (line > onLine)
            {
                // The quote that seems to close it opens another value further down.
                return Unclosed(opened, onLine, lineStart, column);
            }

            faults.Add(new(line, Column, "the value goes on after its closing quote; double a quote that belongs to it"));
            while (!IsAtEndOfLine && text[at] != ',')
            {
                at++;
            }
        }

        return text[(opened + 1)..end].Replace("\"\"", "\"", StringComparison.Ordinal).Trim();
    }

    /// <summary>The quote that ends the value opened here; -1 where none does.</summary>
    int ClosingQuote()
    {
        for (var place = at + 1; place < text.Length; place++)
        {
            if (text[place] != '"')
            {
                continue;
            }

            if (place + 1 == text.Length || text[place + 1] != '"')
            {
                return place;
            }

            place++;
        }

        return -1;
    }

    /// <summary>Takes what is left of the line on which the quote was opened, so that the lines after it are read as lines.</summary>
    string Unclosed(int opened, int onLine, int lineStart, int column)
    {
        faults.Add(new(onLine, column, "a quote is opened here and not closed"));
        (at, line, start) = (opened + 1, onLine, lineStart);
        while (!IsAtEndOfLine)
        {
            at++;
        }

        return text[(opened + 1)..at].Trim();
    }

    void SkipBlanks()
    {
        while (at < text.Length && text[at] is ' ' or '\t')
        {
            at++;
        }
    }
}
