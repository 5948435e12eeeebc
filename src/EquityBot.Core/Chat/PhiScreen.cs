using System.Text.RegularExpressions;

namespace EquityBot.Chat;

/// <summary>What kind of personal detail a text seems to hold, after the identifiers of 45 CFR 164.514(b)(2).</summary>
public enum PhiRule
{
    MedicalRecordNumber,

    /// <summary>Of an account, an encounter, a health plan, a claim, a prescription, a card.</summary>
    AccountNumber,
    SocialSecurityNumber,
    Phone,
    Email,
    PersonalDate,
    AgeOver89,
    StreetAddress,
    ZipCode,

    /// <summary>A driver's licence, a certificate, a passport, a vehicle and its plates.</summary>
    LicenseOrPlate,
    DeviceSerial,

    /// <summary>A link that leads to one person's record.</summary>
    RecordLink,
    IpAddress,
    PatientName,

    /// <summary>It took too long to read through: rather refused than kept unread.</summary>
    Unread,
}

/// <summary>The screen that free text passes before it is stored or echoed. It catches carelessness; it is no guarantee, and people are told so.</summary>
public static partial class PhiScreen
{
    static readonly Regex Link = TextPattern.Of(@"\b(?:https?://|www\.)[^ ]+");

    /// <summary>A link into a record system names the patient in so many words.</summary>
    static readonly Regex RecordInLink = TextPattern.Of(
        @"[?&/;#](?:(?:mrn|pat(?:ient)?_?(?:id|no)?|pid|csn|har|(?:chart|record|encounter|member|acc(?:oun)?t)_?(?:id|no|number)?|ssn|dob)(?:=|%3d)[^& ]{0,80}?[0-9]{4}"
        + @"|e-?mail(?:=|%3d)[^& ]{0,80}?(?:@|%40)|(?:mrn|patients?|charts?|records?|encounters?|visits?|members?)/(?!20[0-9]{2}(?![0-9]))(?=[^/ ]{0,80}?[0-9]{3})[a-z0-9])");

    /// <param name="rule">What it is when it is found.</param>
    /// <param name="spares">Whether this match, in the whole text, is something else after all.</param>
    sealed class Screen(PhiRule rule, string pattern, Func<Match, string, bool>? spares = null)
    {
        public PhiRule Rule => rule;

        public Regex Pattern { get; } = TextPattern.Of(pattern);

        public bool Catches(string text)
        {
            for (var match = Pattern.Match(text); match.Success; match = match.NextMatch())
            {
                if (spares?.Invoke(match, text) is not true) return true;
            }

            return false;
        }
    }

    /// <summary>Looks for details that could point to one person.</summary>
    /// <param name="text">Any text, of any length; the time grows with it, since a long one is read in overlapping pieces. Look-alike digits, odd blanks and hyphens, accents typed apart and invisible characters are seen through.</param>
    /// <param name="isContact">Of a colleague or partner at work, whose name and ways to be reached may be kept.</param>
    /// <returns>
    /// The first rule that matches, in the order of the screens rather than of the text, or null. What stands inside a web link passes unless it names a record (mrn=…), and so do groups ("age 90 and older"),
    /// three-digit ZIP areas, money, percentages and dates of promises. <see cref="PhiRule.Unread"/> where an expression gave up. Never throws. Only the rule may be logged, never the text.
    /// </returns>
    public static PhiRule? Check(string text, bool isContact = false) => InTime(() =>
    {
        var pieces = Pieces(PhiText.Plain(text));
        if (pieces.Exists(RecordInLink.IsMatch))
        {
            return PhiRule.RecordLink;
        }

        var plain = pieces.ConvertAll(piece => Link.Replace(piece, "(link)"));
        if (Array.Find(Screens, screen => !(isContact && IsOfContacts(screen.Rule)) && plain.Exists(screen.Catches)) is { } screen)
        {
            return screen.Rule;
        }

        return plain.Exists(piece => LongNumber.Catches(isContact ? Dialled.Replace(piece, "(phone)") : piece)) ? LongNumber.Rule : null;
    });

    /// <summary>What is read by expressions, each of which may give up.</summary>
    internal static PhiRule? InTime(Func<PhiRule?> read)
    {
        try
        {
            return read();
        }
        catch (RegexMatchTimeoutException)
        {
            return PhiRule.Unread;
        }
    }

    static bool IsOfContacts(PhiRule rule) => rule is PhiRule.Phone or PhiRule.Email or PhiRule.StreetAddress or PhiRule.ZipCode;

    /// <summary>Each overlaps the one before by more than any screen reads at once.</summary>
    static List<string> Pieces(string text)
    {
        const int Overlap = 500;
        const int Stride = TextPattern.LongestText - Overlap;
        return [.. Enumerable.Range(0, Math.Max(1, (text.Length - Overlap + Stride - 1) / Stride)).Select(piece => text.Substring(piece * Stride, Math.Min(TextPattern.LongestText, text.Length - (piece * Stride))))];
    }
}
