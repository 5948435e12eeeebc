namespace EquityBot.Access;

/// <summary>Who may reach the signed-in pages from where, checked before anything opens.</summary>
/// <param name="Address">Where people's browsers reach this installation, with a slash at its end; null where signed-in pages are off, or in practice mode, which knows its own.</param>
/// <param name="KeyFile">What wraps the keys in the database; null where nobody signs in with anything worth stealing.</param>
/// <param name="Practice">Pages are opened directly as a chosen person.</param>
public sealed record AccessSettings(Uri? Address, KeyFile? KeyFile, bool Practice)
{
    public static AccessSettings Read(IConfiguration configuration, bool practice)
    {
        var address = ReadAddress(configuration["Pages:Url"]);
        var keyFile = KeyFile.Read(configuration["Protection:KeyFile"]);
        return address is not null && keyFile is null && !practice
            ? throw new SettingException("Protection__KeyFile is missing: people sign in to the pages at Pages__Url, and the keys that protect their cookies lie in the database. Name a file of at least 32 random bytes that only this program can read, or leave Pages__Url out.")
            : new(address, keyFile, practice);
    }

    static Uri? ReadAddress(string? value)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            return null;
        }

        return Uri.TryCreate(value.TrimEnd('/') + "/", UriKind.Absolute, out var address)
            && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback))
            && address is { Query: "", Fragment: "", UserInfo: "", AbsolutePath: "/" }
            ? address
            : throw new SettingException($"Pages__Url is “{value}”, not an address such as https://equity.example.org: https unless it is this machine, and no path.");
    }
}
