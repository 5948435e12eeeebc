using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using EquityBot.Chat;
using Microsoft.Identity.Client;
using NodaTime;

namespace EquityBot.Channels.Teams;

/// <summary>What became of one request to the Connector.</summary>
/// <param name="Status">Null where no answer came.</param>
/// <param name="Left">Whether our words had begun to leave.</param>
/// <param name="Error">The platform's own word for what is wrong.</param>
/// <param name="Reason">For the operations page; never a token or a text.</param>
sealed record ConnectorAnswer(int? Status, bool Left, JsonElement Body, string? Error, Duration? RetryAfter, string Reason)
{
    public bool IsFine => Status is >= 200 and < 300;

    /// <summary>The bot may not write there, or nothing is there.</summary>
    public bool IsGone => Status is 403 or 404;

    /// <summary>
    /// In the postman's terms. A request that is the same when repeated (a card drawn anew) is never in doubt. 500 says nothing about what was done; 412 and 503 say
    /// that nothing was; 502 and 504 come from in between.
    /// </summary>
    public SendOutcome Outcome(bool repeatable, string? place) => Status switch
    {
        >= 200 and < 300 => new SendOutcome.Sent(place),
        429 => new SendOutcome.Throttled(Reason, RetryAfter, Everywhere: false),
        401 or 408 or 412 or 503 => new SendOutcome.Refused(Reason),
        null when !Left => new SendOutcome.Refused(Reason),
        null or >= 500 when repeatable => new SendOutcome.Refused(Reason),
        null or >= 500 or < 200 => new SendOutcome.Unknown(Reason),
        _ => new SendOutcome.Permanent(Reason),
    };
}

/// <summary>Speaks to the Connector: the one place from which our token leaves, and only to where it may (docs/decisions/0023).</summary>
sealed class Connector(TeamsSettings settings, IHttpClientFactory clients, ConnectorTokens tokens, ILogger<Connector> log)
{
    /// <summary>Largest answer that is read, in bytes.</summary>
    public const int Largest = 256 * 1024;

    /// <summary>While Teams waits for our own answer, which it does for some fifteen seconds and people for three.</summary>
    public static readonly TimeSpan WhileAsked = TimeSpan.FromSeconds(3);

    /// <param name="patience">Null waits as long as deliveries may.</param>
    public async Task<ConnectorAnswer> CallAsync(HttpMethod method, string service, string path, JsonNode? body, CancellationToken ct, TimeSpan? patience = null)
    {
        if (!settings.MayCall(service))
        {
            log.LogCritical("An address that is none of Teams' was about to be called and was not; somebody may have changed it in the database");
            return new(403, false, default, "refused", null, "the address kept for this conversation is none of Teams'");
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(patience ?? Timeout.InfiniteTimeSpan);
        var answer = await OnceAsync(method, service, path, body, anew: false, limit.Token, ct);
        return answer.Status == 401 ? await OnceAsync(method, service, path, body, anew: true, limit.Token, ct) : answer;
    }

    /// <param name="asker">Whoever asked may be gone before our own patience ends.</param>
    async Task<ConnectorAnswer> OnceAsync(HttpMethod method, string service, string path, JsonNode? body, bool anew, CancellationToken ct, CancellationToken asker)
    {
        using var request = new HttpRequestMessage(method, $"{service.TrimEnd('/')}/{path}");
        var content = body is null ? null : new WatchedContent(Encoding.UTF8.GetBytes(body.ToJsonString()), "application/json");
        request.Content = content;
        try
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await tokens.GetAsync(anew, ct));
            using var client = clients.CreateClient(nameof(Connector));
            using var response = await client.SendAsync(request, ct);
            return Answer(response, await response.Content.ReadAsByteArrayAsync(ct));
        }
        catch (MsalException refused)
        {
            log.LogWarning("The directory gives no token ({Code}); nothing can be sent to Teams", refused.ErrorCode);
            return None(false, "the directory gives the bot no token");
        }
        catch (Exception failure) when (Outbound.IsOfTheWay(failure, asker))
        {
            var left = content?.HasLeft ?? true;
            return None(left, left ? "the connection to Teams was lost after the message had left" : "Teams could not be reached");
        }
    }

    static ConnectorAnswer None(bool left, string reason) => new(null, left, default, null, null, reason);

    static ConnectorAnswer Answer(HttpResponseMessage response, byte[] bytes)
    {
        var (status, body) = ((int)response.StatusCode, Parse(bytes));
        var error = Error(body);
        return new(status, true, body, error, Outbound.After(response.Headers.RetryAfter), $"Teams answered {status}{(error is null ? "" : $" {error}")}");
    }

    static JsonElement Parse(byte[] bytes)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return default;
        }
    }

    /// <summary>Usually <c>{error:{code}}</c>; older answers hide the word in a text that is JSON itself. Only words that look like one are kept.</summary>
    static string? Error(JsonElement body)
    {
        var code = Loose.Text(Loose.Part(body, "error"), "code")
            ?? (Loose.Text(body, "message") is { } inner ? Loose.Text(Parse(Encoding.UTF8.GetBytes(inner)), "subCode") : null);
        return code is { Length: > 0 and <= 60 } && code.All(char.IsAsciiLetterOrDigit) ? code : null;
    }
}
