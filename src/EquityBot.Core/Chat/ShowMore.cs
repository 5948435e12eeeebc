using System.Text.RegularExpressions;

namespace EquityBot.Chat;

/// <summary>What else may be done with a subject: the buttons that its card leaves out.</summary>
public sealed partial class ShowMore : ChatCommand
{
    public override string Verb => "show-more";

    public override string Action => "read-plan";

    public override bool Reads => true;

    public override IReadOnlyList<Regex> Sentences => [More()];

    public override Task<Reply> HandleAsync(Turn turn, CancellationToken ct)
    {
        if (turn.View is not { } view)
        {
            return Task.FromResult(turn.No("refusal.which-one", ("example", turn.Words["help.show-more"])));
        }

        var buttons = turn.Reader.Buttons(view, [.. turn.Reader.Catalogue.Commands.Where(command => command.OnRequest).Select(command => command.Verb), "show"]);
        return Task.FromResult(new Reply(new Card(turn.Words["more.title", ("reference", view.Subject.Ref)], buttons)) { About = view.Subject });
    }

    [GeneratedRegex(@"^(?:describe|options|more|what else)(?: options)?(?: for| on| about| with| can i do with)? (?<ref>[a-z]-\d+)[.?!]*$", RegexOptions.IgnoreCase)]
    private static partial Regex More();
}
