namespace EquityBot.Channels.Teams;

/// <summary><c>POST /api/messages</c>: who sends this is asked before what it is, and that before anything comes of it. Whoever is not believed hears no more than that.</summary>
sealed class TeamsEndpoint(TeamsSettings settings, TeamsTokens tokens, TeamsDesk desk, Refusals refusals)
{
    const string Path = "/api/messages";

    public static void Map(WebApplication app) => app.MapPost(Path, (HttpContext context, TeamsEndpoint endpoint) => endpoint.TakeAsync(context));

    async Task<IResult> TakeAsync(HttpContext context)
    {
        var verdict = await tokens.JudgeAsync(context.Request.Headers.Authorization, context.RequestAborted);
        if (verdict.Token is not { } token)
        {
            return Refuse(verdict.Doubt!, verdict.Later ? 503 : 401);
        }

        if (await RawBody.ReadAsync(context, ActivityReader.Largest) is not { } body)
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

    IResult Refuse(string doubt, int status) => refusals.Refuse(Path, doubt, status);
}
