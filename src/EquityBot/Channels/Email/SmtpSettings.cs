using System.Net;
using System.Net.Mail;
using NodaTime;

namespace EquityBot.Channels.Email;

/// <summary>The mail server and what we are to it, checked before anything opens. Printing it shows no secret.</summary>
/// <param name="StartTls">False only for a server on this machine.</param>
/// <param name="BounceSecret">What whoever hands in returned mail must know; null where nobody may.</param>
/// <param name="LinkLifetime">How long the link in a mail opens its message.</param>
sealed record SmtpSettings(string Host, int Port, MailAddress From, bool StartTls, NetworkCredential? Login, Secret? BounceSecret, Duration LinkLifetime)
{
    /// <summary>How long one mail may take. Shorter than a delivery's lease.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(20);

    public static bool IsWanted(IConfiguration configuration) => configuration.GetSection("Smtp").GetChildren().Any(setting => !string.IsNullOrWhiteSpace(setting.Value));

    public static SmtpSettings Read(IConfiguration configuration)
    {
        var smtp = configuration.GetSection("Smtp");
        var host = smtp["Host"] is { Length: > 0 } named ? named : throw new SettingException("Smtp__Host is missing: the name of the mail server that takes mail from here.");
        var local = host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
        var (user, password) = (smtp["User"], Secret.Read(smtp, "Password"));
        if (string.IsNullOrEmpty(user) != password is null)
        {
            throw new SettingException("Smtp__User and Smtp__PasswordFile (or Smtp__Password) belong together: set both, or neither where the server knows this machine.");
        }

        return new(
            host,
            Number(smtp, "Port", 587, 1, 65535, "a port between 1 and 65535"),
            MailAddress.TryCreate(smtp["From"], out var from) && from.Host.Contains('.', StringComparison.Ordinal) ? new MailAddress(from.Address, "EquityBot") : throw new SettingException("Smtp__From is missing or no address such as equitybot@hospital.example; returned mail comes to it."),
            !local || Flag(smtp, "StartTls"),
            password is null ? null : new NetworkCredential(user, password.Reveal()),
            Secret.Read(smtp, "BounceSecret"),
            Duration.FromDays(Number(smtp, "LinkDays", 14, 1, 60, "a number of days between 1 and 60")));
    }

    static int Number(IConfigurationSection smtp, string key, int otherwise, int least, int most, string what) =>
        smtp[key] is not { Length: > 0 } value ? otherwise
        : int.TryParse(value, out var number) && number >= least && number <= most ? number
        : throw new SettingException($"Smtp__{key} is “{value}”, not {what}.");

    /// <summary>Beside a server on this machine alone; elsewhere mail never leaves unprotected, whatever is set.</summary>
    static bool Flag(IConfigurationSection smtp, string key) =>
        smtp[key] is not { Length: > 0 } value ? false
        : bool.TryParse(value, out var flag) ? flag
        : throw new SettingException($"Smtp__{key} is “{value}”, not true or false.");
}
