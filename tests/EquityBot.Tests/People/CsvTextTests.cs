using EquityBot.People;
using FsCheck;
using FsCheck.Fluent;

namespace EquityBot.Tests.People;

public class CsvTextTests
{
    static string Shape(CsvText csv) => string.Join(" / ", csv.Records.Select(record => string.Join("|", record.Select(field => field.Text))));

    static string Faults(CsvText csv) => string.Join("; ", csv.Faults.Select(fault => $"{fault.Line}:{fault.At} {fault.Words}"));

    [Theory]
    [InlineData("a,b\n1,2\n", "a|b / 1|2")]
    [InlineData("a,b\r\n1,2\r\n", "a|b / 1|2")]
    [InlineData("a,b\r1,2", "a|b / 1|2")]
    [InlineData("\uFEFFa,b\n1,2", "a|b / 1|2")]
    [InlineData("a,b\n\n1,2\n\n\n", "a|b / 1|2")]
    [InlineData(" a , b \n 1 , \"2\" ", "a|b / 1|2")]
    [InlineData("a,b\n,\n1,", "a|b / | / 1|")]
    [InlineData("\"a,b\",\"say \"\"hello\"\"\"", "a,b|say \"hello\"")]
    [InlineData("\"two\nlines\",x\ny,z", "two\nlines|x / y|z")]
    [InlineData("\"\",x", "|x")]
    [InlineData("", "")]
    [InlineData("\n\n", "")]
    public void Values_are_read_as_RFC_4180_has_them(string text, string expected)
    {
        var csv = CsvText.Read(text);
        Assert.Equal(expected, Shape(csv));
        Assert.Empty(csv.Faults);
    }

    [Theory]
    [InlineData("a,5\" pipe,c\nd,e,f", "1:4 a quote stands inside a value; put the whole value in quotes and double the quote inside", "a|5\" pipe|c / d|e|f")]
    [InlineData("a,\"b\" c,d\ne,f,g", "1:7 the value goes on after its closing quote; double a quote that belongs to it", "a|b|d / e|f|g")]
    [InlineData("a,\"b,c\nd,e,f", "1:3 a quote is opened here and not closed", "a|b,c / d|e|f")]
    [InlineData("a,\"b,c\nd,\"e\",f", "1:3 a quote is opened here and not closed", "a|b,c / d|e|f")] // the next quote seems to close it
    [InlineData("\"", "1:1 a quote is opened here and not closed", "")]
    [InlineData("a,\"x\n\"y\" z\n5\" p", "1:3 a quote is opened here and not closed; 2:5 the value goes on after its closing quote; double a quote that belongs to it; 3:2 a quote stands inside a value; put the whole value in quotes and double the quote inside", "a|x / y / 5\" p")]
    public void A_quote_out_of_place_is_told_by_line_and_column_and_the_lines_after_it_are_read(string text, string faults, string expected)
    {
        var csv = CsvText.Read(text);
        Assert.Equal(faults, Faults(csv));
        Assert.Equal(expected, Shape(csv));
    }

    [Fact]
    public void Every_value_knows_its_line_and_the_character_it_begins_with()
    {
        var csv = CsvText.Read("a,  bb,\"c\nd\",e\nf,g");
        Assert.Equal(["a 1:1", "bb 1:5", "c\nd 1:8", "e 2:4", "f 3:1", "g 3:3"], csv.Records.SelectMany(record => record).Select(field => $"{field.Text} {field.Line}:{field.At}"));
    }

    static readonly Gen<string> Value = Gen.Elements("", "x", "Dana Reyes", "a,b", "say \"hi\"", "\"", "\"\"", "two\nlines", "1;2;3", "é–ü", ",", "\r\n").Select(value => value.Trim());

    [Fact]
    public void What_is_written_with_quotes_is_read_back() => Check.QuickThrowOnFailure(Prop.ForAll(
        Gen.Choose(1, 5).SelectMany(width => Gen.NonEmptyListOf(Value.ArrayOf(width))).ToArbitrary(), table =>
        {
            var csv = CsvText.Read(string.Join("\n", table.Select(row => string.Join(",", row.Select(value => $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"")))));
            var read = csv.Records.Select(record => record.Select(field => field.Text).ToArray()).ToList();
            var written = table.Where(row => row is not [""]).ToList();
            return csv.Faults.Count == 0 && read.Count == written.Count && read.Zip(written).All(pair => pair.First.SequenceEqual(pair.Second));
        }));

    [Fact]
    public void Whatever_the_text_it_is_read_to_its_end_and_each_fault_lies_inside_it() => Check.QuickThrowOnFailure(Prop.ForAll(
        Gen.Elements('a', ',', '"', '\n', '\r', ' ').ListOf().Select(letters => string.Concat(letters)).ToArbitrary(), text =>
        {
            var lines = text.Replace("\r\n", "\n", StringComparison.Ordinal).Split('\n', '\r');
            return CsvText.Read(text).Faults.All(fault => fault.Line <= lines.Length && fault.At <= lines[fault.Line - 1].Length);
        }));
}
