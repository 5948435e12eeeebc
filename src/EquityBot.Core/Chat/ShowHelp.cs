using System.Text.RegularExpressions;

namespace EquityBot.Chat;

/// <summary>Says what this person can do, made from the commands themselves.</summary>
public sealed partial class ShowHelp : ChatCommand
{
    public override string Verb => "show-help";

    public override string Action => "ask";

    public override bool Reads => true;

    public override IReadOnlyList<Regex> Sentences => [Help()];

    public override Task<Reply> HandleAsync(Turn turn, CancellationToken ct)
    {
        var words = turn.Words;
        var known = turn.Reader.Catalogue.Commands
            .Where(command => words.Has($"help.{command.Verb}") && (command.Needs is not null || turn.Reader.May(command.Action, null)))
            .OrderByDescending(command => command.AskedLast).ThenBy(command => command.Needs is not null)
            .Select(command => words["help.line", ("example", words[$"help.{command.Verb}"]), ("purpose", words[$"purpose.{command.Verb}"])]);
        return Task.FromResult(new Reply(new Card(
            words["help.title"],
            new Words(words["help.intro"]),
            new Bullets([.. known]),
            new Quiet(words["help.privacy"]))));
    }

    /// <summary>The answer to what was not understood: the likeliest two things as buttons, or where nothing is likely the nearest two as examples.</summary>
    public static Card NearMiss(Reader reader, IReadOnlyList<Button> hunches, IReadOnlyList<ChatCommand> nearest)
    {
        var words = reader.Words;
        if (hunches.Count > 0)
        {
            return new(words["hunch.question"], new Words(words["hunch.words"]), new ButtonRow(hunches), new Quiet(words["near-miss.help"]));
        }

        return new(
            words["near-miss.title"],
            new Words(words["near-miss.words"]),
            new Bullets([.. nearest.Select(command => words["help.line", ("example", words[$"help.{command.Verb}"]), ("purpose", words[$"purpose.{command.Verb}"])])]),
            new Quiet(words["near-miss.help"]));
    }

    [GeneratedRegex(@"^(?:\?|(?:help|hi|hello|hey|start|commands|menu|what (?:can|do) (?:you|i) (?:do|say)|what (?:are you|is this|else can (?:you|i) (?:do|say))|who are you|how (?:does (?:this|it) work|do (?:you|i) (?:work|use (?:this(?: thing| bot)?|you|it)|start|begin|log a (?:promise|commitment)))|(?:i need |show |give me )(?:some )?help|help me(?: please)?|good (?:morning|afternoon|evening))\b)(?: there| please| bot| equity ?bot)?[\s.!?]*$", RegexOptions.IgnoreCase)]
    private static partial Regex Help();
}
