using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace EquityBot.Chat;

/// <summary>What kind of personal detail a text seems to hold, after the identifiers of 45 CFR 164.514(b)(2).</summary>
public enum PhiRule { MedicalRecordNumber, SocialSecurityNumber, Phone, Email, PersonalDate, AgeOver89, StreetAddress, ZipCode, PatientName }

/// <summary>The screen that free text passes before it is stored or echoed. It catches carelessness; it is no guarantee, and people are told so.</summary>
public static partial class PhiScreen
{
    const string Month = @"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?";
    const string Date = $@"(?:[0-9]{{1,4}}[-/.][0-9]{{1,2}}[-/.][0-9]{{1,4}}|[0-9]{{1,2}}[-/][0-9]{{1,2}}|{Month} (?:the )?[0-9]{{1,2}}|[0-9]{{1,2}}(?:st|nd|rd|th)?[ -](?:of )?{Month}|[0-9]{{8}})";
    const string Is = @"(?: ?(?:number|numbers|no\b\.?|num\b\.?|nr\b\.?|id|ids|is|was|ending|ends|in|with|:|=|#|-|\.)){0,5} ?";
    const string Marked = @" ?(?:number|numbers|no\b\.?|num\b\.?|nr\b\.?|id|ids|#)";
    const string Name = @"(?-i:\p{Lu}[\p{L}'-]+)";
    const string Belongings = "(?:chart|record|records|file|case|visit|stay|discharge|admission|surgery|appointment|room|bed|results?|labs?|diagnosis|medications?|meds|family|mother|father|wife|husband|daughter|son|complaint)";
    // What follows "patient" in the names of teams, programs and weeks.
    static readonly HashSet<string> Ordinary = new("""
        access accounts admission adult advisory advocacy advocate after all ambassador american and april arabic as asian assistance assistants at august before behavioral bill
        billing bills black blood board both by call calls cardiology care center centered chaplain charter check chinese clinic clinical committee communication community
        complaint complaints connect contact coordinator council culture dashboard data day deaf december department desk dietary digital discharge each ed education emergency
        employee employment engagement english equity event events every experience experiences falls family family-centered february feedback financial first flow flu focus
        follow food for forum friday friendly gown group guide guides haitian handbook handling health help hispanic home hotline housing how hub i identification if in inclusion
        information initiative innovation insurance intake interpreter interpreters is january journey july june kiosk korean lab language latina latino lead leaders learning
        letters lgbtq liaison liaisons library lift line literacy lounge management march materials may meal meals medicaid medical medicare mental messaging model monday
        monitoring month more morning most mychart native navigation navigator navigators no november nurse nurses nursing nutrition observation observers october office
        ombudsman on online only our outcome outcomes outreach packet panel partner partners pediatric per pharmacy photo physician placement policy population portal pride
        primary privacy program project quality questionnaire reach registration relations reported reports representative research resource resources respect responsibilities
        ride rights roundtable russian safety satisfaction saturday scheduling screening september service services since sitter sitters social social-work somali spanish
        specialist specialists spiritual staff status stories story summit sunday support surgery survey surveys system task team technician technicians telehealth that the these
        they think this throughput thursday to toolkit tracer training transition translation transport transportation triage trust tuesday unit until urgent utilization values
        veterans via video videos vietnamese visit voice voices volunteer volunteers wait waiting we we'll wednesday week welcome wellness what when while white who will with
        women women's work workgroup you youth
        """.Split((char[])[' ', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries), StringComparer.OrdinalIgnoreCase);

    // First names that are no other word, for those who type without capitals.
    const string FirstNames =
        "(?:james|john|robert|michael|william|david|richard|joseph|thomas|charles|daniel|anthony|jose|juan|luis|carlos|jorge|miguel|mary|maria|patricia|jennifer|linda"
        + "|elizabeth|barbara|susan|jessica|sarah|karen|nancy|lisa|margaret|sandra|ashley|dorothy|ana|carmen|rosa|guadalupe|fatima|mohammed|muhammad|ahmed|nguyen)";
    const string WordStates = "IN|OR|ME|HI|OK|ID|DE|LA|AL|CO|MD";
    const string States = "AK|AZ|AR|CA|CT|FL|GA|IL|IA|KS|KY|MA|MI|MN|MS|MO|MT|NE|NV|NH|NJ|NM|NY|NC|ND|OH|PA|RI|SC|SD|TN|TX|UT|VT|VA|WA|WV|WI|WY|DC|PR";
    const string StateNames =
        "Alabama|Alaska|Arizona|Arkansas|California|Colorado|Connecticut|Delaware|Florida|Georgia|Hawaii|Idaho|Illinois|Indiana|Iowa|Kansas|Kentucky|Louisiana|Maine|Maryland"
        + "|Massachusetts|Michigan|Minnesota|Mississippi|Missouri|Montana|Nebraska|Nevada|Hampshire|Jersey|Mexico|York|Carolina|Dakota|Ohio|Oklahoma|Oregon|Pennsylvania"
        + "|Rhode Island|Tennessee|Texas|Utah|Vermont|Virginia|Washington|Wisconsin|Wyoming|Puerto Rico";
    const string Suffixes = "street|st|avenue|ave|road|rd|boulevard|blvd|lane|ln|drive|dr|court|ct|way|place|pl|terrace|parkway|pkwy|highway|hwy";

    static readonly Screen[] Screens =
    [
        new(PhiRule.MedicalRecordNumber, $@"\bm[ .-]{{0,2}}r[ .-]{{0,2}}n(?:s|\b){Is}(?:(?:[a-z]{{1,4}}-?|(?-i:[A-Z]{{1,3}}) )?[0-9](?:[-. ]?[0-9]){{2,}})"),
        new(PhiRule.MedicalRecordNumber, $@"\b(?:(?:medical )?records?|med(?:ical)?\.? rec(?:ord)?\.?|charts?|accounts?|acct|acc|members?|encounters?|visit|patient|pt|csn|har|medicare|medicaid|beneficiary|subscriber|insurance)\.?{Marked}{Is}(?:[a-z]{{1,4}}-?|(?-i:[A-Z]{{1,3}}) )?[0-9](?:[-. ]?[0-9]){{2,}}"),
        new(PhiRule.MedicalRecordNumber, @"\b(?:(?:medical record|chart|account|acct\.?|member|encounter|patient|pt\.?|csn|har)s?[: ]{1,2}(?:[a-z]{1,4}-?)?[0-9]{5,}|record:? (?:[a-z]{1,4}-?)?[0-9]{6,})"),
        new(PhiRule.SocialSecurityNumber, @"\b[0-9]{3} ?[-. ] ?[0-9]{2} ?[-. ] ?[0-9]{4}\b"),
        new(PhiRule.SocialSecurityNumber, $@"\b(?:s\.?s\.?n\b\.?|social(?: security)?{Marked}){Is}[0-9](?:[-. ]{{0,2}}[0-9]){{3,}}|\bsocial(?: security)?{Is}[0-9](?:[-. ]?[0-9]){{8}}\b"),
        new(PhiRule.Phone, @"(?:\b1[-. ]{0,2})?(?:\([2-9][0-9]{2}\) ?[-.]? ?|\b[2-9][0-9]{2} ?[-./ ] ?)[0-9]{3} ?[-. ]? ?[0-9]{4}\b"),
        new(PhiRule.Phone, @"(?:\+|\b00 ?)[1-9](?:[-. ()]{0,2}[0-9]){7,14}\b"),
        new(PhiRule.Phone, @"\b(?:call|phone|telephone|tel|cell|mobile|fax|text|pager|dial)(?:[.:#]| (?:number|no\.?|is|at|on|me|us|him|her|them|the|my|family|patient)|s\b){0,4} ?(?:[2-9][0-9]{2}[-.][0-9]{4}|1?[2-9][0-9]{9})\b"),
        new(PhiRule.Email, @"[\p{L}\p{N}_+-](?:@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*\.\p{L}{2,}| ?@ ?[\p{L}\p{N}-]+ ?\. ?(?:com|org|net|edu|gov|us|health)\b)"),
        new(PhiRule.Email, @"[\p{L}\p{N}] ?[\[({] ?at ?[\])}] ?[\p{L}\p{N}-]+(?: ?[\[({] ?dot ?[\])}] ?|\.)\p{L}{2,}"),
        new(PhiRule.PersonalDate, $@"\b(?:d\.?o\.?b\b\.?|date of birth|birth ?date|birthday)(?:'s)?(?: ?(?:is|was|:|=|-|on|in|the|\()){{0,4}} ?(?:{Date}|(?:19|20)[0-9]{{2}}\b)"),
        new(PhiRule.PersonalDate, $@"\b(?:born|date of death|died|deceased|passed away|(?:re)?admitted|discharged|(?:admission|discharge) date|date of (?:admission|discharge)|(?:patient|pt\.?|he|she)(?: was)? (?:seen|treated|transferred|operated))(?: ?(?:is|was|:|=|-|on|in|the|\()){{0,4}} ?{Date}", IsFraction),
        new(PhiRule.PersonalDate, $@"\b{Date}(?: ?,? ?[0-9]{{4}})?[ ,()]{{0,3}}(?:d\.?o\.?b\b|date of birth|birth ?date|birthday)"),
        new(PhiRule.AgeOver89, @"\b(?:9[0-9]|1[0-4][0-9])(?:[- ]?(?:years?|yrs?)\.?[- ]?(?:olds?\b|of age\b)|[- ]?y\.?[/ ]?o\b)", IsGroupOrThing),
        new(PhiRule.AgeOver89, @"\b(?<group>(?:over|above|under|below|than|to|until|from|between|average|mean|median) (?:the )?)?age(?:d|s)?(?: ?(?:of|is|was|:|=|-)){0,2} ?(?:9[0-9]|1[0-4][0-9])\b", IsGroupOrThing),
        new(PhiRule.AgeOver89, @"\b(?:ninety(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?|(?:a|one) hundred(?: and)?(?:[- ](?:one|two|three|four|five))?)[- ]years?[- ]olds?\b", IsGroupOrThing),
        new(PhiRule.StreetAddress, $@"\b(?<month>{Month} )?(?<number>[0-9]{{1,6}})[a-z]?(?:-[0-9]+)? (?<street>(?:(?:[0-9]{{1,3}}(?:st|nd|rd|th)|\p{{L}}[\p{{L}}'.-]*) ){{1,4}}?)(?<suffix>{Suffixes})\b", IsNoStreet),
        new(PhiRule.StreetAddress, @"\bp\.? ?o\.? ?box ?#? ?[0-9]+"),
        new(PhiRule.ZipCode, @"\b(?:zip|postal code)s?(?: ?codes?)?(?: ?(?:is|was|of|in|:|=|#|-|area|areas)){0,3} ?[0-9]{5}(?:-[0-9]{4})?\b"),
        new(PhiRule.ZipCode, $@"(?:\b(?:{States}|(?-i:{StateNames})),? |\b(?-i:(?:IN|ME|HI|OK|DE|LA|AL|CO|MD)) |, ?(?-i:{WordStates}) )[0-9]{{5}}\b|\b[0-9]{{5}}-[0-9]{{4}}\b"),
        new(PhiRule.PatientName, $@"\b(?:patient:?|(?-i:[Pp]t)[.:]?) (?:is )?(?<first>{Name}) (?<last>(?-i:\p{{Lu}}(?:[\p{{L}}'-]*)))", IsOrdinary),
        new(PhiRule.PatientName, $@"\b(?:patient|(?-i:[Pp]t))[.:]? (?:(?:is |was )?(?:named|called) (?:{Name}|{FirstNames}\b)|name(?: is|:| =)+ ?\p{{L}}|(?:mrs?|ms|miss|mx)\b\.? \p{{L}}|{FirstNames} \p{{L}})"),
        new(PhiRule.PatientName, $@"\b(?:(?:mrs?|ms|miss|mx)\b\.?|patient|(?-i:[Pp]t)\b\.?) (?<first>\p{{L}}[\p{{L}}'-]*)(?: (?<last>\p{{L}}[\p{{L}}-]*))?(?:'s|s') (?:\p{{L}}+ )?{Belongings}\b", IsNobody),
        new(PhiRule.PatientName, $@"\b(?:mrs?|ms|miss|mx)\b\.? {Name}(?: {Name})? (?:(?:was|is|has been|had been|got|being) (?:\p{{L}}+ )?(?:(?:re)?admitted|discharged|diagnosed|hospitalized|treated|transferred)|(?:died|passed away)\b)"),
        new(PhiRule.PatientName, $@"\b(?:patient|(?-i:[Pp]t)\b\.?) (?<first>{Name}) (?:missed|waited|needs|came|said|asked|refused|complained|died|lives|left)\b", IsOrdinary),
        // A bare run of digits comes last, so that a more telling rule can name it.
        new(PhiRule.MedicalRecordNumber, @"(?<known>[$€£] ?|usd ?|nct|pmc|pmid:? ?|inc|req|ritm|chg|isbn:? ?)?[0-9]{8,}", (match, _) => match.Groups["known"].Success),
    ];

    static readonly Regex Link = TextPattern.Of(@"\b(?:https?://|www\.)[^ ]+");
    /// <summary>A link into a record system names the patient in so many words.</summary>
    static readonly Regex RecordInLink = TextPattern.Of(@"[?&/;](?:mrn|pat(?:ient)?_?id|patient|chart_?(?:no|id)|csn|har|encounter_?id)=[^&]*[0-9]{4}");
    static readonly Regex NoPerson = TextPattern.Of(@"^(?: ?- ?[0-9]| (?:to|through) [0-9]|(?: |-)?(?:\+|%|percent|days?|hours?|minutes?|months?|(?:years? )?(?:and|or) (?:older|over|above|more|up|greater)|(?:\p{L}+ )?(?:building|hospital|institution|organization|tradition|history|program|law|policy|wing|facility|school|church|company)))");
    static readonly Regex NotStreet = TextPattern.Of(@"\b(?:united way|safe place|first place|(?:drug|family|juvenile|health|treatment|veterans|housing|probate|municipal|county|district|supreme|eviction) court|(?:blood|food|coat|vaccine|vaccination|toy|book|supply|donation|registration|voter|flu) drive)$");
    static readonly Regex PlainWords = TextPattern.Of(@"\b(?:the|a|an|of|to|in|on|at|by|for|from|with|and|or|across|our|their|its|new|more|per|will|we|who|patients?|staff|people|families|clinics?|visits?|nurses|minutes|hours|days|weeks|events?|off|safe|open|street|each|every|down)\b");

    sealed class Screen(PhiRule rule, string pattern, Func<Match, string, bool>? spares = null)
    {
        public PhiRule Rule => rule;

        public Regex Pattern { get; } = TextPattern.Of(pattern);

        public bool Catches(string text)
        {
            try
            {
                for (var match = Pattern.Match(text); match.Success; match = match.NextMatch())
                {
                    if (spares?.Invoke(match, text) is not true) return true;
                }
                return false;
            }
            catch (RegexMatchTimeoutException)
            {
                // Rather refused than kept unread.
                return true;
            }
        }
    }

    /// <summary>Looks for details that could point to one person.</summary>
    /// <param name="text">Any text, of any length; the time grows with it, since a long one is read in overlapping pieces. Look-alike digits, odd blanks and hyphens, accents typed apart and invisible characters are seen through.</param>
    /// <returns>
    /// The first rule that matches, in the order of the screens rather than of the text, or null. What stands inside a web link passes unless it names a record (mrn=…), and so do groups ("age 90 and older"),
    /// three-digit ZIP areas, money, percentages and dates of promises. Never throws. Only the rule may be logged, never the text.
    /// </returns>
    public static PhiRule? Check(string text)
    {
        var pieces = Pieces(Plain(text));
        if (pieces.Exists(RecordInLink.IsMatch))
        {
            return PhiRule.MedicalRecordNumber;
        }

        var plain = pieces.ConvertAll(piece => Link.Replace(piece, "(link)"));
        return Screens.FirstOrDefault(screen => plain.Exists(screen.Catches))?.Rule;
    }

    /// <summary>Each overlaps the one before by more than any screen reads at once.</summary>
    static List<string> Pieces(string text)
    {
        const int Overlap = 500;
        const int Stride = TextPattern.LongestText - Overlap;
        return [.. Enumerable.Range(0, Math.Max(1, (text.Length - Overlap + Stride - 1) / Stride)).Select(piece => text.Substring(piece * Stride, Math.Min(TextPattern.LongestText, text.Length - (piece * Stride))))];
    }

    static string Plain(string text)
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
            else if (Rune.GetUnicodeCategory(rune) == UnicodeCategory.DecimalDigitNumber) plain.Append((int)Rune.GetNumericValue(rune));
            else if (!Rune.IsWhiteSpace(rune)) plain.Append(rune.ToString());
            else if (plain.Length > 0 && plain[^1] != ' ') plain.Append(' ');
        }
        return plain.ToString();
    }

    static bool IsInvisible(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format or UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.SpacingCombiningMark
        || (Rune.IsControl(rune) && !Rune.IsWhiteSpace(rune)) || rune.Value == Phrasebook.NoCharacter;

    static ReadOnlySpan<char> After(Match match, string text) => text.AsSpan(match.Index + match.Length);

    static bool IsFraction(Match match, string text) => After(match, text).StartsWith(" of ");

    static bool IsGroupOrThing(Match match, string text) => match.Groups["group"].Success || NoPerson.IsMatch(After(match, text));

    static bool IsNoStreet(Match match, string text)
    {
        var (number, street, suffix) = (match.Groups["number"].Value, match.Groups["street"].Value, match.Groups["suffix"].Value);
        var dayOrYear = number.Length < 3 || (number.Length == 4 && number[..2] is "19" or "20");
        if (match.Groups["month"].Success || NotStreet.IsMatch(street + suffix)) return true;
        if (street.TrimEnd().Split(' ').All(word => char.IsUpper(word[0]) || char.IsDigit(word[0])) && char.IsUpper(suffix[0]))
        {
            // "by 3/20 Cardiology Dr. Smith will"
            return suffix.Length == 2 && dayOrYear && After(match, text).TrimStart(". ") is [var next, ..] && char.IsUpper(next);
        }
        return number.Length < 2 || street.Count(c => c == ' ') > 2 || PlainWords.IsMatch(street)
            || suffix.ToLowerInvariant() is not ("street" or "st" or "avenue" or "ave" or "road" or "rd" or "boulevard" or "blvd" or "lane" or "ln" or "terrace" or "parkway");
    }

    static bool IsOrdinary(Match match, string text) => IsOrdinary(match.Groups["first"].Value) || IsOrdinary(match.Groups["last"].Value);

    // Without a title a lower-case word is no name: "patient family's visit".
    static bool IsNobody(Match match, string text) => IsOrdinary(match, text)
        || ((match.Value[0] | 0x20) == 'p' && !char.IsUpper(match.Groups["first"].Value[0]));

    static bool IsOrdinary(string word) => Ordinary.Contains(word);
}
