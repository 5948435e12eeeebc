namespace EquityBot.Chat;

/// <summary>The words that the screens look for, and those that a name is told from.</summary>
public static partial class PhiScreen
{
    // What follows "patient" in the names of teams, programs and weeks.
    static readonly HashSet<string> Ordinary = new("""
        access accounts activation activity admission adult advisory advocacy advocate affairs after all ambassador american and appointment appointments appreciation april
        arabic arrival as asian assessment assessments assistance assistants at august authorization awareness bedside before behavioral belonging benefits bereavement bill
        billing bills black blood board both by call calls cancer cardiology care case center centered champions chaplain charter chat check chinese choice choices claims
        clinic clinical closet clothing committee communication community complaint complaints compliance concierge confidentiality connect consent contact contracts
        coordinator council counseling cultural culture dashboard data day deaf december demographics dental department desk determination dialysis dietary digital dignity
        disability discharge discharges diversity doula drop-in each ed education emergency employee employment empowerment engagement english enrollment entrance equipment
        equity escort event events every exit experience experiences fall falls families family family-centered february feedback fellowship financial first first-time fitness
        flow flu focus follow food for forum foundation friday friendly fund garden gateway general gift gown grievance group guide guides haitian handbook handling handoff
        health heart help hispanic home hospitality hotline housing how hub huddle i identification identity if immunization in inclusion infant information initiative injury
        innovation inpatient insurance intake intensive interpreter interpreters is january journey july june kiosk kitchen korean lab labor language latina latino lead
        leaders leadership learning legal letter letters lgbtq liaison liaisons library lift line listening literacy living log lounge mail management march materials maternal
        maternity may meal meals medicaid medical medicare meeting memory mental menu messaging mobile mobility model monday monitoring month more morning most mother's
        mychart names narrative native navigation navigator navigators needs new newborn newsletter no november nurse nurses nursing nutrition ob observation observers october
        office office-based ombuds ombudsman on oncology online only operations optimization oral orientation our outcome outcomes outpatient outreach packet panel parking
        partner partners pediatric peer per perinatal pharmacy photo physical physician placement policy population portal preferences prenatal prevention pride primary
        privacy privileges procedures program program's project protection psychiatry pulmonary quality question questionnaire questions reach readmission readmissions receipt
        records recovery recruitment referral referrals registration registry rehab rehabilitation relations reminder reminders reported reporting reports representative
        request requests research residents resource resources respect respiratory responsibilities retention returns review ride rideshare rights rounding rounds roundtable
        routing rural russian safety satisfaction saturday scheduling school scorecard screen screening self self-determination senior seniors september service services
        sexual shuttle sign since sitter sitters sleep smart social social-work somali spanish special specialist specialists spiritual spotlight staff status steering stories
        story stroke student summit sunday support surgery survey surveys symptom system task teach-back team team's technician technicians telehealth telephone television
        text that the therapy these they think this throughput thursday time to tool toolbox toolkit tools town tracer tracking training transfer transfers transit transition
        translation translator translators transplant transport transportation travel treatment triage trial trials trust tuesday unit until urgent utilization values veterans
        via video videos vietnamese visit visitation visitor visitors voice voices volunteer volunteers wait waiting walk-in walking we we'll webinar wednesday week welcome
        well-being wellbeing wellness what wheelchair when while white whiteboard who will wish with women women's work workflow workgroup workshop wound you youth zone zoom
        """.Split((char[])[' ', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries), StringComparer.OrdinalIgnoreCase);

    // First names that are no other word, for those who type without capitals.
    const string FirstNames =
        "(?:james|john|robert|michael|william|david|richard|joseph|thomas|charles|daniel|anthony|matthew|andrew|joshua|kevin|brian|edward|ronald|timothy|jason"
        + "|jeffrey|ryan|jacob|gary|nicholas|eric|jonathan|stephen|larry|justin|scott|brandon|benjamin|samuel|gregory|alexander|patrick|dennis|jerry|tyler|aaron"
        + "|jose|juan|luis|carlos|jorge|miguel|pedro|diego|fernando|javier|alejandro|mary|maria|patricia|jennifer|linda|elizabeth|barbara|susan|jessica|sarah"
        + "|karen|nancy|lisa|margaret|sandra|ashley|dorothy|kimberly|emily|donna|michelle|carol|amanda|melissa|deborah|stephanie|rebecca|laura|sharon|cynthia"
        + "|kathleen|amy|angela|shirley|brenda|emma|anna|pamela|nicole|samantha|katherine|christine|helen|debra|rachel|carolyn|janet|catherine|heather|diane"
        + "|olivia|julie|joyce|victoria|kelly|christina|joan|evelyn|lauren|judith|megan|andrea|cheryl|hannah|jacqueline|martha|gloria|teresa|sara|madison|frances"
        + "|kathryn|janice|jean|alice|abigail|sophia|jane|keisha|latoya|tanisha|jamal|darnell|tyrone|ana|carmen|rosa|guadalupe|lucia|sofia|isabel|elena|marisol"
        + "|fatima|aisha|amina|khadija|mohammed|mohamed|muhammad|ahmed|ali|hassan|ibrahim|omar|yusuf|nguyen|thanh|linh|minh|wei|ming|priya|anil|sanjay|olga"
        + "|svetlana|ivan|dmitri)";

    static readonly HashSet<string> GivenNames = new(FirstNames[3..^1].Split('|'), StringComparer.OrdinalIgnoreCase);

    const string Name = @"(?-i:\p{Lu}[\p{L}'-]+)";
    const string Belongings = "(?:chart|record|records|file|case|visit|stay|discharge|admission|surgery|appointment|room|bed|results?|labs?|diagnosis|medications?|meds|family|mother|father|wife|husband|daughter|son|complaint)";

    // Who one person may be called in a sentence about care.
    const string Somebody = @"(?:he|she|patient|pt\b\.?|client|baby|infant|child|boy|girl|man|woman|lady|gentleman|veteran|mother|father|mom|dad|grandmother|grandfather|grandma|grandpa|wife|husband|sister|brother|aunt|uncle|daughter|son)";

    const string Month = @"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?";
    const string Weekday = "(?:mon|tues|wednes|thurs|fri|satur|sun)day";
    const string Ordinal = "(?:(?:twenty|thirty)[- ])?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|thirtieth)";

    /// <summary>A day of a year, in figures or words; a month and a year alone is none.</summary>
    const string Date =
        $@"(?:[0-9]{{1,4}}[-/.][0-9]{{1,2}}[-/.][0-9]{{1,4}}|[0-9]{{1,2}}[-/][0-9]{{1,2}}(?![0-9])|{Month} (?:the )?(?:[0-9]{{1,2}}(?![0-9])|{Ordinal}\b)"
        + $@"|(?:the )?(?:[0-9]{{1,2}}(?:st|nd|rd|th)?|{Ordinal})[ -]?(?:of )?{Month}|[0-9]{{8}})";

    const string WordStates = "IN|OR|ME|HI|OK|ID|DE|LA|AL|CO|MD";
    const string States = "AK|AZ|AR|CA|CT|FL|GA|IL|IA|KS|KY|MA|MI|MN|MS|MO|MT|NE|NV|NH|NJ|NM|NY|NC|ND|OH|PA|RI|SC|SD|TN|TX|UT|VT|VA|WA|WV|WI|WY|DC|PR";
    const string StateNames =
        "Alabama|Alaska|Arizona|Arkansas|California|Colorado|Connecticut|Delaware|Florida|Georgia|Hawaii|Idaho|Illinois|Indiana|Iowa|Kansas|Kentucky|Louisiana|Maine|Maryland"
        + "|Massachusetts|Michigan|Minnesota|Mississippi|Missouri|Montana|Nebraska|Nevada|Hampshire|Jersey|Mexico|York|Carolina|Dakota|Ohio|Oklahoma|Oregon|Pennsylvania"
        + "|Rhode Island|Tennessee|Texas|Utah|Vermont|Virginia|Washington|Wisconsin|Wyoming|Puerto Rico";

    const string Suffixes = "street|st|avenue|ave|road|rd|boulevard|blvd|lane|ln|drive|dr|court|ct|way|place|pl|terrace|ter|parkway|pkwy|highway|hwy|circle|cir|trail|trl|square|sq|pike|alley|loop|plaza|crescent|crossing|broadway";
    const string DigitWord = "(?:zero|oh|one|two|three|four|five|six|seven|eight|nine)";
}
