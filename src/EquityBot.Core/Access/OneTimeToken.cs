using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace EquityBot.Access;

/// <summary>What a link bears that works once: the token in the link, its hash with us, and no way back.</summary>
public static class OneTimeToken
{
    /// <summary>256 random bits in 43 characters that a path may have.</summary>
    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>SHA-256 in lower-case hexadecimal digits.</summary>
    public static string Hash(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
