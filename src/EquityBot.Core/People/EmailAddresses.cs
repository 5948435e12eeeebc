using System.Net.Mail;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace EquityBot.People;

/// <summary>Everybody's e-mail address from the roster, as the last address of who has others and the only one of who has none.</summary>
public sealed class EmailAddresses : RosterPart
{
    public const string Channel = "email";

    /// <summary>After every chat address.</summary>
    public const int Rank = 100;

    /// <summary>So long an address that failed is left alone, unless the roster names another one meanwhile.</summary>
    static readonly Duration Rest = Duration.FromDays(30);

    public override async Task ImportAsync(EquityDb db, RosterFiles files, Roster roster, Instant now, CancellationToken ct)
    {
        var taken = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var row in files.Rows("people"))
        {
            var (email, handle) = (row.Text("email"), row.Text("handle"));
            if (email.Length > 0 && !IsAddress(email))
            {
                row.Problem("email", $"“{email}” is not an address such as name@hospital.example");
            }
            else if (email.Length > 0 && !taken.TryAdd(email, handle))
            {
                row.Problem("email", $"{handle} and {taken[email]} share an e-mail address; each needs their own, since a link sent there lets its reader act for them");
            }
        }

        if (files.Problems.Count == 0)
        {
            await ConnectAsync(db, now, ct);
        }
    }

    /// <summary>Makes the addresses what the roster says by now. Also for people who were imported before there was e-mail.</summary>
    /// <param name="now">On the hospital clock.</param>
    public static async Task ConnectAsync(EquityDb db, Instant now, CancellationToken ct)
    {
        var tenant = Tenant(db.OrganizationId);
        if (!await db.Set<Workspace>().AnyAsync(one => one.Channel == Channel && one.Tenant == tenant, ct))
        {
            db.Add(new Workspace { Channel = Channel, Tenant = tenant, OrganizationId = db.OrganizationId });
        }

        var failures = await db.Set<AddressFailure>().AsNoTracking().Where(one => one.Channel == Channel && one.At > now - Rest).ToDictionaryAsync(one => one.PersonId, one => one.Address, ct);
        var wanted = (await db.Set<Person>().AsNoTracking().ToListAsync(ct))
            .Where(person => IsAddress(person.Email) && !person.Email.Equals(failures.GetValueOrDefault(person.Id), StringComparison.OrdinalIgnoreCase))
            .OrderBy(person => person.LeavesOn is not null) // who came after somebody may have been given their address
            .DistinctBy(person => person.Email, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(person => person.Id, person => person.Email);
        var known = await db.Set<ChatAddress>().AsNoTracking().Where(one => one.Channel == Channel).ToDictionaryAsync(one => one.PersonId, one => one.Address, ct);

        // Away first, at once: two people may have exchanged theirs.
        var outdated = known.Where(one => wanted.GetValueOrDefault(one.Key) != one.Value).Select(one => one.Key).ToList();
        await db.Set<ChatAddress>().Where(one => one.Channel == Channel && outdated.Contains(one.PersonId)).ExecuteDeleteAsync(ct);
        db.AddRange(wanted.Where(one => known.GetValueOrDefault(one.Key) != one.Value).Select(one => new ChatAddress
        {
            OrganizationId = db.OrganizationId, PersonId = one.Key, Channel = Channel, Address = one.Value, Rank = Rank,
        }));
    }

    /// <summary>E-mail knows no workspaces, so an organization is its own.</summary>
    public static string Tenant(Guid organization) => organization.ToString("N");

    static bool IsAddress(string text) => !text.Any(char.IsControl) && MailAddress.TryCreate(text, out var address) && address.Address == text;
}
