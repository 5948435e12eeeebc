using System.Net.Http.Headers;
using System.Text;
using EquityBot.Doubles;
using EquityBot.People;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;

namespace EquityBot.Scenarios;

/// <summary>Mail that the server took and that comes back later.</summary>
public sealed class BounceStories
{
    const string Secret = "a-secret-for-returned-mail";

    static Task<Hospital> OpenAsync(Engine engine, MailServer server) => EmailStories.OpenAsync(engine, server, ("Smtp:BounceSecret", Secret));

    static string Returned(Mail mail, string action = "failed", string status = "5.1.1", int padding = 0) => $"""
        From: MAILER-DAEMON@riverbend.example
        Content-Type: multipart/report; report-type=delivery-status; boundary="B"

        --B
        Content-Type: message/delivery-status

        Final-Recipient: rfc822; {mail.To[0]}
        Action: {action}
        Status: {status}

        --B
        Content-Type: text/rfc822-headers

        Message-ID: {mail.Header("Message-ID")}
        To: {mail.To[0]}

        --B--
        {new string('x', padding)}
        """;

    static async Task<(int Status, string Body)> HandInAsync(Hospital hospital, string raw, string? secret = Secret)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/mail/bounces") { Content = new StringContent(raw, Encoding.UTF8, "message/rfc822") };
        request.Headers.Authorization = secret is null ? null : new AuthenticationHeaderValue("Bearer", secret);
        using var response = await hospital.Http.SendAsync(request);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    [Theory, OnBothDatabases]
    public async Task What_comes_back_fails_its_address_and_is_the_officers_task(Engine engine)
    {
        await using var server = new MailServer();
        await using var hospital = await OpenAsync(engine, server);
        var mail = await EmailStories.OwnerStepAsync(hospital, server);
        Assert.Equal((200, """{"taken":1}"""), await HandInAsync(hospital, Returned(mail)));
        await hospital.MoveAsync("2026-03-09T12:05");
        await hospital.As("imani.brooks").SeesAsync("Dana Reyes could not be reached about C-12");
        Assert.Equal("failed", Assert.Single(await hospital.LedgerAsync(), row => row.Step == "owner").State);

        // Once; and the address is not used again, not even when the same roster is imported.
        Assert.Equal((200, """{"taken":0}"""), await HandInAsync(hospital, Returned(mail)));
        var before = server.Mails.Count;
        await ImportAgainAsync(hospital, "dana.reyes@riverbend.example");
        Assert.Empty(await AddressesAsync(hospital, "dana.reyes"));
        Assert.Equal(before, server.Mails.Count);

        // Another address is a new beginning.
        await ImportAgainAsync(hospital, "d.reyes@riverbend.example");
        Assert.Equal("d.reyes@riverbend.example", Assert.Single(await AddressesAsync(hospital, "dana.reyes")));
        Assert.DoesNotContain(hospital.Errors.Lines, line => line.Contains("@riverbend.example", StringComparison.Ordinal)); // I14
    }

    static Task ImportAgainAsync(Hospital hospital, string email) => hospital.ImportAsync("people.csv", file => file.Replace("dana.reyes@riverbend.example", email, StringComparison.Ordinal));

    static async Task<List<string>> AddressesAsync(Hospital hospital, string handle)
    {
        await using var everywhere = hospital.Get<EquityStore>().AcrossOrganizations();
        var person = await everywhere.Rows<Person>().Where(one => one.Handle == handle).Select(one => one.Id).SingleAsync();
        return await everywhere.Rows<ChatAddress>().Where(one => one.PersonId == person && one.Channel == "email").Select(one => one.Address).ToListAsync();
    }

    [Fact]
    public async Task Nobody_without_the_secret_fails_an_address_and_no_delay_does()
    {
        await using var server = new MailServer();
        await using var hospital = await OpenAsync(Engine.Sqlite, server);
        var mail = await EmailStories.OwnerStepAsync(hospital, server);
        foreach (var wrong in new[] { null, "", Secret + "x", Secret.ToUpperInvariant() })
        {
            Assert.Equal(401, (await HandInAsync(hospital, Returned(mail), wrong)).Status);
        }

        Assert.Equal(413, (await HandInAsync(hospital, Returned(mail, padding: 256 * 1024))).Status);
        Assert.Equal((200, """{"taken":0}"""), await HandInAsync(hospital, Returned(mail, action: "delayed", status: "4.4.1")));
        Assert.Equal((200, """{"taken":0}"""), await HandInAsync(hospital, "I am on leave until Monday."));
        Assert.Single(await AddressesAsync(hospital, "dana.reyes"));
        Assert.DoesNotContain(hospital.Errors.Lines, line => line.Contains(Secret, StringComparison.Ordinal)); // I14
    }

    [Fact]
    public async Task Without_a_secret_nothing_can_be_handed_in()
    {
        await using var server = new MailServer();
        await using var hospital = await EmailStories.OpenAsync(Engine.Sqlite, server);
        Assert.Equal(404, (await HandInAsync(hospital, "anything")).Status);
    }
}
