using System.Text.Json;
using EquityBot.Chat;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using NodaTime;
using NodaTime.Extensions;

namespace EquityBot.Channels.Teams;

/// <summary>What a token says, once it is known to be genuine and for us.</summary>
/// <param name="ServiceUrl">Where this activity may be answered.</param>
/// <param name="Endorsements">The channels its key may sign for.</param>
sealed record TeamsToken(string ServiceUrl, IReadOnlySet<string> Endorsements);

/// <summary>The verdict on the token of one request.</summary>
/// <param name="Doubt">Why it is not believed, for our log alone; null when it is.</param>
/// <param name="Later">Nobody can say yet, since there are no keys: the platform may ask again.</param>
sealed record TeamsVerdict(TeamsToken? Token, string? Doubt, bool Later = false)
{
    public static TeamsVerdict No(string doubt) => new(null, doubt);
}

/// <summary>Judges the token that comes with an activity, before anything else of the request is looked at. Nothing that it says is followed: not to a key, not to an address.</summary>
sealed class TeamsTokens(TeamsSettings settings, TeamsKeys keys, MachineClock clock)
{
    const string Bearer = "Bearer ";
    const int LongestKeyId = 200;

    /// <summary>As the Bot Framework allows for clocks that are apart.</summary>
    static readonly Duration Skew = Duration.FromMinutes(5);

    static readonly string[] Algorithms = [SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512];

    /// <summary>Header parameters that bring or point to a key of their own, or ask for something that we do not know.</summary>
    static readonly string[] Forbidden = ["jwk", "jku", "x5c", "x5u", "crit", "enc", "zip"];

    readonly JsonWebTokenHandler handler = new() { MaximumTokenSizeInBytes = 16 * 1024 };

    public async Task<TeamsVerdict> JudgeAsync(IReadOnlyList<string?> authorization, CancellationToken ct)
    {
        if (authorization is not [{ } header] || !header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
        {
            return TeamsVerdict.No("no bearer token");
        }

        if (Parse(header[Bearer.Length..]) is not var (token, head, says))
        {
            return TeamsVerdict.No("not a token");
        }

        if (Misgiving(head, says) is { } misgiving)
        {
            return TeamsVerdict.No(misgiving);
        }

        if (await keys.FindAsync(token.Kid, ct) is not { } key)
        {
            return keys.AreKnown ? TeamsVerdict.No("unknown key") : new(null, "no keys to judge by", Later: true);
        }

        var result = await handler.ValidateTokenAsync(token, Parameters(key.Key));
        return !result.IsValid ? TeamsVerdict.No("signature")
            : Loose.Text(says, "serviceurl") is { Length: > 0 } service ? new(new(service, key.Endorsements), null)
            : TeamsVerdict.No("no service url");
    }

    /// <summary>Its parts as they are written, each name once: what is judged here is what the signature is about.</summary>
    (JsonWebToken Token, JsonElement Head, JsonElement Says)? Parse(string raw)
    {
        try
        {
            if (raw.Count(one => one == '.') != 2 || !handler.CanReadToken(raw))
            {
                return null;
            }

            var token = handler.ReadJsonWebToken(raw);
            return (token, Part(token.EncodedHeader), Part(token.EncodedPayload));
        }
        catch (Exception failure) when (failure is ArgumentException or SecurityTokenException or FormatException or JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    static JsonElement Part(string encoded)
    {
        using var document = JsonDocument.Parse(Base64UrlEncoder.DecodeBytes(encoded), new JsonDocumentOptions { MaxDepth = 8, AllowDuplicateProperties = false });
        return document.RootElement.Clone();
    }

    /// <summary>All that can be said without a key. The issuer is asked before anybody looks for one.</summary>
    string? Misgiving(JsonElement head, JsonElement says)
    {
        var now = clock.GetUtcNow().ToInstant();
        return !Algorithms.Contains(Loose.Text(head, "alg")) ? "algorithm"
            : Forbidden.Any(name => head.TryGetProperty(name, out _)) ? "a key of its own"
            : Loose.Text(head, "kid") is not { Length: > 0 and <= LongestKeyId } ? "no key id"
            : Loose.Text(says, "iss") != settings.Cloud.Issuer ? "issuer"
            : Loose.Text(says, "aud") is not { } audience || !audience.Equals(settings.Audience, StringComparison.OrdinalIgnoreCase) ? "audience"
            : Time(says, "exp") is not { } end || now >= end + Skew ? "expired"
            : Time(says, "nbf") is { } start && now < start - Skew ? "not yet valid"
            : null;
    }

    static Instant? Time(JsonElement says, string claim) =>
        Loose.Part(says, claim) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt64(out var seconds) && seconds is >= 0 and < 100_000_000_000 ? Instant.FromUnixTimeSeconds(seconds) : null;

    /// <summary>The signature is all that is left to judge.</summary>
    static TokenValidationParameters Parameters(SecurityKey key) => new()
    {
        IssuerSigningKey = key, ValidAlgorithms = Algorithms, RequireSignedTokens = true, TryAllIssuerSigningKeys = false,
        ValidateIssuer = false, ValidateAudience = false, ValidateLifetime = false, ValidateIssuerSigningKey = false,
    };
}
