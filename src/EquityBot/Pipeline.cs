using EquityBot.Storage;

namespace EquityBot;

/// <summary>What every request passes: headers, the last net for bugs, static files, and the operations endpoints on their own port.</summary>
static class Pipeline
{
    public static void Use(WebApplication app, Settings settings)
    {
        var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("EquityBot.Http");
        app.Use((context, next) => GuardAsync(context, next, log));
        app.UseStaticFiles(new StaticFileOptions { OnPrepareResponse = file => file.Context.Response.Headers.CacheControl = "no-cache" });
        app.UseRouting();
        app.UseStatusCodePages();
        app.MapGet("/", () => Results.Redirect("/practice"));
        var operations = app.MapGroup("").RequireHost($"*:{settings.ManagementPort}");
        operations.MapGet("/healthz", () => Results.Json(new { status = "ok" }));
        operations.MapGet("/readyz", ReadyAsync);
    }

    /// <summary>A bug is logged once with an id, and the id is all that the outside sees of it.</summary>
    static async Task GuardAsync(HttpContext context, RequestDelegate next, ILogger log)
    {
        context.Response.Headers.ContentSecurityPolicy = "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers["Referrer-Policy"] = "no-referrer";
        try
        {
            await next(context);
        }
        catch (BadHttpRequestException bad)
        {
            await Results.Problem(statusCode: bad.StatusCode, title: "Not understood").ExecuteAsync(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
        }
        catch (Exception failure) when (!context.Response.HasStarted)
        {
            var incident = Guid.NewGuid();
            log.LogError(failure, "Request {Method} {Path} failed, incident {Incident}", context.Request.Method, context.GetEndpoint()?.DisplayName, incident);
            await Results.Problem(statusCode: 500, title: "Something went wrong", detail: $"It was noted as {incident}. Nothing you sent was half done; try again.").ExecuteAsync(context);
        }
    }

    static async Task<IResult> ReadyAsync(EquityStore store, CancellationToken ct)
    {
        bool reachable;
        try
        {
            await using var db = store.For(Guid.Empty);
            reachable = await db.Database.CanConnectAsync(ct);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            reachable = false;
        }

        var check = new { name = "database", status = reachable ? "ok" : "failed", detail = reachable ? "answers" : "does not answer" };
        return Results.Json(new { status = reachable ? "ok" : "failed", checks = new[] { check } }, statusCode: reachable ? 200 : 503);
    }
}
