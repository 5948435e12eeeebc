using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using NodaTime;

namespace EquityBot.Channels.Slack;

/// <summary>
/// Whether Slack sent these very bytes just now: HMAC-SHA256 of <c>v0:{timestamp}:{body}</c> under the signing secret
/// (docs.slack.dev/authentication/verifying-requests-from-slack). Pure.
/// </summary>
static class SlackSignature
{
    /// <summary>Seconds that a timestamp may be off, in the past or in the future: one that is dated ahead would live longer once stolen.</summary>
    public const int Skew = 300;

    const string Version = "v0=";
    const int Digits = 64;
    static readonly SearchValues<char> Hexadecimal = SearchValues.Create("0123456789abcdef");

    /// <param name="timestamp">As the header has it: seconds since 1970, without a leading zero.</param>
    /// <param name="signature">As the header has it: <c>v0=</c> and 64 lower-case hexadecimal digits.</param>
    /// <param name="body">Before anything was decoded.</param>
    public static bool IsGenuine(IEnumerable<Secret> secrets, string? timestamp, string? signature, ReadOnlySpan<byte> body, Instant now)
    {
        if (timestamp is not { Length: >= 1 and <= 11 } || timestamp[0] == '0' || !timestamp.All(char.IsAsciiDigit) || !long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || Math.Abs(now.ToUnixTimeTicks() - (seconds * NodaConstants.TicksPerSecond)) > Skew * NodaConstants.TicksPerSecond
            || Bytes(signature) is not { } given)
        {
            return false;
        }

        var genuine = false;
        foreach (var secret in secrets)
        {
            genuine |= CryptographicOperations.FixedTimeEquals(given, Mac(secret, timestamp, body));
        }

        return genuine;
    }

    static byte[] Mac(Secret secret, string timestamp, ReadOnlySpan<byte> body)
    {
        using var mac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret.Reveal()));
        mac.AppendData(Encoding.ASCII.GetBytes($"v0:{timestamp}:"));
        mac.AppendData(body);
        return mac.GetHashAndReset();
    }

    static byte[]? Bytes(string? signature) =>
        signature is { Length: Digits + 3 } && signature.StartsWith(Version, StringComparison.Ordinal) && signature.AsSpan(Version.Length).IndexOfAnyExcept(Hexadecimal) < 0
            ? Convert.FromHexString(signature.AsSpan(Version.Length))
            : null;
}
