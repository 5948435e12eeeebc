using EquityBot.Chat;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using NodaTime.Extensions;

namespace EquityBot.Access;

/// <summary>Where people's browsers reach this installation; null where nobody has said so, and then nothing can be linked to.</summary>
public sealed class PublicAddress(Func<Uri?> find)
{
    public Uri? Base => find();
}

/// <summary>Issues one-time links, and takes each of them once.</summary>
public sealed class Links(EquityStore store, MachineClock machine, PublicAddress site)
{
    /// <summary>For a link that somebody has just asked for and has before their eyes.</summary>
    public static readonly Duration WhileLooking = Duration.FromMinutes(15);

    /// <summary>Between two links that are sent to the same person for the same page.</summary>
    static readonly Duration Pause = Duration.FromMinutes(5);

    static readonly Duration Kept = Duration.FromDays(30);

    /// <summary>Whether this installation has pages that a link can lead to.</summary>
    public bool IsOn => site.Base is not null;

    /// <summary>A new link, stored with the caller's transaction. Its token is 256 random bits and cannot be found again.</summary>
    /// <param name="opens">A local path such as <c>/escalation</c>. A path below <c>/messages</c> opens those alone, any other one every page that the person's rights allow.</param>
    /// <param name="lifetime">On the machine clock.</param>
    /// <exception cref="InvalidOperationException">Where <see cref="IsOn"/> is false.</exception>
    public async Task<Uri> IssueAsync(EquityDb db, Guid person, string opens, Duration lifetime, CancellationToken ct)
    {
        var home = site.Base ?? throw new InvalidOperationException("This installation has no public address to link to.");
        var now = machine.GetUtcNow().ToInstant();
        await db.Set<OneTimeLink>().Where(one => one.PersonId == person && one.ExpiresAt < now - Kept).ExecuteDeleteAsync(ct);
        var token = OneTimeToken.New();
        db.Add(new OneTimeLink { TokenHash = OneTimeToken.Hash(token), OrganizationId = db.OrganizationId, PersonId = person, Opens = opens, IssuedAt = now, ExpiresAt = now + lifetime });
        return new Uri(home, $"enter/{token}");
    }

    /// <summary>The link of this token and how it stands; null when there is none. Changes nothing.</summary>
    public async Task<(OneTimeLink Link, LinkState State)?> FindAsync(string token, CancellationToken ct)
    {
        var hash = OneTimeToken.Hash(token);
        await using var everywhere = store.AcrossOrganizations();
        return await everywhere.Rows<OneTimeLink>().SingleOrDefaultAsync(one => one.TokenHash == hash, ct) is { } link
            ? (link, link.StateAt(machine.GetUtcNow().ToInstant()))
            : null;
    }

    /// <summary>Takes the link: true once, for whoever comes first while it is open.</summary>
    /// <param name="at">On the hospital clock, for the audit trail.</param>
    public Task<bool> ConsumeAsync(OneTimeLink link, Instant at, CancellationToken ct) => store.WriteAsync(link.OrganizationId, Urgency.Inbound, async db =>
    {
        var moment = machine.GetUtcNow().ToInstant();
        var mine = await db.Set<OneTimeLink>().Where(one => one.TokenHash == link.TokenHash).ForUpdate().SingleAsync(ct);
        if (mine.StateAt(moment) != LinkState.Open)
        {
            return false;
        }

        mine.Consume(moment);
        db.Add(new AuditEntry { OrganizationId = db.OrganizationId, At = at, ActorId = mine.PersonId, Action = "sign-in", Outcome = "done", Detail = Area.Of(mine.Opens).Path });
        return true;
    }, ct);

    /// <summary>A link that nobody got, since the message with it was not taken.</summary>
    public async Task ForgetAsync(Guid organization, Uri link, CancellationToken ct)
    {
        var hash = OneTimeToken.Hash(link.Segments[^1]);
        await store.WriteAsync(organization, Urgency.Background, db => db.Set<OneTimeLink>().Where(one => one.TokenHash == hash).ExecuteDeleteAsync(ct), ct);
    }

    /// <summary>Whether another link like this one may be sent by now.</summary>
    public async Task<bool> MayFollowAsync(OneTimeLink link, CancellationToken ct)
    {
        var earliest = machine.GetUtcNow().ToInstant() - Pause;
        await using var db = store.For(link.OrganizationId);
        return !await db.Set<OneTimeLink>().AnyAsync(one => one.PersonId == link.PersonId && one.Opens == link.Opens && one.IssuedAt > earliest, ct);
    }
}
