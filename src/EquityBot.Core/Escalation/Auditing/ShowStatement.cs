using System.Text.RegularExpressions;
using EquityBot.Chat;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using NodaTime.Text;

namespace EquityBot.Escalation.Auditing;

/// <summary>A month's statement once more: the last one, or the one of a month that is named.</summary>
public sealed partial class ShowStatement : ChatCommand
{
    static readonly LocalDatePattern[] Months =
    [
        LocalDatePattern.CreateWithInvariantCulture("uuuu-MM"),
        LocalDatePattern.CreateWithInvariantCulture("MMMM uuuu"),
        LocalDatePattern.CreateWithInvariantCulture("MMMM"),
    ];

    public override string Verb => "show-statement";

    public override string Action => "read-statement";

    public override bool Reads => true;

    public override IReadOnlyList<Regex> Sentences => [Said()];

    public override async Task<Reply> HandleAsync(Turn turn, CancellationToken ct)
    {
        var made = await turn.Db.Set<Statement>().AsNoTracking().OrderByDescending(one => one.Month).Select(one => new { one.Id, one.Month }).ToListAsync(ct);
        if (made.Count == 0)
        {
            return turn.No("statement.none");
        }

        var chosen = made[0];
        if (turn.Value("month") is { } named)
        {
            var month = Months.Select(pattern => pattern.Parse(named)).FirstOrDefault(parsed => parsed.Success);
            var hasYear = named.Any(char.IsAsciiDigit);
            chosen = month is null ? null : made.FirstOrDefault(one => one.Month.Month == month.Value.Month && (!hasYear || one.Month.Year == month.Value.Year));
        }

        return chosen is null
            ? turn.No("statement.no-such-month", ("month", turn.Words.Month(made[0].Month)))
            : new(StatementCard.Of(await StatementCard.LoadAsync(turn.Db, chosen.Id, ct), turn.Reader));
    }

    [GeneratedRegex(@"^(?:show )?(?:the |last |latest |monthly )*statement(?: (?:for|of) (?<month>[a-z]+(?: [0-9]{4})?|[0-9]{4}-[0-9]{2}))?[.?!]*$", RegexOptions.IgnoreCase)]
    private static partial Regex Said();
}
