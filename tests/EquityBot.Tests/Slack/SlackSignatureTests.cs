using System.Globalization;
using System.Text;
using EquityBot.Channels;
using EquityBot.Channels.Slack;
using EquityBot.Doubles;
using NodaTime;

namespace EquityBot.Tests.Slack;

public sealed class SlackSignatureTests
{
    static readonly Instant Now = Instant.FromUnixTimeSeconds(1_770_000_000);
    static readonly byte[] Body = """{"type":"event_callback"}"""u8.ToArray();
    static readonly Secret Ours = new(SlackDouble.SigningSecret);

    static string At(int seconds) => (1_770_000_000 + seconds).ToString(CultureInfo.InvariantCulture);

    static bool IsGenuine(string? timestamp, string? signature, byte[]? body = null) => SlackSignature.IsGenuine([Ours], timestamp, signature, body ?? Body, Now);

    /// <summary>docs.slack.dev/authentication/verifying-requests-from-slack.</summary>
    [Fact]
    public void The_published_example_is_genuine_at_its_time()
    {
        var body = "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c"u8;
        Assert.True(SlackSignature.IsGenuine([Ours], "1531420618", "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503", body, Instant.FromUnixTimeSeconds(1531420618)));
    }

    [Theory] // S12
    [InlineData(-301, false)]
    [InlineData(-300, true)]
    [InlineData(-299, true)]
    [InlineData(0, true)]
    [InlineData(299, true)]
    [InlineData(300, true)]
    [InlineData(301, false)]
    public void It_is_so_for_five_minutes_both_ways(int seconds, bool genuine) => Assert.Equal(genuine, IsGenuine(At(seconds), SlackPayloads.Sign(Body, At(seconds))));

    [Theory] // S12
    [InlineData("")]
    [InlineData(" 1770000000")]
    [InlineData("01770000000")]
    [InlineData("+1770000000")]
    [InlineData("1770000000.0")]
    [InlineData("1.77e9")]
    [InlineData("9223372036854775808")]
    [InlineData("-1770000000")]
    [InlineData("١٧٧٠٠٠٠٠٠٠")]
    public void A_time_that_is_not_written_as_Slack_writes_it_is_none(string timestamp) => Assert.False(IsGenuine(timestamp, SlackPayloads.Sign(Body, timestamp)));

    [Fact] // S11
    public void A_signature_that_is_not_exactly_Slacks_is_none()
    {
        var right = SlackPayloads.Sign(Body, At(0));
        Assert.True(IsGenuine(At(0), right));
        string?[] wrong =
        [
            null, "", "v0=", right[3..], $"v1={right[3..]}", right.ToUpperInvariant(), $"v0={right[3..].ToUpperInvariant()}", right[..^1], right + "0", right[..^1] + (right[^1] == '0' ? '1' : '0'),
            right[..^1] + "g", $" {right}", $"{right} ", SlackPayloads.Sign(Body, At(0), "another secret"), SlackPayloads.Sign(Body, At(1)), "v0=" + new string('０', 64),
        ];
        Assert.All(wrong, signature => Assert.False(IsGenuine(At(0), signature)));
    }

    [Fact] // S13
    public void Every_byte_counts()
    {
        var right = SlackPayloads.Sign(Body, At(0));
        for (var at = 0; at < Body.Length; at++)
        {
            byte[] changed = [.. Body];
            changed[at] ^= 1;
            Assert.False(IsGenuine(At(0), right, changed));
        }

        Assert.False(IsGenuine(At(0), right, [.. Encoding.UTF8.Preamble, .. Body]));
        Assert.False(IsGenuine(At(0), right, Encoding.Unicode.GetBytes(Encoding.UTF8.GetString(Body))));
        Assert.False(IsGenuine(At(0), right, []));
    }

    [Fact] // S15
    public void During_a_rotation_both_secrets_are_good_and_afterwards_one()
    {
        var former = SlackPayloads.Sign(Body, At(0), "the former one");
        Assert.True(SlackSignature.IsGenuine([Ours, new("the former one")], At(0), former, Body, Now));
        Assert.True(SlackSignature.IsGenuine([Ours, new("the former one")], At(0), SlackPayloads.Sign(Body, At(0)), Body, Now));
        Assert.False(SlackSignature.IsGenuine([Ours], At(0), former, Body, Now));
    }
}
