using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace EquityBot.Doubles;

/// <summary>Where the mail server goes wrong.</summary>
public enum MailFault
{
    /// <summary>Hangs up without a greeting.</summary>
    NoGreeting,

    /// <summary>Keeps the line open and never greets.</summary>
    SilentFromTheStart,

    /// <summary>Takes the whole body and never answers.</summary>
    SilentAfterBody,

    /// <summary>Hangs up when the sender is named.</summary>
    DropAtSender,

    /// <summary>Hangs up when it is asked to take a body.</summary>
    DropBeforeBody,

    /// <summary>Takes the whole body and hangs up without an answer.</summary>
    DropAfterBody,

    /// <summary>Takes the whole body and says for now it cannot keep it.</summary>
    LaterAfterBody,

    /// <summary>Takes the whole body and says it never will.</summary>
    NeverAfterBody,
}

/// <summary>A real SMTP server on loopback that keeps every mail and every byte that came, and fails as it is told to.</summary>
public sealed class MailServer : IAsyncDisposable
{
    readonly TcpListener listener = new(IPAddress.Loopback, 0);
    readonly CancellationTokenSource stopping = new();
    readonly ConcurrentQueue<Mail> mails = new();
    readonly ConcurrentQueue<MailFault> faults = new();
    readonly ConcurrentDictionary<string, int> refused = new(StringComparer.OrdinalIgnoreCase);
    readonly StringBuilder transcript = new();
    readonly Task serving;

    /// <param name="certificate">With one it offers STARTTLS and takes no mail without.</param>
    /// <param name="login">User and password that it asks for; null where everybody may send.</param>
    public MailServer(X509Certificate2? certificate = null, (string User, string Password)? login = null)
    {
        (Certificate, Login) = (certificate, login);
        listener.Start();
        serving = ServeAsync();
    }

    public X509Certificate2? Certificate { get; }

    (string User, string Password)? Login { get; }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>What was taken, oldest first; also what was taken without saying so.</summary>
    public IReadOnlyList<Mail> Mails => [.. mails];

    /// <summary>Every line that came, in any conversation; protected ones as they were before they were.</summary>
    public string Transcript
    {
        get
        {
            lock (transcript)
            {
                return transcript.ToString();
            }
        }
    }

    public int Conversations { get; private set; }

    /// <summary>The next conversation goes wrong like this.</summary>
    public void Fail(MailFault fault) => faults.Enqueue(fault);

    /// <summary>This recipient is answered with this code from now on; 250 takes it back.</summary>
    public void Answer(string recipient, int code) => refused[recipient] = code;

    public IReadOnlyList<Mail> To(string recipient) => [.. mails.Where(mail => mail.To.Contains(recipient, StringComparer.OrdinalIgnoreCase))];

    async Task ServeAsync()
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                _ = TalkAsync(await listener.AcceptTcpClientAsync(stopping.Token));
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    async Task TalkAsync(TcpClient client)
    {
        using (client)
        {
            Conversations++;
            MailFault? fault = faults.TryDequeue(out var next) ? next : null;
            try
            {
                await new Conversation(this, client.GetStream(), fault).RunAsync(stopping.Token);
            }
            catch (Exception end) when (end is IOException or OperationCanceledException or System.Security.Authentication.AuthenticationException)
            {
                // The other side has gone, or does not trust us.
            }
        }
    }

    sealed class Conversation(MailServer server, Stream stream, MailFault? fault)
    {
        readonly List<string> recipients = [];
        Stream stream = stream;
        bool isProtected;
        bool isKnown = server.Login is null;
        string sender = "";

        public async Task RunAsync(CancellationToken ct)
        {
            if (fault == MailFault.NoGreeting)
            {
                return;
            }

            if (fault == MailFault.SilentFromTheStart)
            {
                await Task.Delay(Timeout.Infinite, ct);
            }

            await SayAsync("220 mail.test ESMTP", ct);
            while (await LineAsync(ct) is { } line && await AnswerAsync(line, ct))
            {
            }
        }

        /// <summary>False to hang up.</summary>
        async Task<bool> AnswerAsync(string line, CancellationToken ct)
        {
            var verb = line.Split(' ', ':')[0].ToUpperInvariant();
            switch (verb)
            {
                case "EHLO":
                    await SayAsync(string.Concat("250-mail.test\r\n", server.Certificate is null || isProtected ? "" : "250-STARTTLS\r\n", server.Login is null ? "" : "250-AUTH PLAIN LOGIN\r\n", "250 8BITMIME"), ct);
                    return true;
                case "STARTTLS" when server.Certificate is not null:
                    await SayAsync("220 go on", ct);
                    var secured = new SslStream(stream);
                    await secured.AuthenticateAsServerAsync(server.Certificate);
                    (stream, isProtected) = (secured, true);
                    return true;
                case "AUTH":
                    return await LogInAsync(line, ct);
                case "MAIL" when server.Certificate is not null && !isProtected:
                    await SayAsync("530 5.7.0 protect this first", ct);
                    return true;
                case "MAIL" when !isKnown:
                    await SayAsync("530 5.7.0 who are you", ct);
                    return true;
                case "MAIL":
                    sender = Address(line);
                    return fault != MailFault.DropAtSender && await SayAsync("250 2.1.0 yes", ct);
                case "RCPT":
                    var code = server.refused.GetValueOrDefault(Address(line), 250);
                    recipients.AddRange(code == 250 ? [Address(line)] : []);
                    await SayAsync(code == 250 ? "250 2.1.5 yes" : $"{code} {code / 100}.1.1 not {Address(line)}", ct);
                    return true;
                case "DATA":
                    return fault != MailFault.DropBeforeBody && await TakeAsync(ct);
                case "QUIT":
                    await SayAsync("221 2.0.0 bye", ct);
                    return false;
                default:
                    return await SayAsync("250 2.0.0 as you like", ct);
            }
        }

        async Task<bool> LogInAsync(string line, CancellationToken ct)
        {
            var (user, password) = ("", "");
            if (line.Split(' ') is [_, "PLAIN", var given])
            {
                (user, password) = Decoded(given).Split('\0') is [_, var one, var two] ? (one, two) : ("", "");
            }
            else if (line.StartsWith("AUTH LOGIN", StringComparison.OrdinalIgnoreCase))
            {
                user = line.Split(' ') is [_, _, var early] ? Decoded(early) : await AskAsync("VXNlcm5hbWU6", ct);
                password = await AskAsync("UGFzc3dvcmQ6", ct);
            }

            isKnown = (user, password) == server.Login;
            return await SayAsync(isKnown ? "235 2.7.0 welcome" : "535 5.7.8 no", ct);
        }

        async Task<string> AskAsync(string question, CancellationToken ct)
        {
            await SayAsync($"334 {question}", ct);
            return Decoded(await LineAsync(ct) ?? "");
        }

        static string Decoded(string text) => Encoding.UTF8.GetString(Convert.FromBase64String(text));

        async Task<bool> TakeAsync(CancellationToken ct)
        {
            await SayAsync("354 go on", ct);
            var body = new StringBuilder();
            while (await LineAsync(ct) is { } line)
            {
                if (line == ".")
                {
                    server.mails.Enqueue(new Mail(sender, [.. recipients], body.ToString(), isProtected));
                    if (fault == MailFault.SilentAfterBody)
                    {
                        await Task.Delay(Timeout.Infinite, ct);
                    }

                    return fault switch
                    {
                        MailFault.DropAfterBody => false,
                        MailFault.LaterAfterBody => await SayAsync("451 4.3.0 not now", ct),
                        MailFault.NeverAfterBody => await SayAsync("554 5.7.1 never", ct),
                        _ => await SayAsync("250 2.0.0 kept", ct),
                    };
                }

                body.Append(line.StartsWith('.') ? line[1..] : line).Append("\r\n");
            }

            return false;
        }

        static string Address(string line) => line.Split('<', '>') is [_, var address, ..] ? address : "";

        async Task<bool> SayAsync(string words, CancellationToken ct)
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(words + "\r\n"), ct);
            return true;
        }

        async Task<string?> LineAsync(CancellationToken ct)
        {
            var (line, one) = (new List<byte>(), new byte[1]);
            while (await stream.ReadAsync(one, ct) == 1)
            {
                if (one[0] == '\n')
                {
                    var text = Encoding.UTF8.GetString([.. line]).TrimEnd('\r');
                    lock (server.transcript)
                    {
                        server.transcript.Append(text).Append('\n');
                    }

                    return text;
                }

                line.Add(one[0]);
            }

            return null;
        }
    }

    /// <summary>A certificate for localhost that nobody vouches for.</summary>
    public static X509Certificate2 SelfMade()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, pathLengthConstraint: 0, critical: true));
        using var made = request.CreateSelfSigned(new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero), new(2100, 1, 1, 0, 0, 0, TimeSpan.Zero));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        listener.Stop();
        await serving;
        stopping.Dispose();
        Certificate?.Dispose();
    }
}
