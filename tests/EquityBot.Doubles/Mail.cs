using System.Text;
using System.Text.RegularExpressions;

namespace EquityBot.Doubles;

/// <summary>One mail as it came over the wire.</summary>
/// <param name="Raw">Headers and body, without the transport's dots.</param>
/// <param name="WasProtected">Whether the connection was.</param>
public sealed partial record Mail(string From, IReadOnlyList<string> To, string Raw, bool WasProtected)
{
    /// <summary>An unfolded and decoded header; empty when it is not there.</summary>
    public string Header(string name) => HeaderIn(Raw, name);

    public string Subject => Header("Subject");

    public string Text => Part("text/plain");

    public string Html => Part("text/html");

    /// <summary>The first link in the text, which a person would tap.</summary>
    public string Link => Address().Match(Text).Value;

    /// <summary>The decoded contents of the part of this type; empty when there is none.</summary>
    public string Part(string type)
    {
        foreach (var part in Boundary().Match(HeadersOf(Raw)) is { Success: true } boundary ? Raw.Split("--" + boundary.Groups[1].Value) : [Raw])
        {
            if (HeaderIn(part.TrimStart('\r', '\n'), "Content-Type").StartsWith(type, StringComparison.OrdinalIgnoreCase))
            {
                var body = part[(part.TrimStart('\r', '\n') is var trimmed ? part.Length - trimmed.Length + trimmed.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4 : 0)..];
                return HeaderIn(part.TrimStart('\r', '\n'), "Content-Transfer-Encoding").Equals("base64", StringComparison.OrdinalIgnoreCase)
                    ? Encoding.UTF8.GetString(Convert.FromBase64String(body.Trim()))
                    : body;
            }
        }

        return "";
    }

    static string HeadersOf(string text) => Fold().Replace(text.Split("\r\n\r\n")[0], " ");

    static string HeaderIn(string text, string name) =>
        HeadersOf(text).Split("\r\n").FirstOrDefault(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase)) is { } line
            ? Word().Replace(line[(name.Length + 1)..].Trim(), word => Encoding.UTF8.GetString(Convert.FromBase64String(word.Groups[1].Value)))
            : "";

    [GeneratedRegex(@"boundary=""?([^"";\r\n]+)""?", RegexOptions.IgnoreCase)]
    private static partial Regex Boundary();

    [GeneratedRegex(@"\r\n[ \t]+")]
    private static partial Regex Fold();

    [GeneratedRegex(@"=\?utf-8\?B\?([^?]*)\?=", RegexOptions.IgnoreCase)]
    private static partial Regex Word();

    [GeneratedRegex(@"https?://\S+")]
    private static partial Regex Address();
}
