using System.Text.RegularExpressions;

namespace EquityBot.Chat;

/// <summary>The screens, the more telling first, and what spares a match after all.</summary>
public static partial class PhiScreen
{
    const string Is = @"(?: ?(?:number|numbers|no\b\.?|num\b\.?|nr\b\.?|id|ids|is|was|are|were|reads|ending|ends|in|with|:|=|#|-|_|/|\.|\(|"")){0,6} ?";
    const string Marked = @" ?(?:numbers?|no\b\.?|num\b\.?|nr\b\.?|ids?\b|identifier|#)";

    // What may stand between a label that leaves no doubt and its number.
    const string Filler = @"(?: ?(?:number|numbers|no\b\.?|num\b\.?|nr\b\.?|id|ids|is|was|are|were|reads|ending|ends|in|with|of|for|the|this|that|her|his|their|our|a|patient|last|four|digits|\([a-z]{1,12}\)|:|=|#|-|_|/|\.|\(|\[|\*|"")){0,8} ?";
    const string CodeStart = "(?:[a-z]{1,4}[-_]?|(?-i:[A-Z]{1,3}) )?[0-9]";
    const string CodeStep = "(?:[-._/, ]|[a-z]{1,2})?[0-9]";
    const string Code = $"(?<code>{CodeStart}(?:{CodeStep}){{2,}})";
    const string Long = $"(?<code>{CodeStart}(?:{CodeStep}){{4,}})";
    const string Spelled = $"(?:{DigitWord}[ ,.-]{{1,2}}){{3,}}{DigitWord}";

    const string Mrn = @"\bm[ .-]{0,2}r[ .-]{0,2}n(?:'?s)?(?![a-z])";
    const string Ssn = @"\b(?:s\.?s\.?n\b\.?(?:'?s)?|ss ?(?:#|number\b|no\b\.?)|soc(?:ial)?\.? ?sec(?:urity)?\.?(?: ?(?:number|no\b\.?|num\b\.?|id|#))|social (?:number|no\b\.?|#))";
    const string On = @"(?: ?(?:is|was|:|=|-|on|in|the|\(|,|''|"")){0,4} ?";
    const string Word = @"(?!(?:by|before|until|and|or|who|will|get)\b)[\w'.-]+";
    const string Place = $"(?: (?:from|to|at|with|in|into|for|through) (?:{Word} ){{0,2}}?{Word}){{0,2}}";
    const string Cared = "(?:(?:re)?admitted|discharged|(?:re)?hospitali[sz]ed|died|deceased|passed away|born|expired)";
    const string Event = "(?:appointment|surgery|operation|procedure|chemo|chemotherapy|dialysis|biopsy|scan|mri|stroke|c-section|hospitali[sz]ation|readmission|admission|discharge|transplant|funeral|infusion|colonoscopy)";
    const string Octet = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    const string Mbi = "[1-9][ac-hj-km-np-rt-y][0-9ac-hj-km-np-rt-y][0-9][- ]?[ac-hj-km-np-rt-y][0-9ac-hj-km-np-rt-y][0-9][- ]?[ac-hj-km-np-rt-y]{2}[0-9]{2}";
    const string Nineties = "(?:9[0-9]|1[0-4][0-9])";
    const string NinetiesInWords = "(?:ninety(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?|(?:a|one) hundred(?: and)?(?:[- ](?:one|two|three|four|five))?)";

    static readonly Screen[] Screens =
    [
        new(PhiRule.MedicalRecordNumber, $@"{Mrn}{Filler}(?:{Code}|{Spelled})", IsYearOrCount),
        new(PhiRule.MedicalRecordNumber, @"(?<![0-9])[0-9](?:[-. ]?[0-9]){4,14} ?[(,]? ?(?:(?:is|was|=|as) )?(?:(?:the|her|his|their|a|this|patient's|pt's) )?(?:mrn\b|medical record (?:number|no))"),
        new(PhiRule.MedicalRecordNumber, $@"\b(?:(?:medical )?record|med(?:ical)?\.? rec(?:ord)?\.?|charts?|patient|pt|empi|mpi|emr|ehr|epic|cerner|hospital)\.?{Marked}{Is}{Code}", IsYearOrCount),
        new(PhiRule.MedicalRecordNumber, @"\b(?:(?:medical record|chart|patient|pt\b\.?|empi)[: ]{1,2}(?<code>(?:[a-z]{1,4}-?)?[0-9]{5,})|records?:? (?<code>(?:[a-z]{1,4}-?)?[0-9]{6,})|(?:medical|med\.?|her|his) (?:record|chart) (?:is|was) (?<code>(?:[a-z]{1,4}-?)?[0-9]{5,}))", IsRound),
        new(PhiRule.AccountNumber, $@"\b(?:accounts?|acct|acc|members?|csn|har|fin|medicare|medicaid|hicn|beneficiary|subscriber|guarantor|insurance|health ?plan|(?:insurance|health|her|his|(?:patient|member)'?s?) (?:policy|group|plan))\.?{Marked}{Is}{Code}", IsYearOrCount),
        new(PhiRule.AccountNumber, $@"\b(?:encounter|visit|group|unit|claim|(?:prior )?auth(?:orization)?|rx|prescription|referral|accession|specimen|case|lab order)s?\.?{Marked}{Is}{Long}", IsRound),
        new(PhiRule.AccountNumber, $@"(?<ledger>\b(?:gl|g/l|ledger|budget|cost|expense|operating|fund) )?\b(?:account|acct|member|encounter|csn|har|fin|mbi)\b\.?{Is}{Long}", (match, text) => match.Groups["ledger"].Success || IsRound(match, text)),
        new(PhiRule.AccountNumber, $@"(?<![a-z0-9])(?:{Mbi})(?![a-z0-9])|(?<![0-9-])[3-6][0-9]{{3}}[- ](?:[0-9]{{4}}[- ]){{2}}[0-9]{{4}}(?![0-9-])|(?<![0-9-])[0-9]{{3}}-[0-9]{{3}}-[0-9]{{3}}(?![0-9-])"),
        new(PhiRule.LicenseOrPlate, $@"\b(?:licen[cs]e|certificate|passport|visa|green card|dl|lic\.?|driver'?s'?)s?(?: card)?{Marked}{Is}{Code}|\b(?:driver'?s'? licen[cs]e|passport|driver'?s'? lic\.?){Is}{Code}", IsYearOrCount),
        new(PhiRule.LicenseOrPlate, @"\b(?:(?:licen[cs]e |number |registration )?plates?|tags? (?:number|no\.?|#))(?: ?(?:number|no\b\.?|#|is|was|reads|:|=|-)){0,3} ?(?-i:[A-Z]{1,4}[- ]?[0-9]{2,5}|[0-9]{1,4}[- ]?[A-Z]{2,4}(?:[- ]?[0-9]{1,4})?)\b"),
        new(PhiRule.LicenseOrPlate, @"\blicen[cs]e plates?(?: ?(?:number|no\b\.?|#|is|was|reads|:|=|-)){0,3} ?[a-z]{1,4}[- ]?[0-9]{2,5}\b|\bvin(?: ?(?:number|no\b\.?|#|is|:)){0,3} ?(?=[a-z]{0,10}[0-9])[a-z0-9]{11,17}\b"),
        new(PhiRule.LicenseOrPlate, @"\b(?=(?:[a-z]{0,12}[0-9]){5})(?=[0-9]{0,12}[a-z])[a-hj-npr-z0-9]{17}\b"),
        new(PhiRule.DeviceSerial, $@"\b(?:serial(?: (?:numbers?|no\b\.?|nr\b\.?|#))?|s/n|sn ?[:#]|(?:device|implant|pacemaker|pump|equipment){Marked}|udi|imei){Is}{Code}", IsYearOrCount),
        new(PhiRule.DeviceSerial, "(?<![0-9a-f:])(?:[0-9a-f]{2}:){5}[0-9a-f]{2}(?![0-9a-f:])"),
        new(PhiRule.IpAddress, $@"(?<![0-9.])(?:{Octet}\.){{3}}{Octet}(?![0-9]|\.[0-9])", IsOutline),
        new(PhiRule.IpAddress, "(?<![0-9a-f:])(?:(?:[0-9a-f]{1,4}:){7}[0-9a-f]{1,4}|(?:[0-9a-f]{1,4}:){2,6}(?::[0-9a-f]{1,4}){1,6})(?![0-9a-f:])"),
        new(PhiRule.SocialSecurityNumber, "(?<![0-9])[0-9]{3} ?[-./_ ] ?[0-9]{2} ?[-./_ ] ?[0-9]{4}(?![0-9])"),
        new(PhiRule.SocialSecurityNumber, $@"{Ssn}{Filler}(?:(?<code>[0-9](?:[-. ]{{0,2}}[0-9]){{3,}})|{Spelled})|\bsocial(?: security)?{Filler}(?<code>[0-9](?:[-. ]?[0-9]){{8}})(?![0-9])", IsYearOrCount),
        new(PhiRule.SocialSecurityNumber, $@"\blast (?:four|4)(?: digits)?(?: of)?(?: (?:the|her|his|their|my))? (?:ssn|social)(?: security)?{Filler}[0-9]{{4}}\b|(?<![a-z0-9])[x*#]{{3}}[-. ]?[x*#]{{2}}[-. ]?[0-9]{{4}}(?![0-9])"),
        new(PhiRule.Phone, @"(?<![0-9])(?:1[-. ]{0,2})?(?:\([0-9]{3}\) ?[-./]? ?|[0-9]{3} ?[-./_] ?|[2-9][0-9]{2} )[0-9]{3} ?[-./_ ]? ?[0-9]{2}[-. ]?[0-9]{2}(?![0-9])"),
        new(PhiRule.Phone, @"(?:\+ ?|(?<![\w.,:])(?:00 ?|011[- ]))[1-9](?:[-. ()/]{0,2}[0-9]){7,14}(?![0-9])|(?<![\w.,:/-])0[0-9]{2,4}[- ][0-9]{3,4}[- ][0-9]{3,4}(?![0-9])"),
        new(PhiRule.Phone, @"\b(?:call|phone|telephone|tel|cell|mobile|fax|text|sms|whatsapp|pager|beeper|dial|ph|callback|voicemail|number|line|contact|reach(?:ed)?|home)(?:[.:#]| (?:number|no\.?|is|at|on|me|us|him|her|them|the|my|family|patient|back)|s\b){0,4} ?(?:(?<from>[2-9][0-9]{2})[-._ ]?(?<to>[0-9]{4})|1?[2-9][0-9]{9})(?![0-9])", IsRange),
        new(PhiRule.Phone, $@"(?<![0-9-])[2-9][0-9]{{2}}[-._]0[0-9]{{3}}(?![0-9-])|(?<![0-9]|[0-9] )[0-9](?:[ .][0-9]){{6,14}}(?![0-9])|\b(?:{DigitWord}[ ,.-]{{1,2}}){{6,}}{DigitWord}\b"),
        new(PhiRule.Email, @"[\p{L}\p{N}_+-](?:@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*\.\p{L}{2,}| ?@ ?[\p{L}\p{N}-]+ ?\. ?(?:com|org|net|edu|gov|us|health)\b)"),
        new(PhiRule.Email, @"[\p{L}\p{N}] ?[\[({] ?at ?[\])}] ?[\p{L}\p{N}-]+(?: ?[\[({] ?dot ?[\])}] ?|\.)\p{L}{2,}|[\p{L}\p{N}] at [\p{L}\p{N}-]+ dot (?:[\p{L}\p{N}-]+ dot )?(?:com|org|net|edu|gov|us|health)\b"),
        new(PhiRule.PersonalDate, $@"\b(?:d\.?o\.?b\b\.?|d[. ]{{1,2}}o[. ]{{1,2}}b\b\.?|date of birth|birth ?date|birthday)(?:'s)?{On}(?:{Date}|(?:19|20)[0-9]{{2}}\b)|\bb\. ?[0-9]{{1,2}}/[0-9]{{1,2}}/(?:[0-9]{{2}}){{1,2}}\b"),
        new(PhiRule.PersonalDate, $@"\b(?:born|died|deceased|passed away|(?:re)?admitted|discharged|(?:re)?hospitali[sz]ed|diagnosed|gave birth|d/c'?d|dc'd)(?: home| again| since| from)?(?:{On}|{Place} on (?:the )?){Date}", IsNoDate),
        new(PhiRule.PersonalDate, $@"\b(?:date of (?:death|admission|discharge|service|surgery|visit)|(?:admission|admit|adm\.?|discharge|d/c|service|surgery|procedure|death|delivery) date|e[dr] visit|dos|dod|doa|edd|edc|lmp)\b{On}{Date}|\b(?:admission|admit|adm\.?|discharge|d/c|death)(?: ?[:=-])? ?{Date}|(?:(?<=^|[.;:,] ?)|\b(?:her|his|the|an?|pt|patient|patient's|unsafe|early|late) )(?:admission|discharge) on {Date}", IsNoDate),
        new(PhiRule.PersonalDate, $@"\b{Somebody}(?:'s|(?: was| has)?) (?:expired|seen|treated|transferred|operated(?: on)?|intubated|passed|delivered){Place}{On}{Date}", IsDeed),
        new(PhiRule.PersonalDate, $@"\b(?:her|his|their|(?:patient|pt|client|mother|father|baby|child)'s) (?:\p{{L}}+ )?{Event}(?: (?:is|was|on|for|set|scheduled|moved|booked|to|at|the)){{0,4}} {Date}", IsNoDate),
        new(PhiRule.PersonalDate, $@"\b{Date}(?: ?,? ?[0-9]{{4}})?(?:[ ,()]{{0,3}}(?:d\.?o\.?b\b|date of birth|birth ?date|birthday)|,? (?:the |our |this |a )?{Somebody}(?:(?: was| got| had been)? {Cared}| was (?:seen|treated|transferred|operated))\b)"),
        new(PhiRule.PersonalDate, $@"\b{Somebody} (?:is|was|were) born (?:on |in |around )?(?:the )?{Month}|\b{Somebody}(?: was| got| has been)? {Cared}(?: (?:home|again|just|late|early))?(?: (?:yesterday|today|tonight|last night|this (?:morning|afternoon|evening))|(?: (?:on|last|this))? {Weekday}(?!s))\b", IsAnybody),
        new(PhiRule.AgeOver89, $@"\b{Nineties}(?:[- ]?(?:years?|yrs?)\.?[- ]?(?:olds?\b|of age\b|young\b)|[- ]?y\.?[/ ]?o\b| ?(?-i:[FM])(?: (?:with|w/|c/o|presenting|s/p|who|admitted|seen|here|found)\b))", IsGroupOrThing),
        new(PhiRule.AgeOver89, $@"\b(?<group>(?:over|above|under|below|than|to|until|from|between|average|mean|median) (?:the )?)?age(?:d|s)?(?: ?(?:of|is|was|:|=|-)){{0,2}} ?(?:{Nineties}|{NinetiesInWords})\b", IsGroupOrThing),
        new(PhiRule.AgeOver89, $@"\b{NinetiesInWords}[- ](?:years?[- ]olds?|y\.?[/ ]?o)\b|\b{Somebody}(?:'s| is| was) (?:now |already )?{NinetiesInWords}\b", IsGroupOrThing),
        new(PhiRule.AgeOver89, $@"\b(?:who|{Somebody})(?:'s|,| is| was| turned| turns| just turned| is turning| \()(?: now| already| almost)? ?{Nineties}(?![0-9%:/])|\b(?:her|his|(?:patient|pt|client|mother|father)'s) (?:9(?:[04-9]th|1st|2nd|3rd)|1[0-4][0-9](?:st|nd|rd|th)) birthday", IsMeasure),
        new(PhiRule.StreetAddress, $@"\b(?<month>{Month} )?(?<number>[0-9]{{1,6}})[a-z]?(?:-[0-9]+)? (?<street>(?:(?:[0-9]{{1,3}}(?:st|nd|rd|th)|\p{{L}}[\p{{L}}'.-]*) ){{1,4}}?)(?<suffix>{Suffixes})\b", IsNoStreet),
        new(PhiRule.StreetAddress, @"\bp\.? ?o\.? ?box ?#? ?[0-9]+|\b(?:rr|rural route|hc) ?#?[0-9]+,? box ?#?[0-9]+|\bapt\b\.? ?#?[0-9]|\b[0-9]{2,5} block of (?-i:\p{Lu})"),
        new(PhiRule.StreetAddress, $@"\b(?:address(?: ?(?:is|was|:|=|-)){{1,2}}|(?:home|her|his|mailing) address|(?:lives|lived|resides|resided|stays) at) ?[0-9]{{1,6}}[a-z]? \p{{L}}|\b(?:lives|lived|resides|resided) (?:on|at|off|near) (?:the )?(?:(?-i:\p{{Lu}})[\p{{L}}'.-]* ){{1,4}}?(?:{Suffixes})\b"),
        new(PhiRule.ZipCode, @"\b(?:zip|postal code)s?(?:\+4)?(?: ?codes?)?(?: ?(?:is|was|of|in|:|=|#|-|\(|area|areas)){0,3} ?[0-9]{5}(?:-[0-9]{4})?\b"),
        new(PhiRule.ZipCode, $@"(?:\b(?:{States}|(?-i:{StateNames})),? |\b(?-i:(?:IN|ME|HI|OK|DE|LA|AL|CO|MD)) |, ?(?-i:{WordStates}) |\b(?-i:{States})-?)(?<code>[0-9]{{5}})\b|\b[0-9]{{5}}-[0-9]{{4}}\b", IsRound),
        new(PhiRule.ZipCode, @"\b(?<code>[0-9]{5})[- ](?:area|zip|postal|neighborhood)\b|\b(?:patients?|residents|families|family|people|adults|children|clients|lives?|lived|living|resides?|residing|home|households?)(?: who)?(?: lives?| lived| living| residing)? (?:in|from|near|around) (?:the )?(?<code>[0-9]{5})(?![0-9,.]*[0-9])|\b(?:in|from|near|around) (?-i:\p{Lu})[\p{L}']+(?: (?-i:\p{Lu})[\p{L}']+)?,? (?<code>[0-9]{5})(?=[.,;)]? ?$|[.,;)] )", IsRound),
        new(PhiRule.PatientName, $@"\b(?:patient[:,]?|(?-i:[Pp]t)[.:,]?|client:?)(?: -)? \(?""?(?:is |was )?(?<first>{Name}|(?-i:\p{{Lu}})\.) (?<last>(?-i:\p{{Lu}}(?:[\p{{L}}'-]*)))|\b(?:patient:|(?-i:[Pp]t)[.:]?) (?<first>{Name}), (?<last>{Name})", IsOrdinary),
        new(PhiRule.PatientName, $@"\b(?:patient|(?-i:[Pp]t))[.:]? (?:(?:is |was )?(?:named|called|known as) (?:{Name}|{FirstNames}\b)|(?:mrs?|ms|miss|mx)\b\.? \p{{L}}|{FirstNames} \p{{L}})|\b(?:the|our|this) patient, (?:mrs?|ms|miss|mx)\b\.? \p{{L}}"),
        new(PhiRule.PatientName, $@"\b(?:patient|pt)(?:'s)? name(?:(?: is| was|:| =)+ ?\p{{L}}| {Name} {Name})|\bname of (?:the|this|our) patient (?:is|was) \p{{L}}|\bbaby (?:boy|girl) (?<first>{Name})", (match, _) => IsOrdinary(match.Groups["first"].Value)),
        new(PhiRule.PatientName, $@"\b(?:(?:mrs?|ms|miss|mx)\b\.?|patient|(?-i:[Pp]t)\b\.?) (?<first>\p{{L}}[\p{{L}}'-]*)(?: (?<last>\p{{L}}[\p{{L}}-]*))?(?:'s|s') (?:\p{{L}}+ )?{Belongings}\b", IsNobody),
        new(PhiRule.PatientName, $@"\b(?:mrs?|ms|miss|mx)\b\.? {Name}(?: {Name})? (?:(?:was|is|has been|had been|got|being) (?:\p{{L}}+ )?(?:(?:re)?admitted|discharged|diagnosed|hospitalized|treated|transferred)|(?:died|passed away)\b|in (?:room|bed|rm)\b)"),
        new(PhiRule.PatientName, $@"\b(?:patient|(?-i:[Pp]t)\b\.?) (?<first>{Name}) (?:missed|waited|needs|came|said|asked|refused|complained|died|lives|left)\b", IsOrdinary),
        new(PhiRule.PatientName, $@"\b(?<first>{Name}) (?<last>{Name}),? (?:is |was )?(?:a|our|one of our) (?:\p{{L}}+ )?patient\b(?!-|'|s)", IsStaff),
    ];

    static readonly Regex Money = TextPattern.Of("^ ?(?:dollars|usd|euros)\\b");

    /// <summary>A bare run of digits comes last, so that a more telling rule can name it.</summary>
    static readonly Screen LongNumber = new(
        PhiRule.MedicalRecordNumber,
        @"(?<known>[$€£] ?|usd ?|nct|pmc|pmid:? ?|inc|req|ritm|chg|isbn:? ?|\b(?:po|invoice|ticket|grant|award|contract|rfp|rfa|requisition|(?:work|purchase) order|irb|protocol|duns|cost center|gl account)(?: (?:number|no\.?))?:? ?#?)?[0-9]{8,}",
        (match, text) => match.Groups["known"].Success || Money.IsMatch(After(match, text)));

    static readonly Regex Dialled = TextPattern.Of("(?<![0-9])1?[2-9][0-9]{2}[2-9][0-9]{6}(?![0-9])");
    static readonly Regex NoPerson = TextPattern.Of(@"^(?: ?- ?[0-9]| (?:to|through) [0-9]|(?: |-)?(?:\+|%|percent|days?|hours?|minutes?|months?|(?:years? )?(?:and|or) (?:older|over|above|more|up|greater)|(?:\p{L}+ )?(?:building|hospital|institution|organization|tradition|history|program|law|policy|wing|facility|school|church|company|charter|campus|clinic|house|legacy|lease|rule|practice|map)))");
    static readonly Regex Thing = TextPattern.Of(@"\b(?:building|hospital|clinic|wing|ward|school|church|organization|institution|company|program|policy|law|system|boiler|elevator|roof|ramp|lease|charter|equipment|tradition|city|county|college|university)(?:'s)?(?: (?:is|was|are|turns|turned))?(?: (?:now|over|nearly|about|almost|more than))? $");
    static readonly Regex Counted = TextPattern.Of(@"^(?: ?%| ?percent\b| (?:patients|people|families|adults|children|charts|records|members|visits|encounters|calls|times|homes|staff|nurses|more|new)\b)");
    static readonly Regex Measured = TextPattern.Of(@"^(?:[.,:/-][0-9]| ?%| (?:percent|minutes?|hours?|days?|weeks?|months?|points?|pounds|lbs|kg|degrees|miles|feet|steps|calls|of|out of|per|patients|people|families|beds|visits|in all|in total|altogether)\b)");
    static readonly Regex NotADate = TextPattern.Of(@"^(?:[0-9%]| of | ?%| (?:times|days|hours|weeks|months|people|patients|percent|more|per)\b)");
    static readonly Regex Weeks = TextPattern.Of("^ at [0-9]{2} ?w(?:ee)?ks?");
    static readonly Regex Until = TextPattern.Of(@"^(?:/[0-9]| ?- ?[0-9]| (?:to|through|until) )");
    static readonly Regex Everybody = TextPattern.Of(@"\b(?:patients|people|adults|families|children|women|men|mothers|babies|clients|veterans|everyone|everybody|all|those|anyone)(?: who)?(?: were| was| are)? $");
    static readonly Regex Anybody = TextPattern.Of(@"\b(?:every|each|any|no|per|a|an) (?:\w+ )?$");
    static readonly Regex Outline = TextPattern.Of(@"(?:section|sections|version|release|build|chapter|step|steps|item|goal|part|table|figure|firmware|paragraph|v|§) ?$");
    static readonly Regex Role = TextPattern.Of(@"^(?:-| (?:advoca|advis|navigat|experience|safety|and family|relation|liaison|representative|portal|educat|access|service|transport|partner|engage|financial|ambassador|champion|voice|rights|quality|council|sitter|coordinator|support|program|flow|care|tech|ombuds))");
    static readonly Regex NotStreet = TextPattern.Of(@"\b(?:united way|safe place|first place|(?:drug|family|juvenile|health|treatment|veterans|housing|probate|municipal|county|district|supreme|eviction) court|(?:blood|food|coat|vaccine|vaccination|toy|book|supply|donation|registration|voter|flu) drive)$");
    static readonly Regex PlainWords = TextPattern.Of(@"\b(?:the|a|an|of|to|in|on|at|by|for|from|with|and|or|across|our|their|its|new|more|per|will|we|who|patients?|staff|people|families|clinics?|visits?|nurses|minutes|hours|days|weeks|events?|off|safe|open|street|each|every|down)\b");
    static readonly Regex SeveralThings = TextPattern.Of(@"^ (?-i:\p{Ll}{3,}s)\b");

    static ReadOnlySpan<char> After(Match match, string text) => text.AsSpan(match.Index + match.Length);

    /// <summary>The last few words before it: an expression that ends at them would look everywhere else first.</summary>
    static ReadOnlySpan<char> Before(Match match, string text) => text.AsSpan(Math.Max(0, match.Index - 60), Math.Min(60, match.Index));

    /// <summary>"MRNs in the 2026 registry", "the MRN of 300 patients".</summary>
    static bool IsYearOrCount(Match match, string text)
    {
        var code = match.Groups["code"];
        var isYear = code.Value is ['2', '0', _, _] && match.Value.AsSpan(0, code.Index - match.Index).TrimEnd() is var label
            && (label.EndsWith(" in", StringComparison.OrdinalIgnoreCase) || label.EndsWith(" the", StringComparison.OrdinalIgnoreCase) || label.EndsWith(" for", StringComparison.OrdinalIgnoreCase));
        return isYear || (code.Success && code.Length < 6 && Counted.IsMatch(After(match, text)));
    }

    /// <summary>A number that ends in hundreds counts something.</summary>
    static bool IsRound(Match match, string text) => match.Groups["code"].Value.EndsWith("00", StringComparison.Ordinal) || IsYearOrCount(match, text);

    /// <summary>"call 900-1200 families", "reach 2500000 homes".</summary>
    static bool IsRange(Match match, string text) => match.Groups["from"].Success && (match.Groups["to"].Value[0] != '0' || match.Groups["to"].Value == "0000") && After(match, text) is [' ', var next, ..] && char.IsLetter(next);

    /// <summary>"every patient discharged today".</summary>
    static bool IsAnybody(Match match, string text) => Anybody.IsMatch(Before(match, text));

    static bool IsOutline(Match match, string text) => Outline.IsMatch(Before(match, text));

    /// <summary>"discharged 3/4 of the patients", "patients discharged 3/1-3/31".</summary>
    static bool IsNoDate(Match match, string text) => NotADate.IsMatch(After(match, text)) || (Until.IsMatch(After(match, text)) && Everybody.IsMatch(Before(match, text)));

    /// <summary>"she delivered on March 3" what she had promised, rather than a child.</summary>
    static bool IsDeed(Match match, string text) => IsNoDate(match, text)
        || (match.Value.Contains("delivered", StringComparison.OrdinalIgnoreCase) && match.Value.Split(' ')[0].ToLowerInvariant() is "he" or "she" && !Weeks.IsMatch(After(match, text)));

    static bool IsGroupOrThing(Match match, string text) => match.Groups["group"].Success || NoPerson.IsMatch(After(match, text)) || Thing.IsMatch(Before(match, text));

    static bool IsMeasure(Match match, string text) => NoPerson.IsMatch(After(match, text)) || Measured.IsMatch(After(match, text));

    static bool IsNoStreet(Match match, string text)
    {
        var (number, street, suffix) = (match.Groups["number"].Value, match.Groups["street"].Value, match.Groups["suffix"].Value);
        var dayOrYear = number.Length < 3 || (number.Length == 4 && number[..2] is "19" or "20");
        if (match.Groups["month"].Success || NotStreet.IsMatch(street + suffix)) return true;
        if (number.Length < 3 && SeveralThings.IsMatch(After(match, text))) return true;
        if (street.TrimEnd().Split(' ').All(word => char.IsUpper(word[0]) || char.IsDigit(word[0])) && char.IsUpper(suffix[0]))
        {
            // "by 3/20 Cardiology Dr. Smith will"
            return suffix.Length == 2 && dayOrYear && After(match, text).TrimStart(". ") is [var next, ..] && char.IsUpper(next);
        }

        return number.Length < 2 || street.Count(c => c == ' ') > 2 || PlainWords.IsMatch(street)
            || suffix.ToLowerInvariant() is not ("street" or "st" or "avenue" or "ave" or "road" or "rd" or "boulevard" or "blvd" or "lane" or "ln" or "terrace" or "parkway");
    }

    static bool IsOrdinary(Match match, string text) => IsOrdinary(match.Groups["first"].Value)
        || (IsOrdinary(match.Groups["last"].Value) && !GivenNames.Contains(match.Groups["first"].Value));

    // Without a title a lower-case word is no name: "patient family's visit".
    static bool IsNobody(Match match, string text) => IsOrdinary(match, text)
        || ((match.Value[0] | 0x20) == 'p' && !char.IsUpper(match.Groups["first"].Value[0]));

    /// <summary>"Dana Reyes is a patient navigator".</summary>
    static bool IsStaff(Match match, string text) => IsOrdinary(match, text) || Role.IsMatch(After(match, text));

    /// <summary>Words that end so are no names, or hardly ever.</summary>
    static bool IsOrdinary(string word) => Ordinary.Contains(word)
        || (word.Length > 7 && (word.EndsWith("tion", StringComparison.OrdinalIgnoreCase) || word.EndsWith("ment", StringComparison.OrdinalIgnoreCase) || word.EndsWith("ness", StringComparison.OrdinalIgnoreCase)));
}
