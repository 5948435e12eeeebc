using System.Security.Cryptography;
using System.Text.Json;
using EquityBot.Chat;
using Microsoft.AspNetCore.DataProtection;
using NodaTime;
using NodaTime.Extensions;

namespace EquityBot.Access;

/// <summary>The cookie of somebody who came by a link: whose it is, how far it reaches and until when, sealed with keys of ours. Nothing renews it.</summary>
public sealed class SignIns(IDataProtectionProvider protection, MachineClock machine, PublicAddress site)
{
    /// <summary>Long enough to think about a decision, too short to matter on a shared computer.</summary>
    public static readonly Duration Lasts = Duration.FromHours(1);

    sealed record Ticket(Guid Organization, Guid Person, long Ends);

    /// <summary>Makes the first key now and not inside somebody's request.</summary>
    public void WarmUp() => Seal(Area.Everything).Protect("warm");

    public void Give(HttpContext context, Guid organization, Guid person, Area area)
    {
        var ticket = new Ticket(organization, person, (machine.GetUtcNow().ToInstant() + Lasts).ToUnixTimeMilliseconds());
        context.Response.Cookies.Append(Cookie(area), Seal(area).Protect(JsonSerializer.Serialize(ticket)), new CookieOptions
        {
            HttpOnly = true,
            Secure = site.Base?.Scheme == Uri.UriSchemeHttps,
            SameSite = SameSiteMode.Lax,
            Path = area.Path,
            IsEssential = true,
        });
    }

    /// <summary>Whose request it is, as far as its cookies say; null when none of them reaches this area.</summary>
    public (Guid Organization, Guid Person)? Of(HttpContext context, Area area)
    {
        foreach (var reach in new[] { area, Area.Everything }.Distinct())
        {
            if (context.Request.Cookies[Cookie(reach)] is { } sealedTicket && Open(sealedTicket, reach) is { } ticket)
            {
                return (ticket.Organization, ticket.Person);
            }
        }

        return null;
    }

    Ticket? Open(string sealedTicket, Area area)
    {
        try
        {
            var ticket = JsonSerializer.Deserialize<Ticket>(Seal(area).Unprotect(sealedTicket))!;
            return Instant.FromUnixTimeMilliseconds(ticket.Ends) > machine.GetUtcNow().ToInstant() ? ticket : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    static string Cookie(Area area) => $"equitybot-{area.Name}";

    /// <summary>A cookie of one area is noise in the other.</summary>
    IDataProtector Seal(Area area) => protection.CreateProtector("EquityBot.SignIn", area.Name);
}
