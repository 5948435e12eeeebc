using EquityBot.People;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;

namespace EquityBot.Channels;

/// <summary>Which organization a platform's tenant is.</summary>
sealed class Workspaces(EquityStore store)
{
    /// <summary>Null while there is no organization. Whoever asks has made sure that the tenant is one of ours.</summary>
    public async Task<Guid?> OrganizationAsync(string channel, string tenant, CancellationToken ct)
    {
        await using var everywhere = store.AcrossOrganizations();
        return await everywhere.Rows<Workspace>().Where(one => one.Channel == channel && one.Tenant == tenant).Select(one => (Guid?)one.OrganizationId).SingleOrDefaultAsync(ct)
            ?? await ConnectAsync(channel, tenant, ct);
    }

    /// <summary>The tenant is the organization's as soon as there is one; with several in one database somebody has to say which.</summary>
    public async Task<Guid?> ConnectAsync(string channel, string tenant, CancellationToken ct)
    {
        await using var everywhere = store.AcrossOrganizations();
        if (await everywhere.Rows<Organization>().Select(one => one.Id).Take(2).ToListAsync(ct) is not [var organization])
        {
            return null;
        }

        await store.WriteAsync(organization, Urgency.Inbound, async db =>
        {
            if (!await db.Set<Workspace>().AnyAsync(one => one.Channel == channel && one.Tenant == tenant, ct))
            {
                db.Add(new Workspace { Channel = channel, Tenant = tenant, OrganizationId = organization });
            }
        }, ct);
        return organization;
    }
}
