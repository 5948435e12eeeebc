using EquityBot.Doubles;

namespace EquityBot.Scenarios;

/// <summary>Mail as it leaves a real installation. Whom a process trusts is settled when it starts, so that this one is a process of its own.</summary>
public sealed class ProtectedMailStories
{
    [Fact]
    public async Task Through_a_server_that_somebody_vouches_for_mail_leaves_protected_and_signed_in()
    {
        await using var server = new MailServer(MailServer.SelfMade(), ("equitybot", "the right word"));
        await using var database = await Database.OpenAsync(Engine.Sqlite);
        var trusted = Path.GetTempFileName();
        await File.WriteAllTextAsync(trusted, server.Certificate!.ExportCertificatePem());
        try
        {
            await using var host = await HostProcess.StartAsync(database.ConnectionString, null, ("SSL_CERT_FILE", trusted), ("Smtp__Host", "localhost"), ("Smtp__Port", $"{server.Port}"),
                ("Smtp__From", "equitybot@riverbend.example"), ("Smtp__StartTls", "true"), ("Smtp__User", "equitybot"), ("Smtp__Password", "the right word"));
            var draft = new Seen((await host.PostAsync("/practice/api/say", new { @as = "dana.reyes", text = "we'll offer an interpreter at every discharge by 2026-03-06" })).GetProperty("replies")[0]);
            await host.PostAsync("/practice/api/press", new { @as = "dana.reyes", messageId = draft.Id, action = draft.Action("Confirm").GetProperty("id").GetString() });
            await host.PostAsync("/practice/api/faults", new { to = "dana.reyes", outcome = "permanent", times = 1 });
            await host.PostAsync("/practice/api/clock", new { to = "2026-03-04T12:00" });
            var mail = Assert.Single(server.Mails);
            Assert.Equal((true, "dana.reyes@riverbend.example"), (mail.WasProtected, Assert.Single(mail.To)));
        }
        finally
        {
            File.Delete(trusted);
        }
    }
}
