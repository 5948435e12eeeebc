using System.Globalization;
using System.Text.RegularExpressions;
using EquityBot.Chat;
using NodaTime;

namespace EquityBot.Partnerships;

/// <summary>From "met with Eastside Food Bank yesterday, 12 people, they decided the opening hours" to what was done: with whom, when, how many, who decided what.</summary>
public static partial class ActivityWords
{
    /// <summary>Kinds that one word in the sentence gives away, the most telling first.</summary>
    static readonly (ActivityType Type, Regex Words)[] Types =
    [
        (ActivityType.JointAssessment, TextPattern.Of(@"\b(chna|needs assessment|community assessment)")),
        (ActivityType.DataSharing, TextPattern.Of(@"\b(data shar|shar(e|ed|ing) (the |our |their )?data|data use agreement)")),
        (ActivityType.Funding, TextPattern.Of(@"\b(mou|memorandum|grants?|funding|funded|contract|agreement)\b")),
        (ActivityType.ReferralPathway, TextPattern.Of(@"\breferrals?\b")),
        (ActivityType.Advocacy, TextPattern.Of(@"\b(advoca|testif|testimony|public comment|legislat|lobb)")),
        (ActivityType.Training, TextPattern.Of(@"\b(train(ed|ing)|taught|course|curriculum)\b")),
        (ActivityType.CoDesign, TextPattern.Of(@"\b(co-?design|designed|workshop)")),
        (ActivityType.Event, TextPattern.Of(@"\b(attended|fair|festival|event|town hall|gathering|celebration|ceremony|forum)\b")),
    ];

    /// <param name="how">The verb, as it was said.</param>
    /// <param name="words">What follows it.</param>
    /// <param name="today">The author's day, on which it was where no other is named.</param>
    public static (ActivityDraft Draft, PartnerNames.Found Found) Read(string how, string words, IReadOnlyCollection<Partner> partners, LocalDate today)
    {
        var (found, rest) = PartnerNames.FindFirst(words, partners);
        var day = PastDay.Find(rest, today);
        if (day is not null)
        {
            rest = rest.Remove(day.Start, day.Length);
        }

        var draft = new ActivityDraft
        {
            Partners = [.. found.Named.Select(partner => partner.Id)],
            On = day is null ? today : day.Day,
            Type = Types.FirstOrDefault(type => type.Words.IsMatch(how) || type.Words.IsMatch(rest)) is { Words: not null } known ? known.Type : ActivityType.Meeting,
            Promises = Promise().Matches(rest) is { Count: > 0 } named ? string.Join(", ", named.Select(one => one.Value.ToUpperInvariant()).Distinct().Take(10)) : null,
        };
        return (Clauses(rest).Aggregate(draft, Add), found);
    }

    static IEnumerable<string> Clauses(string text) => Between().Split(text).Select(clause => clause.Trim(' ', '.', '-', '(', ')')).Select(clause => LeadIn().Replace(clause, "")).Where(clause => clause.Length > 0);

    static ActivityDraft Add(ActivityDraft draft, string clause)
    {
        if (Count().Match(clause) is { Success: true } count && int.TryParse(count.Groups["n"].Value.Replace(",", "", StringComparison.Ordinal), NumberStyles.None, CultureInfo.InvariantCulture, out var people))
        {
            draft = draft with { People = draft.People ?? people };
            return count.Length == clause.Length ? draft : Tell(draft, clause);
        }

        if (TheyInvited().IsMatch(clause) || WeInvited().IsMatch(clause) || BothInvited().IsMatch(clause))
        {
            draft = draft with { By = BothInvited().IsMatch(clause) ? Initiator.Both : TheyInvited().IsMatch(clause) ? Initiator.Partner : Initiator.Us };
            return Bare().IsMatch(clause) ? draft : Tell(draft, clause);
        }

        foreach (var (power, pattern) in new[] { (DecisionPower.CoDecided, Together()), (DecisionPower.CommunityLed, TheyDecided()) })
        {
            if (pattern.Match(clause) is { Success: true } decided)
            {
                return draft with { Power = draft.Power ?? power, Decision = draft.Decision ?? decided.Groups["decision"].Value.Trim() };
            }
        }

        var said = Consulted().IsMatch(clause) ? DecisionPower.Consulted : Informed().IsMatch(clause) ? DecisionPower.Informed : (DecisionPower?)null;
        return Tell(draft with { Power = draft.Power ?? said }, clause);
    }

    static ActivityDraft Tell(ActivityDraft draft, string clause) => draft with { What = draft.What is null ? clause : $"{draft.What}, {clause}" };

    /// <summary>Whether the words seem to name one of those who came: counts are kept, never names.</summary>
    public static bool NamesSomebody(string text) => Attendee().IsMatch(text);

    // A thousand's comma stands between digits.
    [GeneratedRegex(@"[;.](?= |$)|,(?![0-9])| and (?=they |we |at their |at our |[0-9])", RegexOptions.IgnoreCase)]
    private static partial Regex Between();

    [GeneratedRegex(@"^(?:and|about|regarding|on|where|who|with|there|to talk about|to discuss|:) ", RegexOptions.IgnoreCase)]
    private static partial Regex LeadIn();

    [GeneratedRegex(@"(?:with |about |some |around )?(?<n>[0-9][0-9,]{0,8}) (?:people|persons|residents|attendees|participants|families|members|neighbou?rs|staff|youths?|parents|elders|students|guests|volunteers|patients|of us)(?: (?:were there|came|attended|took part|there|joined|showed up))?", RegexOptions.IgnoreCase)]
    private static partial Regex Count();

    [GeneratedRegex(@"\b(?:they|residents|neighbou?rs|families|parents|elders|the (?:community|residents|partners?|neighbou?rs|families|council|parents|elders|youth|group|members)|community members)(?: all)? (?:decided|chose|voted|picked|led|set)(?: on| for| that| to)? (?<decision>.+)$", RegexOptions.IgnoreCase)]
    private static partial Regex TheyDecided();

    [GeneratedRegex(@"\b(?:we|together we)(?: all| both| jointly)? (?:(?:decided|chose|agreed)(?: together| jointly)(?: on| that| to)?|agreed(?: on| that| to)?|co-?decided(?: on| that| to)?) (?<decision>.+)$|^together (?:we )?(?:decided|chose|agreed)(?: on| that| to)? (?<decision>.+)$|\bwe (?:decided|chose)(?: on| that| to)? (?<decision>.+?) (?:together|jointly)$", RegexOptions.IgnoreCase)]
    private static partial Regex Together();

    [GeneratedRegex(@"\b(?:consulted|(?:we )?asked (?:them|for (?:their|the))|they (?:advised|commented|told us|gave us|suggested|asked for|recommended)|their (?:feedback|advice|input|views?|ideas))\b", RegexOptions.IgnoreCase)]
    private static partial Regex Consulted();

    [GeneratedRegex(@"\b(?:informed|briefed|(?:we )?told them|(?:we )?presented|(?:we )?showed them|updated them|gave them an update)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Informed();

    [GeneratedRegex(@"\b(?:they (?:had )?(?:invited|asked|called) us\b|(?:at|on) their (?:invitation|request|initiative))", RegexOptions.IgnoreCase)]
    private static partial Regex TheyInvited();

    [GeneratedRegex(@"\b(?:we (?:had )?(?:invited|called) (?:them|it)\b|we asked them to (?:come|meet)|(?:at|on) our (?:invitation|request|initiative))", RegexOptions.IgnoreCase)]
    private static partial Regex WeInvited();

    [GeneratedRegex(@"\b(?:both (?:sides|of us) (?:wanted|asked|called|started)|(?:at|on) (?:our )?joint (?:invitation|initiative)|we both (?:wanted|called|started))", RegexOptions.IgnoreCase)]
    private static partial Regex BothInvited();

    /// <summary>Nothing but who invited whom.</summary>
    [GeneratedRegex(@"^(?:they (?:had )?(?:invited|asked|called) us|we (?:had )?(?:invited|called) (?:them|it)|(?:at|on) (?:their|our)(?: joint)? (?:invitation|request|initiative))$", RegexOptions.IgnoreCase)]
    private static partial Regex Bare();

    [GeneratedRegex(@"\b(?:residents?|neighbou?rs?|clients?|participants?|attendees?|parents?|mothers?|fathers?|famil(?:y|ies) of|guests?|tenants?|caregivers?)(?: named| called|,|:)? (?-i:\p{Lu}\p{Ll}+) (?-i:\p{Lu}\p{Ll}+)", RegexOptions.IgnoreCase)]
    private static partial Regex Attendee();

    [GeneratedRegex(@"\bC-\d{1,9}\b", RegexOptions.IgnoreCase)]
    private static partial Regex Promise();
}
