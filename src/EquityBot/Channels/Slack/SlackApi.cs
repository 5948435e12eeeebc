using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using EquityBot.Access;
using EquityBot.Chat;
using EquityBot.Storage;
using NodaTime;
using NodaTime.Extensions;

namespace EquityBot.Channels.Slack;

/// <summary>What became of one call of the Web API.</summary>
/// <param name="Status">Null where no answer came.</param>
/// <param name="Left">Whether our words had begun to leave.</param>
/// <param name="Error">Slack's own word for what is wrong; null where all is well, or nobody knows.</param>
sealed record SlackAnswer(int? Status, bool Left, JsonElement Body, string? Error, Duration? RetryAfter)
{
    static readonly HashSet<string> TooMany = ["ratelimited", "rate_limited", "message_limit_exceeded"];
    static readonly HashSet<string> Unsure = ["internal_error", "fatal_error", "request_timeout"];
    static readonly HashSet<string> Passing = ["service_unavailable", "team_added_to_org", "token_expired"];

    public bool IsFine => Status == 200 && Error is null && Body.ValueKind == JsonValueKind.Object;

    /// <summary>Slack cannot be asked now, or has enough of us: another time it may say something else.</summary>
    public bool IsPassing => Outcome(repeatable: true, null).IsPassing;

    /// <summary>The token opens nothing any more: the app was taken out, or its way in was closed.</summary>
    public bool IsShutOut => Error is "token_revoked" or "account_inactive" or "invalid_auth" or "not_authed" or "team_access_not_granted" or "org_login_required" or "app_uninstalled";

    /// <summary>What was to be drawn anew is not there, or not ours to change any more.</summary>
    public bool IsStale => Error is "message_not_found" or "cant_update_message" or "edit_window_closed" or "block_mismatch";

    /// <summary>Slack does not understand what we made.</summary>
    public bool IsOurFault => Error is "invalid_blocks" or "invalid_blocks_format" or "msg_too_long" or "msg_blocks_too_long" or "no_text" or "invalid_arguments" or "invalid_arg_name" or "view_too_large" or "too_many_attachments" or "metadata_too_large";

    /// <summary>For the operations page; never a token or a text.</summary>
    public string Reason => Status is null ? (Left ? "the connection to Slack was lost after the message had left" : "Slack could not be reached") : $"Slack answered {Status}{(Error is null ? "" : $" {Error}")}";

    /// <summary>A setting of the app or of the workspace is in the way, until somebody changes it.</summary>
    public bool IsForbidden => Error is "missing_scope" or "not_allowed_token_type" or "no_permission" or "ekm_access_denied" or "messages_tab_disabled" or "access_denied" or "enterprise_is_restricted"
        || Error?.StartsWith("restricted_action", StringComparison.Ordinal) == true;

    /// <summary>In the postman's terms. A call that may be repeated is never in doubt.</summary>
    public SendOutcome Outcome(bool repeatable, string? place) => (Status, Error) switch
    {
        (429, _) => new SendOutcome.Throttled(Reason, RetryAfter, Everywhere: false) { IsOurs = !Left },
        (200, null) when IsFine => new SendOutcome.Sent(place),
        (200, { } error) when TooMany.Contains(error) => new SendOutcome.Throttled(Reason, RetryAfter, Everywhere: false),
        (200, { } error) when Passing.Contains(error) => new SendOutcome.Refused(Reason),
        (200, { } error) when Unsure.Contains(error) => InDoubt(repeatable),
        (200, not null) => new SendOutcome.Permanent(Reason),
        (null, _) when !Left => new SendOutcome.Refused(Reason),
        (401 or 403 or 404 or 408, _) => new SendOutcome.Refused(Reason),
        _ => InDoubt(repeatable),
    };

    SendOutcome InDoubt(bool repeatable) => repeatable ? new SendOutcome.Refused(Reason) : new SendOutcome.Unknown(Reason);
}

/// <summary>Speaks to Slack's Web API: the one place from which our token leaves, and only to where the settings say. Every call is a form, as Slack's own client sends them.</summary>
sealed class SlackApi(SlackSettings settings, IHttpClientFactory clients, EquityStore store, MachineClock clock, HospitalClock hospital, ILogger<SlackApi> log)
{
    /// <summary>Largest answer that is read, in bytes.</summary>
    public const int Largest = 1024 * 1024;

    /// <summary>One call while Slack waits for our own answer (<see cref="SlackTurn"/>).</summary>
    public static readonly TimeSpan WhileAsked = TimeSpan.FromSeconds(2);

    const int MostPaused = 1_000;

    readonly ConcurrentDictionary<(string Tenant, string Method, string Channel), Instant> paused = new();
    readonly ConcurrentDictionary<(string Tenant, string Method), TokenBucket> paces = new();
    readonly ConcurrentDictionary<string, Instant> told = new();

    /// <param name="arguments">Those whose value is null are left out.</param>
    /// <param name="patience">Null waits as long as deliveries may.</param>
    public async Task<SlackAnswer> CallAsync(SlackBot bot, string method, IEnumerable<(string Name, string? Value)> arguments, CancellationToken ct, TimeSpan? patience = null)
    {
        // Posting is counted for each channel; everything else for the workspace.
        var passed = arguments.ToList();
        var place = (bot.Tenant, method, method == "chat.postMessage" ? passed.FirstOrDefault(one => one.Name == "channel").Value ?? "" : "");
        if (HeldBack(place) is { } rest)
        {
            return new(429, false, default, "ratelimited", rest);
        }

        var answer = await CallAsync(bot.Token, method, passed, ct, patience);
        if (answer.Status == 429 || answer.Error is "ratelimited" or "rate_limited")
        {
            Forget();
            paused[place] = clock.GetUtcNow().ToInstant() + Duration.Min(answer.RetryAfter ?? Duration.FromSeconds(5), Duration.FromMinutes(15));
        }

        if (answer.IsForbidden)
        {
            await TellAsync(bot, method, answer, ct);
        }

        return answer;
    }

    /// <summary>The officer hears of what only a person can put right. Once in an hour it is looked whether they were told today.</summary>
    async Task TellAsync(SlackBot bot, string method, SlackAnswer answer, CancellationToken ct)
    {
        var now = clock.GetUtcNow().ToInstant();
        if (told.TryGetValue(bot.Tenant, out var at) && now - at < Duration.FromHours(1))
        {
            return;
        }

        var needed = Loose.Text(answer.Body, "needed") is { Length: > 0 and <= 200 } scopes && scopes.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is ':' or '.' or ',' or '_' or '-') ? $" ({scopes})" : "";
        try
        {
            await store.WriteAsync(bot.Organization, Urgency.Background, db => ForbiddenNotice.TellAsync(db, SlackModule.Channel, bot.Tenant, $"{method} – {answer.Error}{needed}", hospital.GetUtcNow().ToInstant(), ct), ct);
            told[bot.Tenant] = now;
        }
        catch (Exception failure) when (EquityStore.WhyAway(failure) is { } reason)
        {
            // What became of the call itself is known, and is what whoever called needs.
            log.LogWarning("The officer is told later what Slack refuses: the database is away ({Reason})", reason);
        }
    }

    public async Task<SlackAnswer> CallAsync(string? token, string method, IEnumerable<(string Name, string? Value)> arguments, CancellationToken ct, TimeSpan? patience = null)
    {
        using var late = new CancellationTokenSource(patience ?? Timeout.InfiniteTimeSpan, clock);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct, late.Token);
        using var form = new FormUrlEncodedContent(arguments.Where(one => one.Value is not null).Select(one => KeyValuePair.Create(one.Name, one.Value)));
        var content = new WatchedContent(await form.ReadAsByteArrayAsync(ct), "application/x-www-form-urlencoded");
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(settings.ApiBase, method)) { Content = content };
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        try
        {
            using var client = clients.CreateClient(nameof(SlackApi));
            using var response = await client.SendAsync(request, limit.Token);
            return Answer(method, response, await response.Content.ReadAsByteArrayAsync(limit.Token));
        }
        catch (Exception failure) when (Outbound.IsOfTheWay(failure, ct))
        {
            return new(null, content.HasLeft, default, null, null);
        }
    }

    /// <summary>Answers by the address that came with a request: the only way to change what one person alone sees in a channel.</summary>
    /// <returns>Whether Slack has taken it.</returns>
    public async Task<bool> RespondAsync(string? address, JsonObject message, CancellationToken ct, TimeSpan? patience = null)
    {
        if (!settings.MayAnswer(address))
        {
            return false;
        }

        using var late = new CancellationTokenSource(patience ?? WhileAsked, clock);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct, late.Token);
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new WatchedContent(Encoding.UTF8.GetBytes(message.ToJsonString()), "application/json") };
        try
        {
            using var client = clients.CreateClient(nameof(SlackApi));
            using var response = await client.SendAsync(request, limit.Token);
            if (!response.IsSuccessStatusCode)
            {
                log.LogInformation("An answer by its own address was not taken ({Status})", (int)response.StatusCode);
            }

            return response.IsSuccessStatusCode;
        }
        catch (Exception failure) when (Outbound.IsOfTheWay(failure, ct))
        {
            log.LogInformation("An answer by its own address did not arrive ({Failure})", failure.GetType().Name);
            return false;
        }
    }

    SlackAnswer Answer(string method, HttpResponseMessage response, byte[] bytes)
    {
        var (status, body) = ((int)response.StatusCode, Loose.Parse(bytes) ?? default);
        var isFine = Loose.Part(body, "ok").ValueKind == JsonValueKind.True;
        var error = isFine ? null : Loose.Text(body, "error") is { Length: > 0 and <= 60 } word && word.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '.' or ':') ? word : status == 200 ? "fatal_error" : null;
        var answer = new SlackAnswer(status, true, body, error, Outbound.After(response.Headers.RetryAfter));
        if (answer.IsOurFault || answer.IsForbidden)
        {
            // Pointers into what we made and names of scopes; never its words.
            var pointers = Loose.Items(Loose.Part(body, "response_metadata"), "messages").Where(one => one.ValueKind == JsonValueKind.String).Select(one => one.GetString()!.Split('[').Last().TrimEnd(']')).Append(Loose.Text(body, "needed"));
            log.LogError("Slack refused {Method}: {Error} ({Pointers})", method, error, string.Join(", ", pointers.OfType<string>()));
        }

        return answer;
    }

    /// <summary>Pauses that are over.</summary>
    void Forget()
    {
        var now = clock.GetUtcNow().ToInstant();
        foreach (var (place, until) in paused.Count < MostPaused ? [] : paused.ToArray())
        {
            if (until <= now)
            {
                paused.TryRemove(place, out _);
            }
        }
    }

    /// <summary>How long to wait: Slack asked for it, or the method's published tier is used up (docs.slack.dev/apis/web-api/rate-limits).</summary>
    Duration? HeldBack((string Tenant, string Method, string Channel) place)
    {
        var (tenant, method, _) = place;
        var now = clock.GetUtcNow().ToInstant();
        if (paused.TryGetValue(place, out var until) && until > now)
        {
            return until - now;
        }

        if (Tier(method) is not { } limit)
        {
            return null;
        }

        var pace = paces.GetOrAdd((tenant, method), _ => new(limit));
        lock (pace)
        {
            if (pace.FreeAt(now) is var free && free > now)
            {
                return free - now;
            }

            pace.Take(now);
            return null;
        }
    }

    /// <summary>Calls a minute of one method in one workspace. Posting has a limit for each channel, which the postman keeps.</summary>
    static RateLimit? Tier(string method) => method switch
    {
        "chat.update" or "conversations.open" or "conversations.info" or "users.lookupByEmail" => new(50, Duration.FromMinutes(1), 20),
        "chat.postEphemeral" or "views.open" or "views.push" or "views.update" or "views.publish" or "users.info" => new(100, Duration.FromMinutes(1), 50),
        _ => null,
    };
}
