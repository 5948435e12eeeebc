using System.Net;
using System.Net.Mail;
using EquityBot.Channels.Email;
using EquityBot.Chat;
using EquityBot.Doubles;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;

namespace EquityBot.Tests.Channels.Email;

/// <summary>What each answer of a real server means: again, never, or nobody knows.</summary>
public class SmtpPostTests
{
    const string To = "ruth.okafor@riverbend.example";
    static readonly Letter Letter = new("EquityBot: one item needs you", "Text — Łódź\r\n.\r\nafter a dot\r\n", "<p>Text — Łódź</p>");

    static Task<SendOutcome> SendAsync(int port, bool startTls = false, NetworkCredential? login = null, Guid? id = null, string host = "localhost", TimeSpan? patience = null) =>
        new SmtpPost(new SmtpSettings(host, port, new MailAddress("equitybot@riverbend.example", "EquityBot"), startTls, login, null, Duration.FromDays(14)) { Patience = patience ?? TimeSpan.FromSeconds(20) }, NullLogger<SmtpPost>.Instance)
            .SendAsync(To, Letter, id ?? Guid.NewGuid(), CancellationToken.None);

    [Fact]
    public async Task Text_and_HTML_arrive_as_they_were_written_under_our_message_id()
    {
        await using var server = new MailServer();
        var id = Guid.NewGuid();
        Assert.IsType<SendOutcome.Sent>(await SendAsync(server.Port, id: id));
        var mail = Assert.Single(server.Mails);
        Assert.Equal(("equitybot@riverbend.example", To), (mail.From, Assert.Single(mail.To)));
        Assert.Equal((Letter.Subject, Letter.Text, Letter.Html), (mail.Subject, mail.Text, mail.Html));
        Assert.Equal(($"<{id:N}@riverbend.example>", "auto-generated"), (mail.Header("Message-ID"), mail.Header("Auto-Submitted")));
        Assert.StartsWith("multipart/alternative", mail.Header("Content-Type"), StringComparison.Ordinal);
        Assert.True(mail.Raw.IndexOf("text/plain", StringComparison.Ordinal) < mail.Raw.IndexOf("text/html", StringComparison.Ordinal), "the last part is the one that programs prefer");
    }

    [Theory] // R19, R20
    [InlineData(MailFault.NoGreeting, typeof(SendOutcome.Refused))]
    [InlineData(MailFault.DropAtSender, typeof(SendOutcome.Refused))]
    [InlineData(MailFault.DropBeforeBody, typeof(SendOutcome.Refused))]
    [InlineData(MailFault.DropAfterBody, typeof(SendOutcome.Unknown))]
    [InlineData(MailFault.LaterAfterBody, typeof(SendOutcome.Refused))]
    [InlineData(MailFault.NeverAfterBody, typeof(SendOutcome.Permanent))]
    public async Task A_lost_connection_is_unknown_only_once_the_body_has_left(MailFault fault, Type outcome)
    {
        await using var server = new MailServer();
        server.Fail(fault);
        Assert.IsType(outcome, await SendAsync(server.Port));
    }

    [Theory] // R19, R20
    [InlineData(MailFault.SilentFromTheStart, typeof(SendOutcome.Refused), 0)]
    [InlineData(MailFault.SilentAfterBody, typeof(SendOutcome.Unknown), 1)]
    public async Task A_server_that_falls_silent_is_waited_for_only_so_long(MailFault fault, Type outcome, int taken)
    {
        await using var server = new MailServer();
        server.Fail(fault);
        Assert.IsType(outcome, await SendAsync(server.Port, patience: TimeSpan.FromSeconds(1)));
        Assert.Equal(taken, server.Mails.Count);
    }

    [Theory]
    [InlineData(450, typeof(SendOutcome.Refused))]
    [InlineData(452, typeof(SendOutcome.Refused))]
    [InlineData(550, typeof(SendOutcome.Permanent))]
    [InlineData(553, typeof(SendOutcome.Permanent))]
    public async Task A_refused_recipient_is_tried_again_or_not_as_the_server_says_and_the_reason_names_nobody(int code, Type outcome)
    {
        await using var server = new MailServer();
        server.Answer(To, code);
        var got = await SendAsync(server.Port);
        Assert.IsType(outcome, got);
        Assert.Contains($"{code}", got.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("ruth", got.ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.Empty(server.Mails);
    }

    [Fact]
    public async Task Nobody_at_the_port_and_no_such_name_are_certainly_not_sent()
    {
        int port;
        await using (var gone = new MailServer())
        {
            port = gone.Port;
        }

        Assert.IsType<SendOutcome.Refused>(await SendAsync(port));
        Assert.IsType<SendOutcome.Refused>(await SendAsync(25, host: "no-such-host.invalid"));
    }

    [Fact]
    public async Task A_wrong_password_is_our_fault_and_not_the_recipients()
    {
        await using var server = new MailServer(login: ("equitybot", "right"));
        Assert.IsType<SendOutcome.Refused>(await SendAsync(server.Port, login: new("equitybot", "wrong")));
        Assert.Empty(server.Mails);
        Assert.IsType<SendOutcome.Sent>(await SendAsync(server.Port, login: new("equitybot", "right")));
    }

    [Fact]
    public async Task Where_protection_is_asked_for_nothing_is_said_without_it()
    {
        await using var open = new MailServer();
        Assert.IsType<SendOutcome.Refused>(await SendAsync(open.Port, startTls: true, login: new("equitybot", "secret-word")));

        // Nor to a server whose certificate nobody vouches for.
        await using var selfMade = new MailServer(MailServer.SelfMade(), login: ("equitybot", "secret-word"));
        Assert.IsType<SendOutcome.Refused>(await SendAsync(selfMade.Port, startTls: true, login: new("equitybot", "secret-word")));
        Assert.Contains("STARTTLS", selfMade.Transcript, StringComparison.Ordinal);
        foreach (var server in new[] { open, selfMade })
        {
            Assert.Empty(server.Mails);
            Assert.DoesNotContain("AUTH", server.Transcript, StringComparison.Ordinal);
            Assert.DoesNotContain("MAIL FROM", server.Transcript, StringComparison.Ordinal);
        }
    }
}
