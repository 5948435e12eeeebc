using EquityBot.Access;
using Microsoft.Extensions.Configuration;

namespace EquityBot.Tests.Access;

public sealed class AccessSettingsTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("equitybot-keys-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    static AccessSettings Read(bool practice, params (string Key, string? Value)[] settings) =>
        AccessSettings.Read(new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(one => one.Key, one => one.Value)).Build(), practice);

    static string Refusal(params (string Key, string? Value)[] settings) => Assert.Throws<SettingException>(() => Read(practice: false, settings)).Message;

    string KeyFileOf(int bytes)
    {
        var path = Path.Combine(folder, $"key-{bytes}");
        File.WriteAllBytes(path, new byte[bytes]);
        return path;
    }

    [Fact]
    public void Without_an_address_nobody_signs_in_and_nothing_more_is_asked_for() => Assert.Equal(new AccessSettings(null, null, false), Read(practice: false));

    [Fact]
    public void Pages_that_people_sign_in_to_do_not_start_without_a_key_file() => // S9
        Assert.StartsWith("Protection__KeyFile is missing", Refusal(("Pages:Url", "https://equity.example.org")), StringComparison.Ordinal);

    [Fact]
    public void In_practice_mode_they_do() => Assert.Equal("https://equity.example.org/", Read(practice: true, ("Pages:Url", "https://equity.example.org")).Address!.ToString());

    [Theory]
    [InlineData("http://equity.example.org")]
    [InlineData("equity.example.org")]
    [InlineData("https://equity.example.org/path")]
    [InlineData("https://equity.example.org/?q=1")]
    [InlineData("https://somebody@equity.example.org")]
    [InlineData("javascript:alert(1)")]
    public void An_address_that_links_must_not_begin_with_is_refused_by_name(string address) => Assert.StartsWith("Pages__Url is “", Refusal(("Pages:Url", address)), StringComparison.Ordinal);

    [Theory]
    [InlineData("https://equity.example.org", "https://equity.example.org/")]
    [InlineData("https://equity.example.org:8443/", "https://equity.example.org:8443/")]
    [InlineData("http://localhost:5080", "http://localhost:5080/")]
    public void An_address_may_end_in_a_slash_or_not(string given, string address) =>
        Assert.Equal(address, Read(practice: false, ("Pages:Url", given), ("Protection:KeyFile", KeyFileOf(32))).Address!.ToString());

    [Fact]
    public void A_key_file_that_is_not_there_or_too_short_is_named()
    {
        Assert.Contains("is no file that is there", Refusal(("Protection:KeyFile", Path.Combine(folder, "nowhere"))), StringComparison.Ordinal);
        Assert.Contains("holds 31 bytes", Refusal(("Protection:KeyFile", KeyFileOf(31))), StringComparison.Ordinal);
    }
}
