using System.Text.RegularExpressions;

namespace EquityBot.Chat;

/// <summary>One subject as it is now. Everybody in the organization may see the plan; details are for those it concerns.</summary>
public sealed partial class ShowSubject : ChatCommand
{
    public override string Verb => "show";

    public override string Action => "read-plan";

    public override bool Reads => true;

    public override IReadOnlyList<Regex> Sentences => [Show()];

    public override IReadOnlyList<Regex> LooseSentences => [Asked()];

    public override Offer? Offer(View view, Reader reader) => new(reader.Words["button.show"]);

    public override async Task<Reply> HandleAsync(Turn turn, CancellationToken ct) =>
        turn.View is null
            ? turn.No("refusal.which-one", ("example", turn.Words["help.show"]))
            : new(await turn.CurrentCardAsync(turn.View.Subject, ct)) { About = turn.View.Subject };

    [GeneratedRegex(@"^(?:(?:show|open|see|view|find|look at|pull up|look up|check(?: on)?|tell me(?: more)? about|(?:the )?details? (?:of|on|for|about)|what about|(?:the )?status(?: of| on| for)?)(?: me)?:? ?(?<ref>[a-z]-\d+)?|(?:how|where)(?:'s|'re| is| are| does| do)(?: the)?(?: we| things| it| progress)?(?: doing| going| standing)?(?: with| on| about)? (?<ref>[a-z]-\d+)(?: doing| going| coming along| standing| stand| at| look(?:ing)?| now| right now| today)*|what(?:'?s| is| was| does)(?: up with| the status of| happening with| going on with| new with| new on| the latest on)? (?<ref>[a-z]-\d+)(?: about| say| again)?|(?:who|which department) (?:owns|has|is responsible for|is doing|promised|leads) (?<ref>[a-z]-\d+)|when is (?<ref>[a-z]-\d+)(?: due)?|(?:is|was) (?<ref>[a-z]-\d+) .{1,40}\?|(?<ref>[a-z]-\d+)(?: is)? (?:done|on track|late|blocked|finished)\?)[.?! ]*$|^(?<ref>[a-z]-\d+)[.?!]*$", RegexOptions.IgnoreCase)]
    private static partial Regex Show();

    [GeneratedRegex(@"^(?:who|what|where|when|how|which|is|are|does|has|show|see|check)\b[^?]{0,60}?\b(?<ref>[a-z]-\d+)\b[^?]{0,60}\?*$", RegexOptions.IgnoreCase)]
    private static partial Regex Asked();
}
