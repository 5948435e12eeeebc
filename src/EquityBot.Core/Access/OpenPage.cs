using System.Text.RegularExpressions;
using EquityBot.Chat;

namespace EquityBot.Access;

/// <summary>The way from chat to a page: a link that works once and for a quarter of an hour, for whoever asked for it.</summary>
public sealed partial class OpenPage(Links links) : ChatCommand
{
    public override string Verb => "open-page";

    public override string Action => "ask";

    public override IReadOnlyList<Regex> Sentences => [Open()];

    public override async Task<Reply> HandleAsync(Turn turn, CancellationToken ct)
    {
        var (path, action) = turn.Value("page")!.ToLowerInvariant() switch
        {
            "operations" => ("/operations", "read-operations"),
            _ => ("/escalation", "read-schedule"),
        };
        if (!turn.Reader.May(action, null))
        {
            return turn.No($"denied.{action}");
        }

        if (!links.IsOn)
        {
            return turn.No("page.off");
        }

        var address = await links.IssueAsync(turn.Db, turn.Speaker.Id, path, Links.WhileLooking, ct);
        return new(new Card(turn.Words["page.title"], new Words(turn.Words["page.words", ("minutes", (int)Links.WhileLooking.TotalMinutes)]), new Link(turn.Words["page.open"], address)));
    }

    [GeneratedRegex(@"^(?:(?:open|show) )?(?:the )?(?<page>escalation|schedules?|operations) page[.?]?$", RegexOptions.IgnoreCase)]
    private static partial Regex Open();
}
