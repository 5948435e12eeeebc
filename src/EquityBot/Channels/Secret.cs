using System.Security.Cryptography;
using System.Text;

namespace EquityBot.Channels;

/// <summary>A word that must not be printed: not in a log, not on a page, not in an error.</summary>
sealed class Secret(string word)
{
    public string Reveal() => word;

    /// <summary>In a time that tells nothing about how much of it was right.</summary>
    public bool Is(string given) => CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(word)), SHA256.HashData(Encoding.UTF8.GetBytes(given)));

    public override string ToString() => "(secret)";

    /// <summary>From the file that <c>{key}File</c> names, without its last line break, or from <c>{key}</c> itself; null where neither is set.</summary>
    public static Secret? Read(IConfigurationSection section, string key)
    {
        var (word, path) = (section[key], section[$"{key}File"]);
        if (string.IsNullOrEmpty(path))
        {
            return string.IsNullOrEmpty(word) ? null : new(word);
        }

        if (!string.IsNullOrEmpty(word))
        {
            throw new SettingException($"{section.Key}__{key} and {section.Key}__{key}File are both set: name one of them.");
        }

        try
        {
            var text = File.ReadAllText(path).TrimEnd('\r', '\n');
            return text.Length > 0 ? new(text) : throw new SettingException($"{section.Key}__{key}File: {path} is empty.");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new SettingException($"{section.Key}__{key}File: {path} cannot be read.");
        }
    }
}
