using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Npgsql;

namespace EquityBot.Doubles;

/// <summary>
/// PostgreSQL for tests. Each process of tests has one cluster of its own, started by the first who asks and gone with the process;
/// each test has a database of its own in it. <c>EQUITYBOT_TEST_PG</c> names a server to use instead (a login that may create databases).
/// </summary>
public static class PrivatePostgres
{
    const string Prefix = "equitybot_test_";
    static readonly Lazy<Task<string>> Server = new(() => Task.Run(() =>
        Environment.GetEnvironmentVariable("EQUITYBOT_TEST_PG") is { Length: > 0 } theirs ? theirs : Cluster.Start()));

    /// <summary>Creates an empty database and returns its connection string.</summary>
    /// <param name="template">The name or the connection string of a database to copy. Whoever is still connected to it is cut off.</param>
    public static async Task<string> CreateDatabaseAsync(string? template = null)
    {
        var name = $"{Prefix}{Environment.ProcessId}_{RandomNumberGenerator.GetHexString(12, lowercase: true)}";
        var source = template is null ? "template0" : NameIn(template);
        if (template is not null)
        {
            await using var pool = new NpgsqlConnection(template.Contains('=') ? template : At(template, await Server.Value));
            NpgsqlConnection.ClearPool(pool);
            await RunAsync($"select pg_terminate_backend(pid) from pg_stat_activity where datname = '{source.Replace("'", "''")}'");
        }
        await RunAsync($"create database {name} template {Quoted(source)} encoding 'UTF8'");
        return At(name, await Server.Value);
    }

    /// <summary>Drops a database made here and cuts off whoever is still connected to it. A second call does nothing.</summary>
    public static async Task DropDatabaseAsync(string connectionString)
    {
        var name = NameIn(connectionString);
        if (!name.StartsWith(Prefix, StringComparison.Ordinal))
            throw new ArgumentException($"{name} was not created for a test.", nameof(connectionString));
        await using (var pool = new NpgsqlConnection(connectionString))
            NpgsqlConnection.ClearPool(pool);
        await RunAsync($"drop database if exists {Quoted(name)} with (force)");
    }

    static async Task RunAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(await Server.Value);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 120 };
        await command.ExecuteNonQueryAsync();
    }

    // Idle connections leave soon: hundreds of databases share the server's 200 places.
    static string At(string name, string server) => new NpgsqlConnectionStringBuilder(server)
    {
        Database = name,
        MaxPoolSize = 100,
        ConnectionIdleLifetime = 2,
        ConnectionPruningInterval = 1,
    }.ConnectionString;

    static string NameIn(string database) =>
        database.Contains('=') ? new NpgsqlConnectionStringBuilder(database).Database! : database;

    static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"")}\"";
}

/// <summary>A cluster of one's own that keeps what it was told (fsync on), to be stopped, killed and started again; gone with the process at the latest.</summary>
public sealed class DurablePostgres
{
    readonly Cluster cluster;

    DurablePostgres(Cluster cluster, string connectionString) => (this.cluster, ConnectionString) = (cluster, connectionString);

    public string ConnectionString { get; }

    /// <param name="megabytes">Of its disk, where that is to be small: a file system of its own, which only the administrator may mount.</param>
    public static Task<DurablePostgres> StartAsync(int? megabytes = null) => Task.Run(() =>
    {
        var (cluster, connection) = Cluster.Open(durable: true, megabytes);
        return new DurablePostgres(cluster, new NpgsqlConnectionStringBuilder(connection) { MaxPoolSize = 50 }.ConnectionString);
    });

    /// <summary>As a crash of the server does: connections break, what was committed is there again.</summary>
    public Task RestartAsync() => Task.Run(cluster.Restart);

    public Task StopAsync() => Task.Run(cluster.Stop);

    /// <summary>After it was stopped, or stopped by itself; nothing happens where it runs.</summary>
    public Task ResumeAsync() => Task.Run(cluster.Resume);

    /// <summary>Leaves nothing of its small disk to it.</summary>
    public Task FillAsync() => Task.Run(cluster.Fill);

    /// <summary>Gives back what was taken.</summary>
    public void Empty() => cluster.Empty();
}

/// <summary>
/// A throw-away cluster in the temporary folder. Nothing in it outlives the process, so it never waits for the disk. A shell at the other end of
/// a pipe removes it as soon as the process is gone, however it went: test runners kill a process before an exit handler is through.
/// </summary>
sealed class Cluster(string folder, string binaries, string[] account)
{
    const string FolderPrefix = "equitybot-pg-";
    const string RemoveAtEndOfInput = """exec >/dev/null 2>&1; trap '' INT TERM HUP; cat; "$@"; umount "$0/data"; rm -rf "$0" """;
    const string Common = "-c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c max_connections=200 -c shared_buffers=64MB -c jit=off";
    const string Small = Common + " -c max_wal_size=32MB -c min_wal_size=32MB";
    const string Speed = Common + " -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c wal_level=minimal -c max_wal_senders=0 -c autovacuum=off";
    static readonly List<IDisposable> HeldToTheEnd = [];
    readonly string data = Path.Combine(folder, "data");

    string settings = Speed;
    int port;

    public static string Start() => Open(durable: false).Connection;

    public static (Cluster Cluster, string Connection) Open(bool durable, int? megabytes = null)
    {
        var (binaries, account) = (FindBinaries(), FindAccount());
        // The server's account must be able to walk to its data.
        var temporary = Run(As(account, "test", "-x", Path.GetTempPath())).Code == 0 ? Path.GetTempPath() : "/tmp";
        foreach (var leftover in Directory.GetDirectories(temporary, FolderPrefix + "*"))
            new Cluster(leftover, binaries, account).RemoveIfAbandoned();
        var name = $"{FolderPrefix}{Environment.ProcessId}-{RandomNumberGenerator.GetHexString(12, lowercase: true)}";
        var cluster = new Cluster(Path.Combine(temporary, name), binaries, account) { settings = megabytes is not null ? Small : durable ? Common : Speed };
        return (cluster, cluster.Create(megabytes));
    }

    string Create(int? megabytes)
    {
        string[] owner = account is [_, _, var user, var group, ..] ? ["-o", user, "-g", group] : [];
        Expect(["install", "-d", "-m", "700", .. owner, folder]);
        HeldToTheEnd.Add(Own(FileMode.CreateNew));
        HeldToTheEnd.Add(Launch(["sh", "-c", RemoveAtEndOfInput, folder, .. Control("-m", "immediate", "stop")], talking: true));
        if (megabytes is not null)
        {
            Expect(["install", "-d", "-m", "700", .. owner, data]);
            Expect(["mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "equitybot", data]);
            Expect(["install", "-d", "-m", "700", .. owner, data]);
        }

        var password = RandomNumberGenerator.GetHexString(32);
        var passwordFile = Path.Combine(folder, "password");
        File.WriteAllText(passwordFile, password);
        Expect(As(account, Path.Combine(binaries, "initdb"), "-D", data, "-U", "equity", "-A", "scram-sha-256", "--pwfile", passwordFile, "-E", "UTF8",
            "--locale=C", OperatingSystem.IsMacOS() ? "--lc-ctype=UTF-8" : "--lc-ctype=C.UTF-8", "--no-sync", "--no-instructions"));
        return $"Host=127.0.0.1;Port={Listen()};Username=equity;Password={password};Database=postgres;Maximum Pool Size=8;Timeout=60";
    }

    // Between finding a free port and listening on it, somebody else may take it.
    int Listen()
    {
        var log = Path.Combine(data, "server.log");
        for (var attempt = 1; ; attempt++)
        {
            using var probe = new TcpListener(IPAddress.Loopback, 0);
            probe.Start();
            port = ((IPEndPoint)probe.LocalEndpoint).Port;
            probe.Stop();
            var (code, words) = Run(Control("-w", "-t", "60", "-l", log, "-o", $"{settings} -p {port}", "start"));
            if (code == 0)
                return port;
            var told = File.Exists(log) ? File.ReadAllText(log) : "";
            if (attempt == 5 || !told.Contains("could not bind", StringComparison.Ordinal))
                throw new InvalidOperationException($"PostgreSQL for the tests did not start: {words}\n{told}");
            File.Delete(log);
        }
    }

    public void Restart()
    {
        Stop();
        Resume();
    }

    public void Resume()
    {
        if (Run(Control("status")).Code != 0)
            Expect(Control("-w", "-t", "60", "-l", Path.Combine(data, "server.log"), "-o", $"{settings} -p {port}", "start"));
    }

    string Ballast => Path.Combine(data, "ballast");

    public void Fill() => Run(["dd", "if=/dev/zero", $"of={Ballast}", "bs=64k"]);

    public void Empty() => File.Delete(Ballast);

    public void Stop() => Expect(Control("-w", "-m", "immediate", "stop"));

    // Left by a process whose remover was killed with it. Its lock went too, whoever has its number now. A server that misses its data stops
    // by itself within a minute; stopping it by number could hit a stranger. The mark goes last, so that the next run finishes half a removal.
    void RemoveIfAbandoned()
    {
        try
        {
            var pid = Path.GetFileName(folder).Split('-')[2];
            if (pid != $"{Environment.ProcessId}" && Directory.Exists($"/proc/{pid}"))
                return;
            using var mark = Own(FileMode.Open);
            if (Directory.Exists(data))
                Directory.Delete(data, recursive: true);
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Somebody else's, in use, or just being removed.
        }
    }

    FileStream Own(FileMode mode) => new(Path.Combine(folder, "owner"), mode, FileAccess.ReadWrite, FileShare.None);

    string[] Control(params string[] arguments) => As(account, [Path.Combine(binaries, "pg_ctl"), "-D", data, "-s", .. arguments]);

    static string[] As(string[] account, params string[] command) =>
        account is [_, _, var user, var group, ..] ? ["setpriv", "--reuid", user, "--regid", group, "--clear-groups", "--", .. command] : command;

    static void Expect(string[] command)
    {
        var (code, words) = Run(command);
        if (code != 0)
            throw new InvalidOperationException($"{string.Join(' ', command)} failed ({code}): {words}");
    }

    static (int Code, string Words) Run(string[] command)
    {
        using var process = Launch(command, talking: false);
        var errors = process.StandardError.ReadToEndAsync();
        var words = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, words + errors.Result);
    }

    static Process Launch(string[] command, bool talking)
    {
        var start = new ProcessStartInfo(command[0], command[1..]) { WorkingDirectory = "/" };
        (start.RedirectStandardInput, start.RedirectStandardOutput, start.RedirectStandardError) = (talking, !talking, !talking);
        start.Environment["LC_ALL"] = "C";
        return Process.Start(start)!;
    }

    // PostgreSQL refuses to run as root.
    static string[] FindAccount() => !Environment.IsPrivilegedProcess ? [] : File.ReadLines("/etc/passwd").Select(line => line.Split(':'))
        .Where(fields => fields[0] is "postgres" or "nobody").MaxBy(fields => fields[0] == "postgres") ?? [];

    static string FindBinaries()
    {
        string[] places = Environment.GetEnvironmentVariable("EQUITYBOT_PG_BIN") is { Length: > 0 } named ? [named] :
        [
            .. Newest("/usr/lib/postgresql", "*"), .. Newest("/usr", "pgsql-*"), .. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':'),
            .. Newest("/opt/homebrew/opt", "postgresql@*"), .. Newest("/usr/local/opt", "postgresql@*"), "/usr/local/pgsql/bin",
        ];
        return Array.Find(places, place => File.Exists(Path.Combine(place, "initdb")) && File.Exists(Path.Combine(place, "pg_ctl")))
            ?? throw new InvalidOperationException($"These tests need the PostgreSQL server programs initdb and pg_ctl, version 13 or later; they are not in {string.Join(", ", places)}. "
                + "Install them (Debian, Ubuntu: apt-get install postgresql; Fedora: dnf install postgresql-server; macOS: brew install postgresql@17), "
                + "or name their folder in EQUITYBOT_PG_BIN, or a server that lets you create databases in EQUITYBOT_TEST_PG.");
    }

    static IEnumerable<string> Newest(string parent, string pattern) => !Directory.Exists(parent) ? [] : Directory.GetDirectories(parent, pattern)
        .OrderDescending(StringComparer.Create(CultureInfo.InvariantCulture, CompareOptions.NumericOrdering)).Select(version => Path.Combine(version, "bin"));
}
