using System.Globalization;
using EquityBot.Jobs;
using EquityBot.Storage;
using Npgsql;

namespace EquityBot;

/// <summary>A setting that cannot be started with; the message names its key and what to do.</summary>
public sealed class SettingException(string message) : Exception(message);

/// <summary>What the host is told from outside (design §10), checked before anything opens.</summary>
public sealed record Settings(int Port, int ManagementPort, string ConnectionString, bool Practice, bool JobsEmbedded, Pace Pace, OutsideMonitor? Monitor)
{
    public bool IsPostgres => EquityStore.NamesPostgres(ConnectionString);

    public static Settings Read(IConfiguration configuration, IHostEnvironment environment)
    {
        var practice = Flag(configuration, "Practice:Enabled", environment.IsDevelopment());
        if (practice && environment.IsProduction())
        {
            throw new SettingException("Practice__Enabled is true in Production: practice mode lets anybody be anybody. Set Practice__Enabled=false.");
        }

        var data = configuration["EQUITYBOT_DATA"] ?? ".data";
        var connection = configuration.GetConnectionString("Equity");
        if (string.IsNullOrWhiteSpace(connection))
        {
            connection = $"Data Source={Path.Combine(Path.GetFullPath(data), "equitybot.db")}";
        }

        var settings = new Settings(
            ReadPort(configuration, "EQUITYBOT_PORT", 5080),
            ReadPort(configuration, "Management:Port", 5081),
            Checked(connection),
            practice,
            Flag(configuration, "Jobs:Embedded", true),
            ReadPace(configuration),
            ReadMonitor(configuration));
        if (!settings.IsPostgres && !settings.JobsEmbedded)
        {
            throw new SettingException("Jobs__Embedded is false with a SQLite file: a file belongs to one process. Name a PostgreSQL database in ConnectionStrings__Equity, or embed the jobs.");
        }

        return settings;
    }

    static bool Flag(IConfiguration configuration, string key, bool otherwise) =>
        configuration[key] is not { Length: > 0 } value ? otherwise
        : bool.TryParse(value, out var flag) ? flag
        : throw new SettingException($"{key.Replace(":", "__", StringComparison.Ordinal)} is “{value}”, not true or false.");

    static int ReadPort(IConfiguration configuration, string key, int otherwise) =>
        configuration[key] is not { Length: > 0 } value ? otherwise
        : int.TryParse(value, out var port) && port is >= 0 and <= 65535 ? port
        : throw new SettingException($"{key.Replace(":", "__", StringComparison.Ordinal)} is “{value}”, not a port between 0 and 65535.");

    static Pace ReadPace(IConfiguration configuration) =>
        configuration["Jobs:Pace"] is not { Length: > 0 } value ? Pace.Real
        : double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var times) && times is >= 1 and <= 10_000 ? new(times)
        : throw new SettingException($"Jobs__Pace is “{value}”, not a number between 1 and 10000.");

    static OutsideMonitor? ReadMonitor(IConfiguration configuration) =>
        OutsideMonitor.TryRead(configuration, out var monitor) ? monitor : throw new SettingException(OutsideMonitor.Wrong);

    /// <summary>The string itself never appears in the message: it may hold a password.</summary>
    static string Checked(string connection)
    {
        try
        {
            if (EquityStore.NamesPostgres(connection))
            {
                _ = new NpgsqlConnectionStringBuilder(connection);
            }
            else if (new Microsoft.Data.Sqlite.SqliteConnectionStringBuilder(connection).DataSource.Length == 0)
            {
                throw new ArgumentException("no Data Source");
            }

            return connection;
        }
        catch (ArgumentException)
        {
            throw new SettingException("ConnectionStrings__Equity is neither a SQLite string (Data Source=…) nor a PostgreSQL string (Host=…;Database=…;Username=…).");
        }
    }
}
