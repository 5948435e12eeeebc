using EquityBot.Channels.Email;
using Microsoft.Extensions.Configuration;

namespace EquityBot.Tests.Channels.Email;

public sealed class SmtpSettingsTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("equitybot-smtp-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    static IConfiguration With(params (string Key, string? Value)[] settings) => new ConfigurationBuilder().AddInMemoryCollection(
        new Dictionary<string, string?> { ["Smtp:Host"] = "mail.hospital.example", ["Smtp:From"] = "equitybot@hospital.example" }
            .Concat(settings.ToDictionary(one => "Smtp:" + one.Key, one => one.Value)).GroupBy(one => one.Key).ToDictionary(one => one.Key, one => one.Last().Value)).Build();

    static SmtpSettings Read(params (string Key, string? Value)[] settings) => SmtpSettings.Read(With(settings));

    static string Refusal(params (string Key, string? Value)[] settings) => Assert.Throws<SettingException>(() => Read(settings)).Message;

    string FileOf(string text)
    {
        var path = Path.Combine(folder, Guid.NewGuid().ToString());
        File.WriteAllText(path, text);
        return path;
    }

    [Fact]
    public void With_nothing_set_the_channel_is_off() => Assert.False(SmtpSettings.IsWanted(new ConfigurationBuilder().Build()));

    [Fact]
    public void Whoever_sets_anything_means_it() => Assert.StartsWith("Smtp__Host is missing", Refusal(("Host", null), ("Port", "25")), StringComparison.Ordinal);

    [Theory]
    [InlineData("mail.hospital.example", null, true)]
    [InlineData("mail.hospital.example", "false", true)]
    [InlineData("192.0.2.7", "false", true)]
    [InlineData("localhost.hospital.example", null, true)]
    [InlineData("localhost", null, false)]
    [InlineData("127.0.0.1", null, false)]
    [InlineData("::1", "true", true)]
    public void Mail_leaves_this_machine_only_protected_whatever_is_set(string host, string? set, bool protects) => Assert.Equal(protects, Read(("Host", host), ("StartTls", set)).StartTls);

    [Theory]
    [InlineData("Port", "0", "Smtp__Port is “0”")]
    [InlineData("Port", "smtp", "Smtp__Port is “smtp”")]
    [InlineData("From", "nobody", "Smtp__From is missing or no address")]
    [InlineData("From", "equitybot@localhost", "Smtp__From is missing or no address")]
    [InlineData("LinkDays", "61", "Smtp__LinkDays is “61”")]
    [InlineData("User", "equitybot", "Smtp__User and Smtp__PasswordFile")]
    [InlineData("Password", "hush-hush", "Smtp__User and Smtp__PasswordFile")]
    [InlineData("PasswordFile", "/nowhere/at/all", "Smtp__PasswordFile: /nowhere/at/all cannot be read")]
    public void A_wrong_setting_is_named_and_its_secret_is_not(string key, string value, string words)
    {
        var refusal = Refusal((key, value));
        Assert.StartsWith(words, refusal, StringComparison.Ordinal);
        Assert.DoesNotContain("hush-hush", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void A_secret_comes_from_a_file_without_its_last_line_break_and_is_never_printed()
    {
        var settings = Read(("User", "equitybot"), ("PasswordFile", FileOf("pass word\n")), ("BounceSecretFile", FileOf("come back\r\n")));
        Assert.Equal("pass word", settings.Login!.Password);
        Assert.True(settings.BounceSecret!.Is("come back"));
        Assert.False(settings.BounceSecret.Is("come back\r\n"));
        Assert.DoesNotContain("come back", settings.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("pass word", settings.ToString(), StringComparison.Ordinal);
        Assert.Contains("are both set", Refusal(("User", "equitybot"), ("Password", "a"), ("PasswordFile", FileOf("b"))), StringComparison.Ordinal);
        Assert.Contains("is empty", Refusal(("BounceSecretFile", FileOf("\n"))), StringComparison.Ordinal);
    }
}
