using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using EquityBot.Chat;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using NodaTime.Text;
using Xunit;

namespace EquityBot.Tests.Chat;

public class DatesTests
{
    static readonly LocalDate Monday = new(2026, 3, 2);

    [Theory]
    [InlineData("today", "2026-03-02")]
    [InlineData("TOMORROW", "2026-03-03")]
    [InlineData("the day after tomorrow", "2026-03-04")]
    [InlineData("EOD", "2026-03-02")]
    [InlineData("Friday", "2026-03-06")]
    [InlineData("fri", "2026-03-06")]
    [InlineData("Monday", "2026-03-09")]
    [InlineData("this Thursday", "2026-03-05")]
    [InlineData("next Friday", "2026-03-13")]
    [InlineData("next Monday", "2026-03-09")]
    [InlineData("Friday next week", "2026-03-13")]
    [InlineData("March 31", "2026-03-31")]
    [InlineData("mar. 31", "2026-03-31")]
    [InlineData("March 31st", "2026-03-31")]
    [InlineData("31 March", "2026-03-31")]
    [InlineData("31st of March", "2026-03-31")]
    [InlineData("31-Mar-2027", "2027-03-31")]
    [InlineData("Friday, March 6, 2026", "2026-03-06")]
    [InlineData("March 31, 2027", "2027-03-31")]
    [InlineData("31 March 2027", "2027-03-31")]
    [InlineData("March 31 2025", "2025-03-31")]
    [InlineData("March 2", "2026-03-02")]
    [InlineData("March 1", "2027-03-01")]
    [InlineData("may 2", "2026-05-02")]
    [InlineData("Feb 29", "2028-02-29")]
    [InlineData("3/20", "2026-03-20")]
    [InlineData("20/3", "2026-03-20")]
    [InlineData("2/20", "2027-02-20")]
    [InlineData("3/20/27", "2027-03-20")]
    [InlineData("3/20/2027", "2027-03-20")]
    [InlineData("2027-03-31", "2027-03-31")]
    [InlineData("２０２７-０３-３１", "2027-03-31")]
    [InlineData("2027‑03‑31", "2027-03-31")]
    [InlineData(" 2027-03-31. ", "2027-03-31")]
    [InlineData("in two weeks", "2026-03-16")]
    [InlineData("two weeks", "2026-03-16")]
    [InlineData("within 10 days", "2026-03-12")]
    [InlineData("in a month", "2026-04-02")]
    [InlineData("in a couple of months", "2026-05-02")]
    [InlineData("within five working days", "2026-03-09")]
    [InlineData("in 10 business days", "2026-03-16")]
    [InlineData("within the next 30 days", "2026-04-01")]
    [InlineData("six weeks from now", "2026-04-13")]
    [InlineData("two weeks from Friday", "2026-03-20")]
    [InlineData("in 6-8 weeks", "2026-04-27")]
    [InlineData("in 2 wks", "2026-03-16")]
    [InlineData("over the next two quarters", "2026-09-02")]
    [InlineData("within the quarter", "2026-03-31")]
    [InlineData("a week from today", "2026-03-09")]
    [InlineData("in one year", "2027-03-02")]
    [InlineData("end of week", "2026-03-06")]
    [InlineData("end of next week", "2026-03-13")]
    [InlineData("the end of the month", "2026-03-31")]
    [InlineData("month-end", "2026-03-31")]
    [InlineData("EOM", "2026-03-31")]
    [InlineData("end of next month", "2026-04-30")]
    [InlineData("end of March", "2026-03-31")]
    [InlineData("end of February", "2027-02-28")]
    [InlineData("end of the year", "2026-12-31")]
    [InlineData("end of 2027", "2027-12-31")]
    [InlineData("end of Q3", "2026-09-30")]
    [InlineData("end of Q3 2027", "2027-09-30")]
    [InlineData("Q2", "2026-06-30")]
    [InlineData("end of the second quarter", "2026-06-30")]
    [InlineData("end of the fourth quarter", "2026-12-31")]
    [InlineData("end of the quarter", "2026-03-31")]
    [InlineData("next quarter", "2026-06-30")]
    [InlineData("next week", "2026-03-13")]
    [InlineData("this week", "2026-03-06")]
    [InlineData("next month", "2026-04-30")]
    [InlineData("next year", "2027-12-31")]
    [InlineData("mid-May", "2026-05-15")]
    [InlineData("mid May", "2026-05-15")]
    [InlineData("middle of January 2028", "2028-01-15")]
    [InlineData("the 15th", "2026-03-15")]
    [InlineData("15th", "2026-03-15")]
    [InlineData("the 1st", "2026-04-01")]
    [InlineData("the 15th of next month", "2026-04-15")]
    [InlineData("May", "2026-05-31")]
    [InlineData("March 2027", "2027-03-31")]
    [InlineData("by end of September", "2026-09-30")]
    [InlineData("Friday at 5 pm", "2026-03-06")]
    public void A_value_is_read_on_a_Monday_as(string words, string day) => Assert.Equal(Iso(day), Dates.Read(words, Monday));

    [Theory]
    [InlineData(""), InlineData("soon")]
    [InlineData("2026"), InlineData("14 %")]
    [InlineData("Feb 30"), InlineData("February 29, 2027")]
    [InlineData("2027-02-29"), InlineData("2027-13-01")]
    [InlineData("13/45"), InlineData("0/10")]
    [InlineData("the 32nd"), InlineData("every Friday")]
    [InlineData("last Friday"), InlineData("24/7")]
    [InlineData("end of Q3 FY27"), InlineData("end of the fiscal year")]
    [InlineData("Friday or Monday"), InlineData("March 31 or so")]
    [InlineData("2027-03-31T09:00")]
    public void A_value_is_no_date(string words) => Assert.Null(Dates.Read(words, Monday));

    [Theory]
    [InlineData("2026-03-06", "Friday", "2026-03-13")]
    [InlineData("2026-03-06", "end of the week", "2026-03-06")]
    [InlineData("2026-03-07", "end of the week", "2026-03-13")]
    [InlineData("2026-03-08", "next week", "2026-03-13")]
    [InlineData("2026-03-08", "next Friday", "2026-03-13")]
    [InlineData("2026-03-08", "Friday", "2026-03-13")]
    [InlineData("2026-03-31", "end of March", "2026-03-31")]
    [InlineData("2026-04-01", "end of March", "2027-03-31")]
    [InlineData("2026-01-31", "in a month", "2026-02-28")]
    [InlineData("2026-12-15", "end of next month", "2027-01-31")]
    [InlineData("2026-11-15", "next quarter", "2027-03-31")]
    [InlineData("2026-10-01", "end of Q3", "2027-09-30")]
    [InlineData("2026-05-16", "mid-May", "2027-05-15")]
    [InlineData("2026-05-15", "the 15th", "2026-05-15")]
    [InlineData("2026-04-02", "the 31st", "2026-05-31")]
    [InlineData("2026-03-06", "in one working day", "2026-03-09")]
    [InlineData("2028-02-29", "Feb 29", "2028-02-29")]
    [InlineData("2096-03-01", "Feb 29", "2104-02-29")]
    [InlineData("9900-12-31", "Feb 29", "9904-02-29")]
    [InlineData("9950-12-31", "Friday", null)]
    public void The_answer_depends_on_the_day_it_is_said(string today, string words, string? day) =>
        Assert.Equal(day is null ? null : Iso(day), Dates.Read(words, Iso(today)));

    [Theory]
    [InlineData("we'll offer an interpreter at every discharge by 2026-03-06", "2026-03-06", "we'll offer an interpreter at every discharge")]
    [InlineData("we'll cut no-show rate for Spanish-speaking patients in cardiology to 12% by end of Q3 with interpreter services", "2026-09-30",
        "we'll cut no-show rate for Spanish-speaking patients in cardiology to 12% with interpreter services")]
    [InlineData("By March 31, we will train all staff", "2026-03-31", "we will train all staff")]
    [InlineData("train all staff, by March 31, in two sites", "2026-03-31", "train all staff, in two sites")]
    [InlineData("train all staff (by Friday).", "2026-03-06", "train all staff.")]
    [InlineData("train by Friday 40 nurses", "2026-03-06", "train 40 nurses")]
    [InlineData("screen all newborns before the end of the month", "2026-03-31", "screen all newborns")]
    [InlineData("post signs no later than 3/20", "2026-03-20", "post signs")]
    [InlineData("post signs, due: Friday, March 6", "2026-03-06", "post signs")]
    [InlineData("post signs by close of business Friday", "2026-03-06", "post signs")]
    [InlineData("post signs by Friday at noon at the latest", "2026-03-06", "post signs")]
    [InlineData("post signs at the end of April", "2026-04-30", "post signs")]
    [InlineData("call everyone on March 10 and report by March 31", "2026-03-31", "call everyone on March 10 and report")]
    [InlineData("by Friday report what the March 10 audit found", "2026-03-06", "report what the March 10 audit found")]
    [InlineData("report March 10 audit tomorrow", "2026-03-03", "report March 10 audit")]
    [InlineData("call within 7 days of discharge by June 30", "2026-06-30", "call within 7 days of discharge")]
    [InlineData("hold huddles every Friday until May 29", "2026-05-29", "hold huddles every Friday")]
    [InlineData("reach 1/2 of patients by 6/30", "2026-06-30", "reach 1/2 of patients")]
    [InlineData("cut length of stay by 2 days in 3 months", "2026-06-02", "cut length of stay by 2 days")]
    [InlineData("offer 24/7 interpreters by May", "2026-05-31", "offer 24/7 interpreters")]
    [InlineData("offer interpreters on the 5th floor by the 15th", "2026-03-15", "offer interpreters on the 5th floor")]
    [InlineData("we may add a clinic in May", "2026-05-31", "we may add a clinic")]
    [InlineData("by March 14 % of patients are screened", "2026-03-31", "14 % of patients are screened")]
    [InlineData("by June 1,200 patients are screened", "2026-06-30", "1,200 patients are screened")]
    [InlineData("reach 85% by 31 December 2026 (61% in Q4 2025)", "2026-12-31", "reach 85% (61% in Q4 2025)")]
    [InlineData("close what was due 2026-01-31", "2026-01-31", "close what was")]
    [InlineData("push C-12 to Friday", "2026-03-06", "push C-12 to")]
    [InlineData("finish C-12\u00A0by\u00A0March\u00A031", "2026-03-31", "finish C-12")]
    [InlineData("review https://example.org/2027-01-31/minutes by Friday", "2026-03-06", "review https://example.org/2027-01-31/minutes")]
    [InlineData("tomorrow", "2026-03-03", "")]
    public void A_promise_keeps_its_words_when_its_date_is_taken_out(string sentence, string day, string rest)
    {
        var phrase = Dates.Find(sentence, Monday);
        Assert.NotNull(phrase);
        Assert.Equal(Iso(day), phrase.Date);
        Assert.Equal(rest, sentence.Remove(phrase.Start, phrase.Length));
    }

    [Theory]
    [InlineData(""), InlineData("we may offer interpreters")]
    [InlineData("the other 3 may follow"), InlineData("we march on")]
    [InlineData("cut no-shows to 14 %"), InlineData("finish C-12")]
    [InlineData("reach 1/2 of patients"), InlineData("match our 2026 numbers in 2027")]
    [InlineData("call every patient within 48 hours of discharge"), InlineData("call every patient within 7 days of discharge")]
    [InlineData("follow up in 2 weeks after surgery"), InlineData("run the clinic 2 days per week")]
    [InlineData("run the clinic Monday to Friday"), InlineData("huddle every Monday")]
    [InlineData("huddle on Fridays"), InlineData("meet on the 3rd Thursday of each month")]
    [InlineData("make it by Easter"), InlineData("better than last March")]
    [InlineData("prepare Friday's huddle"), InlineData("answer 24/7")]
    [InlineData("open room 3 on the 4th floor"), InlineData("pulse sat low in the sun")]
    [InlineData("done by Feb 30"), InlineData("done by 13/45")]
    [InlineData("done by the 15th percentile"), InlineData("read www.example.org/2026-09-30")]
    [InlineData("cut waits by two weeks")]
    public void A_sentence_has_no_date(string sentence) => Assert.Null(Dates.Find(sentence, Monday));

    [Fact]
    public void A_month_and_a_day_name_the_next_such_day() => Prop.ForAll(Todays.Generator.Zip(Gen.Choose(0, 300)).ToArbitrary(), pair =>
    {
        var day = pair.Item1.PlusDays(pair.Item2);
        foreach (var pattern in (string[])["MMMM d", "MMM d", "d MMMM", "MMMM d, uuuu", "M'/'d", "M'/'d'/'uuuu"])
        {
            Assert.Equal(day, Dates.Read(LocalDatePattern.Create(pattern, CultureInfo.InvariantCulture).Format(day), pair.Item1));
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void An_ISO_date_is_itself_on_any_day() => Prop.ForAll(Todays, Todays, (today, day) =>
    {
        Assert.Equal(day, Dates.Read(LocalDatePattern.Iso.Format(day), today));
        Assert.Equal(day, Dates.Find($"train everyone by {LocalDatePattern.Iso.Format(day)}.", today)?.Date);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_weekday_is_one_to_seven_days_away_and_the_next_one_is_in_the_following_week() => Prop.ForAll(Todays, Gen.Elements(Enum.GetValues<IsoDayOfWeek>()[1..]).ToArbitrary(), (today, weekday) =>
    {
        foreach (var name in (string[])[$"{weekday}", $"{weekday}"[..3]])
        {
            var soon = Dates.Read(name, today)!.Value;
            Assert.Equal(weekday, soon.DayOfWeek);
            Assert.InRange(Period.DaysBetween(today, soon), 1, 7);
        }
        var next = Dates.Read($"next {weekday}", today)!.Value;
        Assert.Equal(weekday, next.DayOfWeek);
        Assert.Equal(today.PlusDays(8 - (int)today.DayOfWeek), next.PlusDays(1 - (int)weekday));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void N_working_days_hold_exactly_N_weekdays() => Prop.ForAll(Todays, Gen.Choose(0, 60).ToArbitrary(), (today, n) =>
    {
        var due = Dates.Read($"in {n} working days", today)!.Value;
        var between = Enumerable.Range(1, Period.DaysBetween(today, due)).Select(today.PlusDays);
        Assert.Equal(n, between.Count(day => day.DayOfWeek < IsoDayOfWeek.Saturday));
        Assert.True(n == 0 || due.DayOfWeek < IsoDayOfWeek.Saturday);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Without_a_year_no_answer_lies_before_today() => Prop.ForAll(Todays, Sentences(withYears: false), (today, sentence) =>
    {
        Assert.True(Dates.Find(sentence, today) is not { } phrase || phrase.Date >= today, sentence);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Any_text_gets_an_answer_within_its_bounds() => Prop.ForAll(Todays, ArbMap.Default.ArbFor<NonNull<string>>(), Sentences(withYears: true), (today, noise, sentence) =>
    {
        foreach (var text in (string[])[noise.Get, sentence, noise.Get + " " + sentence, sentence + noise.Get])
        {
            Dates.Read(text, today);
            if (Dates.Find(text, today) is not { } phrase) continue;
            Assert.InRange(phrase.Start, 0, text.Length);
            Assert.InRange(phrase.Length, 1, text.Length - phrase.Start);
        }
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("a"), InlineData(" ")]
    [InlineData("by "), InlineData("in 3 ")]
    [InlineData("March 31 "), InlineData("next ")]
    [InlineData("1/")]
    public void A_hostile_text_gets_an_answer(string part) => Dates.Find(string.Concat(Enumerable.Repeat(part, 100_000 / part.Length)), Monday);

    [Fact]
    public void No_expression_lets_a_text_buy_time()
    {
        var engines = RegexesOf(typeof(Dates)).ToList();
        Assert.True(engines.Count > 20);
        Assert.All(engines, HostileTexts.BuyNoTime);
    }

    /// <summary>Every expression that a static field of the type holds, directly or in a list of things with a pattern.</summary>
    internal static IEnumerable<Regex> RegexesOf(Type type)
    {
        foreach (var value in type.GetFields(BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public).Select(field => field.GetValue(null)))
        {
            if (value is Regex single) yield return single;
            if (value is not IEnumerable many || value is string) continue;
            foreach (var item in many) if (item?.GetType().GetProperty("Pattern")?.GetValue(item) is Regex regex) yield return regex;
        }
    }

    static readonly Arbitrary<LocalDate> Todays = Gen.Choose(0, 365 * 21).Select(n => new LocalDate(2020, 1, 1).PlusDays(n)).ToArbitrary();

    static Arbitrary<string> Sentences(bool withYears)
    {
        string[] words = ["by", "before", "on", "in", "within", "the", "end of", "next", "this", "every", "week", "month", "quarter", "March", "may", "Feb", "29", "31", "3/20", "13/45", "15th", "Friday", "sat",
            "two", "days", "working days", "from now", "of", "Q3", "mid", "today", "tomorrow", ",", "%", "EOD", "a couple of", "we", "the 30th", "5 pm", "end", "(", ")"];
        string[] years = [", 2019", "2031", "2027-02-30", "3/4/21", "FY27"];
        return Gen.Elements(withYears ? [.. words, .. years] : words).ListOf().Select(picked => string.Join(' ', picked)).ToArbitrary();
    }

    static LocalDate Iso(string day) => LocalDatePattern.Iso.Parse(day).Value;
}
