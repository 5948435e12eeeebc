using System.Net.Mail;
using System.Net.Mime;
using System.Text;
using EquityBot.Chat;

namespace EquityBot.Channels.Email;

/// <summary>The only place that knows System.Net.Mail: hands one letter to the server and says what is known of it.</summary>
sealed class SmtpPost(SmtpSettings settings, ILogger<SmtpPost> log)
{
    public async Task<SendOutcome> SendAsync(string to, Letter letter, Guid messageId, CancellationToken ct)
    {
        using var text = new Watched(letter.Text);
        using var html = new Watched(letter.Html);
        using var message = new MailMessage(settings.From, new MailAddress(to)) { Subject = letter.Subject, SubjectEncoding = Encoding.UTF8 };
        message.AlternateViews.Add(View(text, MediaTypeNames.Text.Plain));
        message.AlternateViews.Add(View(html, MediaTypeNames.Text.Html));
        message.Headers.Add("Message-ID", $"<{messageId:N}@{settings.From.Host}>");
        message.Headers.Add("Auto-Submitted", "auto-generated");
        message.Headers.Add("X-Auto-Response-Suppress", "All");
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(settings.Patience);

        // Whoever is cancelled waits for the server's last word all the same, as long as the client's own limit: a hundred seconds, unless it is set.
        using var client = new SmtpClient(settings.Host, settings.Port) { EnableSsl = settings.StartTls, UseDefaultCredentials = false, Credentials = settings.Login, Timeout = (int)settings.Patience.TotalMilliseconds };
        try
        {
            await client.SendMailAsync(message, patience.Token);
            return new SendOutcome.Sent();
        }
        catch (SmtpException failure)
        {
            return Outcome((int)failure.StatusCode, failure is SmtpFailedRecipientException, text.WasRead, messageId);
        }
        catch (Exception failure) when (failure is IOException or System.Net.Sockets.SocketException or System.Security.Authentication.AuthenticationException or OperationCanceledException or InvalidOperationException)
        {
            return Outcome(0, false, text.WasRead, messageId);
        }
    }

    /// <summary>The body is read only when the server has said that it takes it: whether it was tells "certainly not sent" from "nobody knows".</summary>
    /// <param name="code">The server's reply code; none (0 or less) when the connection failed instead.</param>
    SendOutcome Outcome(int code, bool recipient, bool begun, Guid messageId)
    {
        log.LogWarning("Mail {Message} was not taken: code {Code}, recipient refused {Recipient}, body begun {Begun}", messageId, code, recipient, begun);
        return code switch
        {
            >= 500 when recipient || begun => new SendOutcome.Permanent($"the mail server refused the {(recipient ? "recipient" : "message")} ({code})"),
            >= 400 => new SendOutcome.Refused($"the mail server answered {code}"),
            _ when begun => new SendOutcome.Unknown("the connection to the mail server was lost after the message had left"),
            _ => new SendOutcome.Refused("the mail server could not be reached or did not protect the connection"),
        };
    }

    static AlternateView View(Stream content, string type) =>
        new(content, new ContentType(type) { CharSet = Encoding.UTF8.WebName }) { TransferEncoding = TransferEncoding.Base64 };

    /// <summary>A body that notices when it begins to leave.</summary>
    sealed class Watched(string text) : MemoryStream(Encoding.UTF8.GetBytes(text), writable: false)
    {
        public bool WasRead { get; private set; }

        public override int Read(byte[] buffer, int offset, int count) => Noticed(() => base.Read(buffer, offset, count));

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => Noticed(() => base.ReadAsync(buffer, offset, count, cancellationToken));

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => Noticed(() => base.ReadAsync(buffer, cancellationToken));

        public override IAsyncResult BeginRead(byte[] buffer, int offset, int count, AsyncCallback? callback, object? state) => Noticed(() => base.BeginRead(buffer, offset, count, callback, state));

        T Noticed<T>(Func<T> read)
        {
            WasRead = true;
            return read();
        }
    }
}
