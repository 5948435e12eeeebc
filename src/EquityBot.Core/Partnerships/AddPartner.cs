using System.Text.RegularExpressions;
using EquityBot.Chat;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;

namespace EquityBot.Partnerships;

/// <summary>A partner that nobody has written down yet. Whoever adds it looks after it until somebody else does.</summary>
public sealed partial class AddPartner : ChatCommand
{
    public override string Verb => "add-partner";

    public override string Action => "log-partnership";

    public override IReadOnlyList<Regex> Sentences => [New()];

    public override async Task<Reply> HandleAsync(Turn turn, CancellationToken ct)
    {
        var name = turn.Value("name")!.Trim(' ', '.', ':', ',', '"');
        if (name.Length is < 2 or > Partner.LongestName)
        {
            return turn.No("partner.name-length", ("limit", Partner.LongestName));
        }

        var partner = await PutAsync(turn, name, turn.Value("prospect") is null ? PartnerState.Active : PartnerState.Prospect, ct);
        await turn.Db.SaveChangesAsync(ct);
        return new(await turn.CurrentCardAsync(partner, ct)) { About = partner };
    }

    /// <summary>The partner of this name, added where there is none.</summary>
    public static async Task<Partner> PutAsync(Turn turn, string name, PartnerState state, CancellationToken ct)
    {
        var known = await turn.Db.Set<Partner>().ToListAsync(ct);
        if (known.FirstOrDefault(one => one.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } already)
        {
            return already;
        }

        var partner = new Partner
        {
            Id = Guid.NewGuid(), OrganizationId = turn.Db.OrganizationId, Number = await Counter.NextAsync(turn.Db, "N", ct), Name = name, Kind = "", Contact = "", Focus = "", Funded = false,
            OwnerId = turn.Speaker.Id, DepartmentId = turn.Speaker.DepartmentId,
        };
        partner.Enter(state);
        partner.RateNextAt(turn.Now);
        turn.Db.Add(partner);
        await turn.ChangedAsync(partner, "partner-added", ct);
        return partner;
    }

    [GeneratedRegex(@"^(?:add|new) (?:a )?(?:new )?(?:(?<prospect>prospect(?:ive)?)(?: partner)?|(?:community )?partner):? (?<name>.+?)(?:,? (?<prospect>as a prospect|\(prospect\)))?$", RegexOptions.IgnoreCase)]
    private static partial Regex New();
}
