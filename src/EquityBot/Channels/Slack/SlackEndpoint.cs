using System.Net.Http.Headers;
using System.Text;
using EquityBot.Chat;
using Microsoft.AspNetCore.WebUtilities;
using NodaTime.Extensions;

namespace EquityBot.Channels.Slack;

/// <summary><c>POST /slack/events</c>: events, commands, buttons and lists, all by one way. Who sends this is asked before what it is; whoever is not believed hears no more than that.</summary>
sealed class SlackEndpoint(SlackSettings settings, SlackDesk desk, SlackTurns turns, MachineClock clock, Refusals refusals)
{
    public const string Path = "/slack/events";

    /// <summary>In bytes; what Slack sends is far below.</summary>
    const int Largest = 256 * 1024;

    const int LargestCheck = 1024;

    static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    public static void Map(WebApplication app) => app.MapPost(Path, (HttpContext context, SlackEndpoint endpoint) => endpoint.TakeAsync(context));

    public async Task<IResult> TakeAsync(HttpContext context)
    {
        using var time = new CancellationTokenSource(SlackTurn.Time, clock);
        if (await RawBody.ReadAsync(context, Largest) is not { } body)
        {
            return Results.StatusCode(413);
        }

        var isForm = MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type) && type.MediaType == "application/x-www-form-urlencoded";
        if (isForm && IsCertificateCheck(body))
        {
            return Results.Ok();
        }

        if (!SlackSignature.IsGenuine(settings.Signing, Single(context, "X-Slack-Request-Timestamp"), Single(context, "X-Slack-Signature"), body.Span, clock.GetUtcNow().ToInstant()))
        {
            return refusals.Refuse(Path, "not signed by Slack, or not just now", 401);
        }

        // Whoever hangs up has said it all the same. SQLite does all it does on the thread that asks.
        var turn = new SlackTurn();
        var work = isForm ? Form(body, turn) : Loose.Parse(body) is { } read ? (turn, ct) => desk.HappenedAsync(read, turn, ct) : (Handler?)null;
        return work is null ? Results.StatusCode(400) : await turns.InTimeAsync(turn, Task.Run(() => work(turn, CancellationToken.None)), time.Token);
    }

    delegate Task<IResult> Handler(SlackTurn turn, CancellationToken ct);

    /// <summary>Null where nothing can be made of it.</summary>
    Handler? Form(ReadOnlyMemory<byte> body, SlackTurn turn)
    {
        if (Fields(body) is not { } fields)
        {
            return null;
        }

        if (!fields.TryGetValue("payload", out var payload))
        {
            turn.Late = desk.LateCommand;
            return fields.ContainsKey("command") ? (turn, ct) => desk.CommandedAsync(fields, turn, ct) : null;
        }

        if (Loose.Parse(Encoding.UTF8.GetBytes(payload)) is not { } read)
        {
            return null;
        }

        turn.Late = desk.Late(read);
        return (turn, ct) => desk.InteractedAsync(read, turn, ct);
    }

    /// <summary>Null where it is no form, or says one thing twice.</summary>
    static Dictionary<string, string>? Fields(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var reader = new FormReader(Strict.GetString(body.Span));
            var read = reader.ReadForm();
            return read.Values.All(values => values.Count == 1 && !values[0]!.Contains('\ufffd')) ? read.ToDictionary(one => one.Key, one => one.Value[0]!) : null;
        }
        catch (Exception failure) when (failure is InvalidDataException or DecoderFallbackException)
        {
            return null;
        }
    }

    /// <summary>Slack looks now and then whether our certificate is good, and signs nothing for it. Nothing else in such a body is looked at.</summary>
    static bool IsCertificateCheck(ReadOnlyMemory<byte> body) => body.Length <= LargestCheck && Fields(body)?.GetValueOrDefault("ssl_check") == "1";

    /// <summary>A header that is there twice is as good as none.</summary>
    static string? Single(HttpContext context, string header) => context.Request.Headers[header] is { Count: 1 } one ? one[0] : null;
}
