using System.Collections.Concurrent;
using EquityBot.Chat;
using Microsoft.AspNetCore.Http.Features;
using NodaTime;
using NodaTime.Extensions;

namespace EquityBot.Channels.Teams;

/// <summary><c>POST /api/messages</c>: who sends this is asked before what it is, and that before anything comes of it. Whoever is not believed hears no more than that.</summary>
sealed class TeamsEndpoint(TeamsSettings settings, TeamsTokens tokens, TeamsDesk desk, MachineClock clock, ILogger<TeamsEndpoint> log)
{
    static readonly Duration LogRest = Duration.FromSeconds(10);

    readonly ConcurrentDictionary<string, Instant> loggedAt = new();

    public static void Map(WebApplication app) => app.MapPost("/api/messages", (HttpContext context, TeamsEndpoint endpoint) => endpoint.TakeAsync(context));

    async Task<IResult> TakeAsync(HttpContext context)
    {
        var verdict = await tokens.JudgeAsync(context.Request.Headers.Authorization, context.RequestAborted);
        if (verdict.Token is not { } token)
        {
            return Refuse(verdict.Doubt!, verdict.Later ? 503 : 401);
        }

        if (await ReadAsync(context) is not { } body)
        {
            return Results.StatusCode(413);
        }

        if (ActivityReader.Read(body) is not { } activity)
        {
            return Results.StatusCode(400);
        }

        return Doubt(token, activity) is { } doubt ? Refuse(doubt, 401)
            : !settings.MayCall(activity.ServiceUrl) ? Refuse("a service elsewhere", 403)
            : await desk.TakeAsync(activity, context.RequestAborted);
    }

    /// <summary>Whether the token was made for this very activity.</summary>
    string? Doubt(TeamsToken token, Activity activity) =>
        activity.ChannelId != TeamsModule.ChannelId || !token.Endorsements.Contains(TeamsModule.ChannelId) ? "another channel"
        : activity.ServiceUrl != token.ServiceUrl ? "another service"
        : activity.Tenants is not [var tenant] || !Guid.TryParse(tenant, out var id) || id != settings.TenantId ? "another tenant"
        : null;

    /// <summary>Null where it is larger than an activity can be. Bytes are what they are: nothing is unpacked.</summary>
    static async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpContext context)
    {
        if (context.Request.ContentLength > ActivityReader.Largest)
        {
            return null;
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = ActivityReader.Largest;
        }

        using var bytes = new MemoryStream();
        await context.Request.Body.CopyToAsync(bytes, context.RequestAborted);
        return bytes.GetBuffer().AsMemory(0, (int)bytes.Length);
    }

    /// <summary>A flood of them does not become a flood of lines.</summary>
    IResult Refuse(string doubt, int status)
    {
        var now = clock.GetUtcNow().ToInstant();
        if (!loggedAt.TryGetValue(doubt, out var last) || now - last >= LogRest || now < last)
        {
            loggedAt[doubt] = now;
            log.LogWarning("A request to /api/messages was refused with {Status}: {Doubt}", status, doubt);
        }

        return Results.StatusCode(status);
    }
}
