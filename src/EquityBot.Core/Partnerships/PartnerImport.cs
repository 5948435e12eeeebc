using EquityBot.Chat;
using EquityBot.People;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace EquityBot.Partnerships;

/// <summary>Community partners, from partners.csv. Whoever is not named as the owner of one is found: the equity officer, else the board-level owner.</summary>
sealed class PartnerImport : RosterPart
{
    static readonly string[] Prefixes = ["F", "N", "P"];

    public override IReadOnlyList<RosterFile> Files { get; } =
    [
        new("partners")
        {
            Columns = ["partner", "kind", "contact", "focus", "agreement_expires", "funded"], Optional = ["agreement_note", "owner", "state"], Key = ["partner"],
            Rows = RosterFile.Becoming<Partner>(one => one.Name),
        },
    ];

    public override async Task ImportAsync(EquityDb db, RosterFiles files, Roster roster, Instant now, CancellationToken ct)
    {
        var counted = await db.Set<Counter>().Where(one => Prefixes.Contains(one.Prefix)).Select(one => one.Prefix).ToListAsync(ct);
        db.AddRange(Prefixes.Except(counted).Select(prefix => new Counter { OrganizationId = db.OrganizationId, Prefix = prefix }));
        var keeper = roster.Holder(Role.EquityOfficer) ?? roster.Holder(Role.BoardOwner)!;
        var known = await db.Set<Partner>().ToDictionaryAsync(one => one.Name, ct);
        foreach (var row in files.Rows("partners"))
        {
            var owner = row.Optional("owner") is { } handle ? roster.ByHandle(handle) : null;
            if (row.Optional("owner") is { } nobody && owner is null)
            {
                row.Problem("owner", $"“{nobody}” is not in people.csv");
                continue;
            }

            var name = row.Text("partner", 160);
            if (!known.TryGetValue(name, out var partner))
            {
                partner = new Partner
                {
                    Id = Guid.NewGuid(), OrganizationId = db.OrganizationId, Number = await Counter.NextAsync(db, "N", ct), Name = name, Kind = "", Contact = "", Focus = "", Funded = false,
                    OwnerId = keeper.Id, DepartmentId = keeper.DepartmentId,
                };
                partner.RateNextAt(now);
                known.Add(partner.Name, partner);
                db.Add(partner);
            }

            Screen(row);
            Stand(db, partner, row, now);
            (partner.Kind, partner.Contact, partner.Focus) = (row.Text("kind", 60), row.Text("contact", 200), row.Text("focus", 200));
            if (row.Optional("funded") is not (null or "yes" or "no"))
            {
                row.Problem("funded", "it must be yes or no");
            }

            (partner.Funded, partner.AgreementNote) = (row.Optional("funded") == "yes", row.Optional("agreement_note") ?? partner.AgreementNote);
            if (row.Date("agreement_expires") is { } until && (partner.AgreementExpires is null || until > partner.AgreementExpires))
            {
                // A renewal that was written down in chat is not taken back by a file from before it.
                partner.Agree(until, now);
            }

            if (owner is not null)
            {
                partner.HandTo(owner);
            }

            if (partner.LacksAgreement && row.Optional("agreement_expires") is null)
            {
                row.Problem("agreement_expires", "a partner that is funded needs agreement_expires, or agreement_note with the reason why it has no agreement");
            }
        }
    }

    /// <summary>A contact's name and telephone number may be kept, nobody else's may.</summary>
    static void Screen(RosterRow row)
    {
        foreach (var column in (string[])["kind", "contact", "focus", "agreement_note"])
        {
            if (PhiScreen.Check(row.Optional(column) ?? "", isContact: column == "contact") is { } rule)
            {
                row.Problem(column, $"it seems to hold a personal detail ({rule}) that is not kept here");
            }
        }
    }

    /// <summary>What the file says about how a partnership stands counts when it says something else than before: a file from before somebody paused one in chat does not go on with it.</summary>
    static void Stand(EquityDb db, Partner partner, RosterRow row, Instant now)
    {
        if (row.Optional("state") is not { } typed)
        {
            return;
        }

        if (!Enum.GetNames<PartnerState>().Contains(typed, StringComparer.OrdinalIgnoreCase))
        {
            row.Problem("state", $"“{typed}” is none of prospect, active, paused and ended");
            return;
        }

        var state = Enum.Parse<PartnerState>(typed, ignoreCase: true);
        if (state != partner.FiledState && state != partner.State)
        {
            if (db.Entry(partner).State != EntityState.Added)
            {
                db.Add(new PartnerStateChange { OrganizationId = db.OrganizationId, PartnerId = partner.Id, At = now, Was = partner.State, Became = state });
            }

            partner.Enter(state);
        }

        partner.File(state);
    }

    /// <summary>Who hears, and on which morning, was computed from the roster as it was.</summary>
    public override async Task RosterChangedAsync(EquityDb db, Instant now, CancellationToken ct)
    {
        await db.Set<Partner>().Where(one => one.LookAt != null).ExecuteUpdateAsync(set => set.SetProperty(one => one.LookAt, now), ct);
        await db.Set<FollowUp>().Where(one => one.LookAt != null).ExecuteUpdateAsync(set => set.SetProperty(one => one.LookAt, now), ct);
    }
}
