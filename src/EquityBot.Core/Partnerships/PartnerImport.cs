using EquityBot.People;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace EquityBot.Partnerships;

/// <summary>Community partners, from partners.csv.</summary>
sealed class PartnerImport : RosterPart
{
    public override IReadOnlyList<RosterFile> Files { get; } =
        [new("partners") { Columns = ["partner", "kind", "contact", "focus", "agreement_expires", "funded"], Key = ["partner"], Rows = RosterFile.Becoming<Partner>(one => one.Name) }];

    public override async Task ImportAsync(EquityDb db, RosterFiles files, Roster roster, Instant now, CancellationToken ct)
    {
        var known = await db.Set<Partner>().ToDictionaryAsync(one => one.Name, ct);
        foreach (var row in files.Rows("partners"))
        {
            var name = row.Text("partner", 160);
            if (!known.TryGetValue(name, out var partner))
            {
                partner = new Partner { Id = Guid.NewGuid(), OrganizationId = db.OrganizationId, Name = name, Kind = "", Contact = "", Focus = "", Funded = false };
                known.Add(name, partner);
                db.Add(partner);
            }

            (partner.Kind, partner.Contact, partner.Focus) = (row.Text("kind", 60), row.Text("contact", 200), row.Text("focus", 200));
            if (row.Optional("funded") is not (null or "yes" or "no"))
            {
                row.Problem("funded", "it must be yes or no");
            }

            (partner.AgreementExpires, partner.Funded) = (row.Date("agreement_expires"), row.Optional("funded") == "yes");
        }
    }
}
