using System.Text.RegularExpressions;
using EquityBot.Chat;

namespace EquityBot.Tests.Chat;

/// <summary>Texts of the greatest length, made of what our expressions look for, so that each begins to match at as many places as there are and fails late.</summary>
static class HostileTexts
{
    static readonly string[] Words =
    [
        "a", " ", "\t", "by ", "in 3 ", "March 31 ", "next ", "1/", "1", "1-", "9 ", "the ", "patient ", "Patient A ", "A", "@a.", "a.", "of ", "no ", "mrn ", "mrn: ", ": ", "(", "[at] ", "dot ", "within the ", "by the end of ",
        "due date is by ", "not later than ", "a couple of ", "p.o. box ", "100 a b c d ", "Street ", "age ", "over the age of ", "admitted on ", "pt. ", "X's ", "call me at ", "(216) ", "id is number ", "year old ", "one hundred and ",
        "http://", "?id=", "may ", "first quarter of ", "FY", "5 pm ", "noon on ", "every other ", "20260101",
    ];

    static readonly Lazy<List<string>> All = new(() =>
    {
        var random = new Random(1);
        return
        [
            .. Words.Select(word => Long(() => word)),
            .. Enumerable.Range(0, 20).Select(_ => Long(() => Words[random.Next(Words.Length)])),
            .. Enumerable.Range(0, 20).Select(_ => (Words[random.Next(Words.Length)], Words[random.Next(Words.Length)])).Select(two => Long(() => two.Item1 + two.Item2)),
        ];
    });

    static string Long(Func<string> next)
    {
        var text = "";
        while (text.Length < Switchboard.LongestText)
        {
            text += next();
        }

        return text[..Switchboard.LongestText];
    }

    /// <summary>Reads each to its end. An expression that gives up has been bought time from.</summary>
    public static void BuyNoTime(Regex engine)
    {
        Assert.InRange(engine.MatchTimeout, TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(1));
        Assert.Equal(RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, engine.Options & (RegexOptions.IgnoreCase | RegexOptions.CultureInvariant));
        All.Value.ForEach(text => _ = engine.Count(text));
    }
}
