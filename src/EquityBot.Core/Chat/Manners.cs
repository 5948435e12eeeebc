using System.Text.RegularExpressions;

namespace EquityBot.Chat;

/// <summary>What people say around a thing rather than about it: greetings, thanks, "could you please". Pure.</summary>
public static partial class Manners
{
    /// <summary>In an expression: the beginning of what somebody is about to do by saying so. A blank follows whatever it takes.</summary>
    public const string Intent = "(?:(?:we|i)(?:'ll| will|'re going to| are going to|'m going to| am going to) (?:have to |need to )?)?";

    /// <summary>In an expression: how somebody may be called.</summary>
    public const string Name = @"@?[\p{L}\p{N}._' -]{1,60}?";

    /// <summary>Without greeting in front and thanks behind. What is nothing but a greeting stays.</summary>
    public static string Without(string said) => Behind(Front(said, Greeting()));

    /// <summary>What somebody asks for or says they have to do, as if they had said it straight out: "could we push C-12" is "push C-12".</summary>
    public static string Straight(string said) => Front(said, Wish());

    /// <summary>A promise's number as people type it in a hurry, where it comes first: "c12", "promise 12", "commitment #12" are C-12.</summary>
    public static string WithNumber(string said) => HurriedNumber().Replace(said, "C-${number}", 1);

    static string Front(string said, Regex front)
    {
        while (front.Match(said) is { Success: true } match && match.Length < said.Length)
        {
            said = said[match.Length..];
        }

        return said;
    }

    static string Behind(string said)
    {
        while (Thanks().Match(said) is { Success: true, Index: > 0 } match)
        {
            said = said[..match.Index];
        }

        return said;
    }

    [GeneratedRegex(
        @"^(?:(?:hi|hello|hey|dear|good (?:morning|afternoon|evening)|thanks?(?: you)?)(?: there| all| team| everyone| everybody)?(?:,? @?equity ?bot)?|@?equity ?bot|ok(?:ay)?|so|well|yes|yep|sure|just|also|and|now|please|pls|sorry|unfortunately|(?:great|good) news|btw|by the way|oh|actually|(?:quick |short |small )?(?:fyi|note|update|question|one|heads[ -]up|reminder|for the record)(?= ?[:,-]))\b ?[,.:!-]* ",
        RegexOptions.IgnoreCase)]
    private static partial Regex Greeting();

    [GeneratedRegex(
        @"^(?:(?:can|could|would|will|may|might) (?:you|u|we|i|someone|somebody)|(?:i'd|i would|we'd|we would) like(?: you)? to|(?:i|we) (?:want|need|have|has|ought)(?: you)? to|(?:i|we) (?:must|should)|let(?:'s| us| me)|it's time to|time to|go ahead and|i'm|i am|we're|we are|please|pls|kindly|just|also|finally|now)\b ",
        RegexOptions.IgnoreCase)]
    private static partial Regex Wish();

    // "a letter of thanks" is no thanks.
    [GeneratedRegex(@"(?:[,.!;-] ?|(?<!\b(?:of|for|our|your|with|many|with many|say)) )(?:please|pls|thank(?:s| you)(?: (?:so|very) much| a lot| all| [\p{L}]{2,15})?|thx|ty|cheers|(?:🙏|👍|🙂|:\)))[ .!]*$", RegexOptions.IgnoreCase)]
    private static partial Regex Thanks();

    [GeneratedRegex(@"(?<![\w-])(?:c ?#? ?|(?:commitment|promise) ?(?:#|no\.? |nr\.? |number )?)(?<number>\d{1,9})(?![\w%])", RegexOptions.IgnoreCase)]
    private static partial Regex HurriedNumber();
}
