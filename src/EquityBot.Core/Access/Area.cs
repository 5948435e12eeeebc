namespace EquityBot.Access;

/// <summary>
/// How far a sign-in reaches. A link that came by e-mail may be forwarded and lies about for days, so it opens its person's messages and nothing else;
/// a link that was asked for in chat opens every page that the person's rights allow.
/// </summary>
public sealed record Area(string Name, string Path)
{
    public static readonly Area Messages = new("messages", "/messages");

    public static readonly Area Everything = new("pages", "/");

    /// <summary>The area of a local path.</summary>
    public static Area Of(string path) =>
        path == Messages.Path || path.StartsWith(Messages.Path + "/", StringComparison.Ordinal) ? Messages : Everything;
}
