using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using EquityBot.Chat;
using EquityBot.Tests.Given;
using Xunit.Abstractions;

namespace EquityBot.Tests.Chat;

/// <summary>
/// What the screen catches and what it costs, over two lists of two hundred sentences. Identifiers that have a structure are all caught. What has none, such as a bare name or a roundabout description of one
/// person, is told from innocent words by nobody's expressions: those lines say so, are counted, and show why the screen is no guarantee.
/// </summary>
public class PhiRatesTests(ITestOutputHelper output)
{
    const string Unstructured = "Unstructured";

    [Fact]
    public void Every_identifier_with_a_structure_is_caught_in_two_hundred_hostile_sentences()
    {
        var sentences = Lines("Phi.hostile.txt").Select(line => line.Split(" | ", 2)).Select(parts => (Rule: parts[0].Trim(), Text: parts[1])).ToList();
        Assert.Equal(200, sentences.DistinctBy(sentence => sentence.Text).Count());
        var read = sentences.ConvertAll(sentence => (sentence.Rule, sentence.Text, Found: PhiScreen.Check(sentence.Text)));
        var missed = read.Where(sentence => sentence.Found is null).ToList();
        var structured = read.Count(sentence => sentence.Rule != Unstructured);
        output.WriteLine($"caught {200 - missed.Count} of 200 hostile sentences; of {structured} with a structured identifier {structured - missed.Count(one => one.Rule != Unstructured)}");
        missed.ForEach(one => output.WriteLine($"passed ({one.Rule}): {one.Text}"));
        Assert.Equal([], read.Where(one => one.Rule != Unstructured && one.Found?.ToString() != one.Rule).Select(one => $"{one.Found}, not {one.Rule}: {one.Text}"));
        Assert.InRange(200 - structured, 1, 10);
    }

    [Fact]
    public void At_most_two_in_a_hundred_innocent_sentences_are_refused()
    {
        var sentences = Lines("Phi.innocent.txt").ToList();
        Assert.Equal(200, sentences.Distinct().Count());
        var refused = sentences.Select(text => (Text: text, Found: PhiScreen.Check(text))).Where(one => one.Found is not null).ToList();
        output.WriteLine($"refused {refused.Count} of 200 innocent sentences ({refused.Count / 2.0:0.0} %)");
        refused.ForEach(one => output.WriteLine($"refused ({one.Found}): {one.Text}"));
        Assert.True(refused.Count <= 4, string.Join('\n', refused));
    }

    [Theory]
    [InlineData("Program director, Yolanda Cruz, (216) 555-0142, ycruz@families.example.org", null)]
    [InlineData("Paul Tsosie 2165550142, 1200 Maple Street, Cleveland, OH 44106", null)]
    [InlineData("Yolanda Cruz, DOB 3/4/1950", PhiRule.PersonalDate)]
    [InlineData("Yolanda Cruz, MRN 1234567", PhiRule.MedicalRecordNumber)]
    [InlineData("Yolanda Cruz, 900-12-3456", PhiRule.SocialSecurityNumber)]
    [InlineData("Yolanda Cruz, 1234567890123", PhiRule.MedicalRecordNumber)]
    [InlineData("mother of patient John Smith, 216-555-0142", PhiRule.PatientName)]
    public void A_contact_may_be_reached(string text, PhiRule? found)
    {
        Assert.Equal(found, PhiScreen.Check(text, isContact: true));
        Assert.NotNull(PhiScreen.Check(text));
    }

    [Fact]
    public void What_cannot_be_read_in_time_is_turned_away_and_no_error()
    {
        var slow = new Regex("^(?:(?:a|aa)+)+$", RegexOptions.None, TimeSpan.FromMilliseconds(1));
        var inTime = typeof(PhiScreen).GetMethod("InTime", BindingFlags.Static | BindingFlags.NonPublic)!.CreateDelegate<Func<Func<PhiRule?>, PhiRule?>>();
        Assert.Equal(PhiRule.Unread, inTime(() => slow.IsMatch(new string('a', 60) + "b") ? PhiRule.Phone : null));
        Assert.Equal(PhiRule.Phone, inTime(() => PhiRule.Phone));
        Assert.Null(inTime(() => null));
    }

    /// <summary>A sentence a line; <c>\u00A0</c> stands for the character, so that whoever reads the list sees it.</summary>
    static IEnumerable<string> Lines(string file) =>
        from line in File.ReadAllLines(Path.Combine(Repository.Root, "tests/EquityBot.Tests/Chat", file))
        where line.Length > 0 && line[0] != '#'
        select Regex.Replace(line, @"\\u([0-9A-F]{4})", unit => $"{(char)int.Parse(unit.Groups[1].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture)}");
}
