using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using EquityBot.Chat;
using EquityBot.Goals;
using EquityBot.Tests.Chat;
using EquityBot.Tests.Given;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace EquityBot.Tests.Goals;

/// <summary>What one sentence says about a goal, and which sentences are about goals at all.</summary>
public class GoalSentenceTests
{
    static readonly LocalDate Today = new(2026, 3, 2);
    static readonly Phrases English = Phrases.Load("en");
    static readonly string[] Groups = English["draft.groups"].Split('|');
    static readonly Phrasebook Book = Wiring.Unopened().GetRequiredService<Phrasebook>();

    static string Read(string said)
    {
        var sketch = GoalSentence.Read(said, Today, 7, Groups);
        return string.Join(" | ", sketch.What, sketch.Measure, sketch.Who, sketch.Where ?? "-", $"{Say(sketch.Baseline)}>{Say(sketch.Target)} {sketch.Unit} {sketch.Better}".Trim(), sketch.Due?.ToString("MM-dd", CultureInfo.InvariantCulture) ?? "-");
    }

    static string Say(decimal? number) => number?.ToString("0.##", CultureInfo.InvariantCulture) ?? "?";

    [Theory]
    [InlineData("cut the no-show rate of Spanish-speaking patients from 22 % to 15 % by end of September", "Cut the no-show rate | no-show rate | Spanish-speaking patients | - | 22>15 % Lower | 09-30")]
    [InlineData("Reduce the no-show rate for Black patients in cardiology from 18% to 12% by June 30", "Reduce the no-show rate | no-show rate | Black patients | cardiology | 18>12 % Lower | 06-30")]
    [InlineData("we'll raise interpreter use among patients with limited English from 40 percent to 80 percent by December 31", "Raise interpreter use | interpreter use | Patients with limited English | - | 40>80 % Higher | 12-31")]
    [InlineData("lower the wait of Haitian families from 45 minutes to under 30 minutes by May 29 with a second desk", "Lower the wait | wait | Haitian families | - | 45>30 minutes Lower | 05-29")]
    [InlineData("increase colorectal screening for rural patients to 70 % by 12/31", "Increase colorectal screening | colorectal screening | Rural patients | - | ?>70 % Higher | 12-31")]
    [InlineData("hire 5 interpreters by July 31", "Hire interpreters | interpreters | | - | 0>5 Higher | 07-31")]
    [InlineData("train 1,200 nurses by 2026-12-01", "Train nurses | nurses | | - | 0>1200 Higher | 12-01")]
    [InlineData("cut readmissions (baseline 12.5 %) to 9 % by Q4 2026 using navigators", "Cut readmissions | readmissions | | - | 12.5>9 % Lower | 12-31")]
    [InlineData("bring the share of late charts down from 30 % to 10 %", "Bring the share of late charts down | share of late charts down | | - | 30>10 % Lower | -")]
    [InlineData("cut Spanish-speaking patients' no-show rate at Riverbend West from 22 to 15 by June 30", "Cut no-show rate | no-show rate | Spanish-speaking patients | Riverbend West | 22>15 Lower | 06-30")]
    [InlineData("to grow the number of signed agreements from 3 to 9 partners by September 30", "Grow the number of signed agreements | number of signed agreements | | - | 3>9 partners Higher | 09-30")]
    [InlineData("shorten the time to an interpreter by June 30", "Shorten the time to an interpreter | time to an interpreter | | - | ?>?  Lower | 06-30")]
    public void A_sentence_fills_in_what_it_says(string said, string expected) => Assert.Equal(expected.Replace("  ", " ", StringComparison.Ordinal), Read(said).Replace("  ", " ", StringComparison.Ordinal));

    [Theory]
    [InlineData("close the no-show gap between Spanish-speaking and English-speaking patients from 22 % vs 12 % to 4 points by December 31", "no-show | Spanish-speaking patients / English-speaking patients | 22/12>4 % Difference Lower")]
    [InlineData("narrow the gap in blood pressure control between Black patients and white patients from 58 % against 71 % to 5 points by June 30", "blood pressure control | Black patients / white patients | 58/71>5 % Difference Higher")]
    [InlineData("cut the readmission ratio between rural patients and urban patients from 24 vs 12 to 1.2 times by June 30", "readmission | rural patients / urban patients | 24/12>1.2  Ratio Lower")]
    [InlineData("close the screening gap", "screening |  /  | ?/?>?  Difference")]
    public void A_gap_has_two_sides(string said, string expected)
    {
        var sketch = GoalSentence.Read(said, Today, 7, Groups);
        Assert.Equal(expected, $"{sketch.Measure} | {sketch.Who} / {sketch.Reference} | {Say(sketch.Baseline)}/{Say(sketch.BaselineReference)}>{Say(sketch.Target)} {sketch.Unit} {sketch.Gap} {sketch.Better}".TrimEnd());
    }

    static string Understood(string said)
    {
        var understood = Book.Understand(said, English);
        return understood.Command is { } command
            ? string.Join(' ', understood.Values.OrderBy(value => value.Key, StringComparer.Ordinal).Select(value => $"{value.Key}={value.Value};").Prepend(command.Verb))
            : "?";
    }

    [Theory]
    [InlineData("goal", "set-goal")]
    [InlineData("new smart goal", "set-goal")]
    [InlineData("gap goal", "set-goal gap=gap;")]
    [InlineData("smart goal for C-12", "set-goal promise=C-12;")]
    [InlineData("goal for c-12: cut waits to 20 minutes", "set-goal promise=c-12; words=cut waits to 20 minutes;")]
    [InlineData("Goal: cut waits to 20 minutes by May 1", "set-goal words=cut waits to 20 minutes by May 1;")]
    [InlineData("SMART goal: cut waits", "set-goal words=cut waits;")]
    [InlineData("G-3 is at 17 %", "report-value ref=G-3; unit=%; value=17;")]
    [InlineData("G-3 17", "report-value ref=G-3; value=17;")]
    [InlineData("g-3 is down to 16.5 % as of March 6: two clinics only", "report-value note=two clinics only; on=March 6; ref=g-3; unit=%; value=16.5;")]
    [InlineData("G-4 is at 18 % vs 12 %", "report-value ref=G-4; reference=12; unit=%; value=18;")]
    [InlineData("G-4: 1,250 patients", "report-value ref=G-4; unit=patients; value=1,250;")]
    [InlineData("no-show rate is down to 14 %", "report-measure measure=no-show rate; unit=%; value=14;")]
    [InlineData("the no-show rate of Black patients is now 14%", "report-measure measure=no-show rate of Black patients; unit=%; value=14;")]
    [InlineData("our waiting time fell to 25 minutes", "report-measure measure=waiting time; unit=minutes; value=25;")]
    [InlineData("G-3 on track", "rate-goal ref=G-3; status=on track;")]
    [InlineData("G-3 is at risk because two posts are vacant", "rate-goal reason=two posts are vacant; ref=G-3; status=at risk;")]
    [InlineData("G-3 confidence 4", "state-confidence confidence=4; ref=G-3;")]
    [InlineData("G-3 milestone: interpreters hired by May 1", "add-milestone ref=G-3; words=interpreters hired by May 1;")]
    [InlineData("milestone 2 of G-3 done", "finish-milestone number=2; ref=G-3;")]
    [InlineData("G-3 milestone 2 is done, see the rota", "finish-milestone evidence=the rota; number=2; ref=G-3;")]
    [InlineData("drop milestone 2 of G-3 because the vendor does it", "drop-milestone number=2; reason=the vendor does it; ref=G-3;")]
    [InlineData("move milestone 2 of G-3 to May 8", "move-milestone day=May 8; number=2; ref=G-3;")]
    [InlineData("milestone 2 of G-3 is blocked by the vendor contract", "block-milestone number=2; ref=G-3; what=the vendor contract;")]
    [InlineData("my goals", "show-goals")]
    [InlineData("goals", "show-goals")]
    [InlineData("show G-3", "show ref=G-3;")]
    [InlineData("close G-3", "close-goal ref=G-3;")]
    [InlineData("G-3 achieved", "close-goal ref=G-3;")]
    [InlineData("retire G-3 because the clinic closes", "retire-goal reason=the clinic closes; ref=G-3;")]
    [InlineData("undo G-3", "undo-goal ref=G-3;")]
    public void Sentences_about_goals(string said, string expected) => Assert.Equal(expected, Understood(said));

    [Theory]
    [InlineData("we'll cut the no-show rate from 22 % to 15 % by end of Q3", "log-commitment")]
    [InlineData("our team will get the no-show rate to where it is at 14 %", "log-commitment")]
    [InlineData("log: our goal is 14 % by May", "log-commitment")]
    [InlineData("my department commits to waits that are down to 20 minutes", "log-commitment")]
    [InlineData("C-1 is done", "complete-commitment")]
    [InlineData("C-1 is blocked, waiting is at 14 %", "block-commitment")]
    [InlineData("progress C-1 on track: no-show rate is down to 14 %", "report-progress")]
    [InlineData("mine", "show-mine")]
    [InlineData("undo C-1", "undo-commitment")]
    public void Sentences_about_promises_stay_theirs(string said, string verb) => Assert.Equal(verb, Book.Understand(said, English).Command?.Verb);

    [Fact]
    public void Whatever_is_said_is_read_without_a_fault()
    {
        string[] words = ["cut", "the", "no-show rate", "of", "Black patients", "from", "22 %", "to", "15", "vs", "12 %", "gap", "ratio", "between", "and", "in", "cardiology", "by", "May 1", "(", "baseline", "999999999999", "with", "'s", ",", "1,234,567.5"];
        Prop.ForAll(Gen.Elements(words).ListOf().ToArbitrary(), said =>
        {
            var sketch = GoalSentence.Read(string.Join(' ', said), Today, 7, Groups);
            return sketch is { What: null or { Length: <= 500 }, Measure: null or { Length: <= 200 }, Who: null or { Length: <= 200 }, Where: null or { Length: <= 200 }, Reference: null or { Length: <= 200 } };
        }).QuickCheckThrowOnFailure();
    }

    public static TheoryData<string> Expressions => [.. typeof(GoalSentence).GetFields(BindingFlags.Static | BindingFlags.NonPublic).Where(one => one.FieldType == typeof(Regex)).Select(one => one.Name)];

    [Theory, MemberData(nameof(Expressions))]
    public void No_text_buys_time(string name) => HostileTexts.BuyNoTime((Regex)typeof(GoalSentence).GetField(name, BindingFlags.Static | BindingFlags.NonPublic)!.GetValue(null)!);

    [Theory]
    [InlineData("17", "17")]
    [InlineData("17 %", "17")]
    [InlineData("$1,250.5", "1250.5")]
    [InlineData("-2.5", "-2.5")]
    [InlineData("1234567890", null)]
    [InlineData("1,2", null)]
    [InlineData("about 5", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void Numbers_are_read_as_they_are_typed(string? typed, string? expected) => Assert.Equal(expected, GoalNumber.Read(typed)?.ToString(CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("17.5", "%", "17.5 %")]
    [InlineData("1250", "patients", "1,250 patients")]
    [InlineData("0.333333", null, "0.33")]
    public void Numbers_are_said_with_their_unit(string number, string? unit, string expected) => Assert.Equal(expected, GoalNumber.Say(decimal.Parse(number, CultureInfo.InvariantCulture), unit));
}
