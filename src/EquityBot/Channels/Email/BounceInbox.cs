using System.Text;
using EquityBot.Chat;
using EquityBot.Storage;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.EntityFrameworkCore;
using NodaTime.Extensions;

namespace EquityBot.Channels.Email;

/// <summary>Where the organization's mail server hands in what comes back: <c>POST /mail/bounces</c> with the raw mail, and the shared secret before anything is read.</summary>
static class BounceInbox
{
    const int LargestMail = 256 * 1024;

    public static void Map(WebApplication app)
    {
        if (app.Services.GetRequiredService<SmtpSettings>().BounceSecret is not null)
        {
            app.MapPost("/mail/bounces", TakeAsync);
        }
    }

    static async Task<IResult> TakeAsync(HttpContext context, SmtpSettings settings, EquityStore store, LateNews news, HospitalClock clock, ILogger<EmailChannel> log)
    {
        const string Bearer = "Bearer ";
        if (context.Request.Headers.Authorization is not [{ } given] || !given.StartsWith(Bearer, StringComparison.Ordinal) || !settings.BounceSecret!.Is(given[Bearer.Length..]))
        {
            return Results.Problem(statusCode: 401, title: "Who hands this in?", detail: "Send Authorization: Bearer and the secret that Smtp__BounceSecretFile names.");
        }

        if (context.Request.ContentLength > LargestMail)
        {
            return Results.Problem(statusCode: 413, title: "Too large", detail: $"A report of failure is smaller than {LargestMail} bytes; hand in its headers and reports without the original mail.");
        }

        context.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = LargestMail;
        using var reader = new StreamReader(context.Request.Body, Encoding.Latin1);
        var raw = await reader.ReadToEndAsync(context.RequestAborted);
        var taken = 0;
        if (Bounce.Read(raw) is { } bounce)
        {
            foreach (var (organization, message) in await OursAsync(store, bounce, context.RequestAborted))
            {
                var noted = await news.CameBackAsync(
                    organization, message, $"the mail came back ({bounce.Status})", address => raw.Contains(address, StringComparison.OrdinalIgnoreCase), clock.GetUtcNow().ToInstant(), context.RequestAborted);
                taken += noted ? 1 : 0;
            }
        }

        log.LogInformation("A returned mail was handed in; {Taken} deliveries are noted as failed", taken);
        return Results.Json(new { taken });
    }

    /// <summary>An id that we never sent, or sent by another way, names nothing here.</summary>
    static async Task<List<(Guid Organization, Guid Message)>> OursAsync(EquityStore store, Bounce bounce, CancellationToken ct)
    {
        await using var everywhere = store.AcrossOrganizations();
        var found = await everywhere.Rows<Chat.Delivery>()
            .Where(one => one.Channel == People.EmailAddresses.Channel && one.MessageId != null && bounce.Messages.Contains(one.MessageId.Value))
            .Select(one => new { one.OrganizationId, one.MessageId })
            .ToListAsync(ct);
        return [.. found.Select(one => (one.OrganizationId, one.MessageId!.Value))];
    }
}
