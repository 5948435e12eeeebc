using System.Net.Http.Headers;
using System.Text.Json;
using EquityBot.Chat;
using Microsoft.IdentityModel.Tokens;
using NodaTime;
using NodaTime.Extensions;

namespace EquityBot.Channels.Teams;

/// <summary>A key that signs activities, and the channels it may sign for.</summary>
sealed record EndorsedKey(SecurityKey Key, IReadOnlySet<string> Endorsements);

/// <summary>
/// The keys of whoever signs activities, found through the OpenID document. They are asked for when they are needed, by one at a time and not more often
/// than every five minutes, whatever comes in; what cannot be understood never takes the place of keys that work. All instants are on the machine clock.
/// </summary>
sealed class TeamsKeys(TeamsSettings settings, IHttpClientFactory clients, MachineClock clock, ILogger<TeamsKeys> log)
{
    /// <summary>Largest document, in bytes. Microsoft's are below 30 KB.</summary>
    public const int Largest = 256 * 1024;

    /// <summary>So long keys are used that could not be had anew.</summary>
    public static readonly Duration Lifetime = Duration.FromHours(24);

    public static readonly Duration Renewal = Duration.FromHours(1);
    public static readonly Duration Rest = Duration.FromMinutes(5);

    readonly Lock gate = new();
    volatile Known known = new(Instant.MinValue, new Dictionary<string, EndorsedKey>());
    Instant askedAt = Instant.MinValue;
    Task renewal = Task.CompletedTask;

    /// <summary>False while there are no keys that may still be trusted: then nobody can say whether a token is genuine.</summary>
    public bool AreKnown => Age < Lifetime;

    Duration Age => known.At == Instant.MinValue ? Duration.MaxValue : Now - known.At;

    Instant Now => clock.GetUtcNow().ToInstant();

    /// <summary>How many known keys may sign for this channel.</summary>
    public int CountFor(string channel) => known.Keys.Values.Count(key => key.Endorsements.Contains(channel));

    /// <summary>Null where there is no such key.</summary>
    public async Task<EndorsedKey?> FindAsync(string id, CancellationToken ct)
    {
        if (Age >= Renewal || !known.Keys.ContainsKey(id))
        {
            await RenewAsync().WaitAsync(ct);
        }

        return AreKnown ? known.Keys.GetValueOrDefault(id) : null;
    }

    /// <summary>One for all who need it, so that nobody ends it for the others by hanging up.</summary>
    Task RenewAsync()
    {
        lock (gate)
        {
            if (renewal.IsCompleted && (askedAt == Instant.MinValue || Now - askedAt >= Rest))
            {
                askedAt = Now;
                renewal = Task.Run(() => RenewAsync(askedAt));
            }

            return renewal;
        }
    }

    async Task RenewAsync(Instant at)
    {
        try
        {
            known = new(at, await FetchAsync(CancellationToken.None));
        }
        catch (Exception failure)
        {
            // Whatever came instead of keys, those that are known stay.
            log.LogWarning("The keys of Teams could not be had ({Reason}); {Count} known ones are {Age} hours old", failure.GetType().Name, known.Keys.Count, known.Keys.Count == 0 ? 0 : (int)Age.TotalHours);
        }
    }

    async Task<Dictionary<string, EndorsedKey>> FetchAsync(CancellationToken ct)
    {
        using var document = await ReadAsync(settings.Cloud.Metadata, ct);
        var address = Loose.Text(document.RootElement, "jwks_uri");
        if (!Uri.TryCreate(address, UriKind.Absolute, out var place) || place.Scheme != settings.Cloud.Metadata.Scheme || place.Authority != settings.Cloud.Metadata.Authority)
        {
            throw new InvalidDataException("The document names keys of another place.");
        }

        using var set = await ReadAsync(place, ct);
        var keys = new Dictionary<string, EndorsedKey>();
        foreach (var key in Loose.Items(set.RootElement, "keys"))
        {
            if (Parse(key) is { } parsed)
            {
                keys[parsed.Kid] = new(parsed, Loose.Items(key, "endorsements").Where(one => one.ValueKind == JsonValueKind.String).Select(one => one.GetString()!).ToHashSet(StringComparer.Ordinal));
            }
        }

        return keys.Count > 0 ? keys : throw new InvalidDataException("The document holds no keys.");
    }

    /// <summary>Null for what is none that may sign; the others of the document are used all the same.</summary>
    static JsonWebKey? Parse(JsonElement key)
    {
        try
        {
            var parsed = new JsonWebKey(key.GetRawText());
            return parsed is { Kty: JsonWebAlgorithmsKeyTypes.RSA, Kid.Length: > 0, KeySize: >= 2048 } ? parsed : null;
        }
        catch (Exception failure) when (failure is ArgumentException or FormatException or JsonException or InvalidOperationException or SecurityTokenException)
        {
            return null;
        }
    }

    async Task<JsonDocument> ReadAsync(Uri address, CancellationToken ct)
    {
        using var client = clients.CreateClient(nameof(TeamsKeys));
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        using var response = await client.SendAsync(request, ct);
        response.EnsureSuccessStatusCode();
        return JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(ct));
    }

    sealed record Known(Instant At, IReadOnlyDictionary<string, EndorsedKey> Keys);
}
