using System.Text.RegularExpressions;
using EquityBot.Chat;

namespace EquityBot.Commitments;

/// <summary>The ways in which people say that they will do something, and what is left of it on the plan. Pure.</summary>
public static partial class PromiseWords
{
    const string When = "(?:by|before|until|no later than|within|in|from|starting|on|over|during|this|next) ";
    const string Do = "(?:will|is going to|are going to|(?:is|are) gonna|commits? to|promises? to|pledges? to|plans? to|aims? to|has committed to|have committed to|has decided to)";

    const string Does = $"(?: {Do}|'s going to)";

    // What is said to be polite, or to put something off, is no promise.
    const string We =
        "(?:we|i)(?: hereby| also| now| all)?(?:(?:'ll| will|'re going to| are going to|'m going to| am going to|'re gonna|'m gonna)(?: also| now| all)?(?! (?:see|think|let you|get back|be (?:away|out|back|off|late|there|on (?:leave|vacation|holiday))|call you|talk|not|never)\\b)"
        + "|(?:'re|'m| are| am) (?:planning|aiming|committed|committing|determined) to|(?:'ve| have) decided to|(?:'d| would) like to(?!.*\\b[a-z]-\\d)| shall"
        + "| (?:commit (?:ourselves|myself)|undertake|aim|intend|plan|vow|agree|mean) to| (?:want|hope) to(?!.*\\b[a-z]-\\d)| (?:promise|pledge|commit|guarantee)(?: that (?:we|i)(?:'ll| will)| to)?)";

    /// <summary>A department or somebody by name. A pronoun is neither.</summary>
    const string Who =
        "(?:(?:our|my|the) )?(?!(?:we|i|our|my|the|it|this|that|these|those|he|she|they|there|nothing|nobody|somebody|someone|everything|no|who|what|which|when|where|how|why|you|if|as|but|because|all|and|or|not|only|maybe)\\b)"
        + "(?<unit>[\\p{L}&'.-]{2,25}(?: (?!(?:we|i|our|my|it|they|he|she)\\b)[\\p{L}\\p{N}&'.-]{1,20}){0,4}?)(?: team| department| dept| unit| group| clinic| office| ward)?";

    const string Us = "(?:our|my) (?:team|department|unit|group|clinic|service|office|ward|staff|division)";

    [GeneratedRegex(@"^(?:(?:log|make|add|record|start|new|create|enter)(?: a| another| my| our)?(?: new)?(?: promise| commitment)|log|(?:another )?(?:promise|commitment))[.!:]*$", RegexOptions.IgnoreCase)]
    public static partial Regex Blank();

    [GeneratedRegex($@"^(?:log|record)(?: a (?:promise|commitment))? for (?<for>{Manners.Name}): ?(?<words>.+)$", RegexOptions.IgnoreCase)]
    public static partial Regex ForSomebody();

    [GeneratedRegex(
        @"^(?:log(?: (?:(?:a|another|my|our|this) )?(?:new )?(?:promise|commitment))?(?: that|:| -)?|(?:note(?: down)?|record|write down|put down|put on the plan|track|add)(?: (?:(?:a|another|our|my|this|the|as) )*(?:new )?(?:promise|commitment)(?: that)?| that|:)(?::| -)?|(?:(?:a |another |my |our )?(?:new )?(?:promise|commitment|pledge))(?::|,| -)) ?(?<words>.+)$",
        RegexOptions.IgnoreCase)]
    public static partial Regex Explicit();

    [GeneratedRegex($@"^(?<words>(?:{When}.{{2,40}}?,? )?(?:{We}|{Us} {Do}|{Who}{Does}) .+)(?<!\?)$", RegexOptions.IgnoreCase)]
    public static partial Regex InOwnWords();

    /// <summary>Five words at least, and no question.</summary>
    [GeneratedRegex(@"^(?=(?:\S+ ){4})\S(?!.*\?$)", RegexOptions.IgnoreCase)]
    public static partial Regex Hint();

    /// <summary>What is promised, without who promises it and by when.</summary>
    /// <param name="named">Whether a department or person that is known was named as the one who does it.</param>
    public static string Statement(string said, Dates.DatePhrase? due, bool named)
    {
        var rest = due is null ? said : said.Remove(due.Start, due.Length);
        return CommitmentForm.Statement((named ? NamedLead() : Lead()).Replace(rest, ""));
    }

    [GeneratedRegex($@"^[\s,]*(?:{We}|{Us} {Do}) ", RegexOptions.IgnoreCase)]
    private static partial Regex Lead();

    [GeneratedRegex($@"^[\s,]*(?:{We}|{Us} {Do}|{Who}{Does}) ", RegexOptions.IgnoreCase)]
    private static partial Regex NamedLead();
}
