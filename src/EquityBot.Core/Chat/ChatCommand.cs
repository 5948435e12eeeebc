using System.Text.RegularExpressions;

namespace EquityBot.Chat;

/// <summary>What a command puts on a subject's card.</summary>
/// <param name="Title">One of the fixed titles of the practice contract.</param>
public sealed record Offer(string Title, params IReadOnlyList<Input> Inputs)
{
    /// <summary>Values that go with the press whatever is typed.</summary>
    public IReadOnlyDictionary<string, string> Values { get; init; } = new Dictionary<string, string>();

    /// <summary>As good after the subject changed as before.</summary>
    public bool AtAnyVersion { get; init; }
}

/// <summary>
/// One thing a person can do by saying it or pressing it. The <see cref="Switchboard"/> has found the person, screened the words, loaded, locked and
/// authorised the subject before it runs, in one transaction, within two seconds, without the network.
/// </summary>
public abstract class ChatCommand
{
    /// <summary>The class name in kebab case: <c>log-commitment</c>. Phrases <c>help.{verb}</c> (an example sentence) make the help text.</summary>
    public abstract string Verb { get; }

    /// <summary>The row of <see cref="People.Rights"/> that decides.</summary>
    public abstract string Action { get; }

    /// <summary>Ways to say it. Named groups become <see cref="Turn.Values"/>; a group <c>ref</c> names the subject.</summary>
    public virtual IReadOnlyList<Regex> Sentences => [];

    /// <summary>Asked where no command's sentence fits: words that could be anything, about a subject that is named.</summary>
    public virtual IReadOnlyList<Regex> LooseSentences => [];

    /// <summary>Words by which it may be meant where no sentence fits; null where there are none. What they mean is then asked, never done.</summary>
    public virtual Regex? Hint => null;

    /// <summary>What its button is filled in with from such words, by input; null where they cannot mean it after all. Pure.</summary>
    public virtual IReadOnlyDictionary<string, string>? Filled(string said, Reader reader) => new Dictionary<string, string>();

    /// <summary>Greedy commands, which take whole sentences, are asked after all others.</summary>
    public virtual bool AskedLast => false;

    /// <summary>Whether it changes nothing, so that its buttons never go stale.</summary>
    public virtual bool Reads => false;

    /// <summary>The prefix of the subjects it acts on; null when it needs none.</summary>
    public virtual string? Needs => null;

    /// <summary>Not among the buttons of the subject's card, which would be too many on a phone; whoever asks for more finds it.</summary>
    public virtual bool OnRequest => false;

    /// <summary>Its button on the subject as it stands now, pure; null when it makes no sense now. Whether the reader may is asked elsewhere.</summary>
    public virtual Offer? Offer(View view, Reader reader) => null;

    public abstract Task<Reply> HandleAsync(Turn turn, CancellationToken ct);

    /// <summary>A new button for this command.</summary>
    public Button ButtonFor(ISubject? subject, Offer offer) => new(Guid.NewGuid(), offer.Title)
    {
        Verb = Verb,
        Ref = subject?.Ref,
        SubjectId = subject?.Id,
        Version = Reads || offer.AtAnyVersion ? null : subject?.Version,
        Reads = Reads,
        Inputs = offer.Inputs,
        Values = offer.Values,
    };
}

/// <summary>Every command, found by scanning; nothing is listed by hand.</summary>
public sealed class Catalogue(IEnumerable<ChatCommand> commands)
{
    readonly Dictionary<string, ChatCommand> byVerb = commands.ToDictionary(command => command.Verb, StringComparer.Ordinal);

    /// <summary>In the order in which a card shows their buttons.</summary>
    public IReadOnlyList<ChatCommand> Commands { get; } = [.. commands.OrderBy(command => command.AskedLast).ThenBy(command => Place(command.Verb))];

    public ChatCommand Command(string verb) => byVerb[verb];

    /// <summary>The buttons that settle something come first, the ways out last; what is not listed stands between.</summary>
    static int Place(string verb) => Array.IndexOf(["accept-commitment", "confirm-met", "decide-case", "report-progress", "complete-commitment", "acknowledge-case"], verb) is >= 0 and var place ? place : 100;
}
