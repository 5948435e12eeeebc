using System.Text.RegularExpressions;

namespace EquityBot.Chat;

/// <summary>One subject as it is now. Everybody in the organization may see the plan; details are for those it concerns.</summary>
public sealed partial class ShowSubject : ChatCommand
{
    public override string Verb => "show";

    public override string Action => "read-plan";

    public override bool Reads => true;

    public override IReadOnlyList<Regex> Sentences => [Show()];

    public override Offer? Offer(View view, Reader reader) => new(reader.Words["button.show"]);

    public override async Task<Reply> HandleAsync(Turn turn, CancellationToken ct) =>
        turn.View is null
            ? turn.No("refusal.which-one", ("example", turn.Words["help.show"]))
            : new(await turn.CurrentCardAsync(turn.View.Subject, ct)) { About = turn.View.Subject };

    [GeneratedRegex(@"^(?:show|open|status(?: of)?|what about) ?(?<ref>[a-z]-\d+)?[.?!]*$|^(?<ref>[a-z]-\d+)[.?!]*$", RegexOptions.IgnoreCase)]
    private static partial Regex Show();
}
