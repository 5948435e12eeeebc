using System.Globalization;
using System.Text;

namespace EquityBot.Chat;

/// <summary>A text as its reader sees it, whatever its characters are.</summary>
static class PhiText
{
    /// <summary>One line of plain digits, hyphens, dots and single blanks, without what nobody sees.</summary>
    public static string Plain(string text)
    {
        var kept = new StringBuilder(text.Length);
        // Marks go before the normalization too: sorting long runs of them takes quadratic time.
        foreach (var rune in text.EnumerateRunes()) if (!IsInvisible(rune)) kept.Append(rune.ToString());
        var plain = new StringBuilder(kept.Length);
        foreach (var rune in kept.ToString().Normalize(NormalizationForm.FormKC).EnumerateRunes())
        {
            if (IsInvisible(rune)) continue;
            if (Rune.GetUnicodeCategory(rune) == UnicodeCategory.DashPunctuation || rune.Value == 0x2212) plain.Append('-');
            else if (rune.Value is 0x2018 or 0x2019) plain.Append('\'');
            else if (rune.Value is 0x201C or 0x201D) plain.Append('"');
            else if (rune.Value is 0x00B7 or 0x2022 or 0x2219 or 0x22C5 or 0x30FB) plain.Append('.');
            else if (Rune.GetUnicodeCategory(rune) == UnicodeCategory.DecimalDigitNumber) plain.Append((int)Rune.GetNumericValue(rune));
            else if (!Rune.IsWhiteSpace(rune)) plain.Append(rune.ToString());
            else if (plain.Length > 0 && plain[^1] != ' ') plain.Append(' ');
        }

        return plain.ToString();
    }

    static bool IsInvisible(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format or UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.SpacingCombiningMark
        || (Rune.IsControl(rune) && !Rune.IsWhiteSpace(rune)) || rune.Value == Phrasebook.NoCharacter;
}
