using System.Globalization;
using EquityBot.Access;
using EquityBot.Chat;
using EquityBot.Escalation.Auditing;
using EquityBot.Jobs;
using EquityBot.Storage;
using EquityBot.Sweeps;
using NodaTime.Extensions;
using NodaTime.Text;

namespace EquityBot;

/// <summary>What every request passes: headers, the last net for bugs, static files, and the operations endpoints on their own port.</summary>
static class Pipeline
{
    /// <summary>Seconds.</summary>
    const string ComeAgain = "5";

    public static void Use(WebApplication app, Settings settings)
    {
        var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("EquityBot.Http");
        app.Use((context, next) => GuardAsync(context, next, log, app.Lifetime.ApplicationStopping));
        app.UseStaticFiles(new StaticFileOptions { OnPrepareResponse = file => file.Context.Response.Headers.CacheControl = "no-cache" });
        app.UseRouting();
        app.UseMiddleware<SignInGate>();
        app.UseStatusCodePages();
        app.MapGet("/", () => Results.Redirect("/practice"));
        var operations = app.MapGroup("");
        if (settings.ManagementPort != settings.Port)
        {
            operations.RequireHost($"*:{settings.ManagementPort}");
        }

        operations.MapGet("/healthz", () => Results.Json(new { status = "ok" }));
        operations.MapGet("/readyz", ReadyAsync);
        operations.MapGet("/healthz/escalation", PulseAsync);
    }

    /// <summary>A bug is logged once with an id, and the id is all that the outside sees of it.</summary>
    static async Task GuardAsync(HttpContext context, RequestDelegate next, ILogger log, CancellationToken ending)
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
        catch (OperationCanceledException) when (ending.IsCancellationRequested && !context.Response.HasStarted)
        {
            await Results.Problem(statusCode: 503, title: "Stopping", detail: "EquityBot is being stopped. Nothing was half done; ask again when it is back.").ExecuteAsync(context);
        }
        catch (Exception failure) when (!context.Response.HasStarted && EquityStore.WhyAway(failure) is not null)
        {
            var reason = EquityStore.WhyAway(failure)!;
            log.Log(reason.StartsWith(EquityStore.DiskFull, StringComparison.Ordinal) ? LogLevel.Critical : LogLevel.Warning, "Request {Method} {Path} is to come again: the database is away ({Reason})", context.Request.Method, context.GetEndpoint()?.DisplayName, reason);
            context.Response.Headers.RetryAfter = ComeAgain;
            await Results.Problem(statusCode: 503, title: "Not now", detail: "The database does not answer. Send it again in a moment; what was taken already is not done twice.").ExecuteAsync(context);
        }
        catch (Exception failure) when (!context.Response.HasStarted)
        {
            var incident = Guid.NewGuid();
            log.LogError(failure, "Request {Method} {Path} failed, incident {Incident}", context.Request.Method, context.GetEndpoint()?.DisplayName, incident);
            await Results.Problem(statusCode: 500, title: "Something went wrong", detail: $"It was noted as {incident}. Nothing you sent was half done; try again.").ExecuteAsync(context);
        }
    }

    /// <summary>200 while the auditor looks and finds nothing; a monitor that asks here need not know what else runs.</summary>
    static async Task<IResult> PulseAsync(Heartbeat heart, HospitalClock clock, CancellationToken ct)
    {
        var beat = await heart.FeelAsync(clock.GetUtcNow().ToInstant(), ct);
        return Results.Json(new { status = beat.Status, lastAudit = beat.LastAudit is { } at ? InstantPattern.ExtendedIso.Format(at) : null, missed = beat.Missed }, statusCode: beat.IsWell ? 200 : 503);
    }

    sealed record Check(string Name, string Status, string Detail);

    /// <summary>Ready while the database answers and takes what is written; a sweep in trouble is told and stops nobody, since the next ring may well succeed.</summary>
    static async Task<IResult> ReadyAsync(EquityStore store, SweepHistory history, ClockCheck clocks, CancellationToken ct)
    {
        try
        {
            await using var db = store.For(Guid.Empty);
            if (await db.Database.CanConnectAsync(ct))
            {
                if (store.Refusal is { } reason)
                {
                    return Failed($"takes no writes: {reason}");
                }

                var sweeps = await SweepsAsync(history, clocks, ct);
                return Results.Json(new { status = sweeps.Status, checks = new[] { new Check("database", "ok", "answers"), sweeps } });
            }
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
        }

        return Failed("does not answer");
    }

    static IResult Failed(string detail) => Results.Json(new { status = "failed", checks = new[] { new Check("database", "failed", detail) } }, statusCode: 503);

    static async Task<Check> SweepsAsync(SweepHistory history, ClockCheck clocks, CancellationToken ct)
    {
        if (clocks.Apart is { } apart)
        {
            return new("sweeps", "degraded", string.Create(CultureInfo.InvariantCulture, $"the machine's clock is {apart.TotalMinutes:F0} minutes ahead of the database server's; nothing is decided or sent"));
        }

        var troubles = new List<string>();
        foreach (var ring in Timetable.Rings)
        {
            if (await history.LastAsync(ring.Sweep, ct) is { WentWrong: true } run)
            {
                troubles.Add($"{ring.Sweep} {Words(run)} at {run.EndedAt}");
            }
        }

        return troubles.Count == 0 ? new("sweeps", "ok", "the last runs went well") : new("sweeps", "degraded", string.Join("; ", troubles));
    }

    static string Words(SweepRun run) => run.Outcome switch
    {
        SweepOutcome.OutOfTime => "ran out of time",
        SweepOutcome.Failed => $"failed (incident {run.Incident})",
        _ => $"failed on {run.Failed} rows",
    };
}
