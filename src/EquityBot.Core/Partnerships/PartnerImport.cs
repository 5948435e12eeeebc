using EquityBot.People;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace EquityBot.Partnerships;

/// <summary>Community partners, from partners.csv.</summary>
sealed class PartnerImport : RosterPart
{
    public override async Task ImportAsync(EquityDb db, RosterFiles files, Roster roster, Instant now, CancellationToken ct)
    {
        var known = await db.Set<Partner>().ToDictionaryAsync(one => one.Name, ct);
        foreach (var row in files.Rows("partners"))
        {
            if (!known.TryGetValue(row.Text("partner"), out var partner))
            {
                partner = new Partner { Id = Guid.NewGuid(), OrganizationId = db.OrganizationId, Name = row.Text("partner"), Kind = "", Contact = "", Focus = "", Funded = false };
                db.Add(partner);
            }

            (partner.Kind, partner.Contact, partner.Focus) = (row.Text("kind"), row.Text("contact"), row.Text("focus"));
            (partner.AgreementExpires, partner.Funded) = (row.Date("agreement_expires"), row.Optional("funded") == "yes");
        }
    }
}
