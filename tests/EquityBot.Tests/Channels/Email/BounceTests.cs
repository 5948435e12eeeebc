using EquityBot.Channels.Email;

namespace EquityBot.Tests.Channels.Email;

public class BounceTests
{
    static readonly Guid Id = Guid.Parse("0f8fad5b-d9cb-469f-a165-70867728950e");

    static string Report(string action = "failed", string status = "5.1.1", string? type = null, string? id = null) => $"""
        From: MAILER-DAEMON@mail.hospital.example
        To: equitybot@hospital.example
        Subject: Undelivered Mail Returned to Sender
        Content-Type: {type ?? "multipart/report; report-type=delivery-status;\n boundary=\"B\""}

        --B
        Content-Type: text/plain

        I could not deliver your message.
        --B
        Content-Type: message/delivery-status

        Reporting-MTA: dns; mail.hospital.example

        Final-Recipient: rfc822; ruth.okafor@riverbend.example
        Action: {action}
        Status: {status}
        Diagnostic-Code: smtp; 550 5.1.1 unknown

        --B
        Content-Type: text/rfc822-headers

        Message-ID:
         <{id ?? Id.ToString("N")}@hospital.example>
        To: ruth.okafor@riverbend.example

        --B--
        """.ReplaceLineEndings("\r\n");

    [Fact]
    public void A_report_of_a_permanent_failure_names_the_message_that_came_back()
    {
        var bounce = Bounce.Read(Report())!;
        Assert.Equal(("5.1.1", Id), (bounce.Status, Assert.Single(bounce.Messages)));
    }

    [Fact]
    public void A_delay_a_receipt_a_note_of_absence_and_a_strangers_mail_are_no_bounces()
    {
        Assert.Null(Bounce.Read(Report(action: "delayed", status: "4.4.1")));
        Assert.Null(Bounce.Read(Report(action: "delivered", status: "2.0.0")));
        Assert.Null(Bounce.Read(Report(action: "failed", status: "4.2.2")));
        Assert.Null(Bounce.Read(Report(id: "not-one-of-ours")));
        Assert.Null(Bounce.Read($"Subject: I am away\r\nIn-Reply-To: <{Id:N}@hospital.example>\r\n\r\nAction: failed\r\nStatus: 5.1.1\r\n"));
        Assert.Null(Bounce.Read(""));
    }

    [Fact]
    public void A_hostile_report_is_read_in_no_time() // I15
    {
        var started = System.Diagnostics.Stopwatch.StartNew();
        Assert.Null(Bounce.Read("Content-Type: multipart/report; " + string.Concat(Enumerable.Repeat("\r\n ", 80_000))));
        Assert.Null(Bounce.Read(string.Concat(Enumerable.Repeat("References: <aaaa", 15_000))));
        Assert.True(started.Elapsed < TimeSpan.FromSeconds(2), $"{started.Elapsed}");
    }
}
