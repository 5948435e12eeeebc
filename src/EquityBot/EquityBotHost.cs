using EquityBot.Access;
using EquityBot.Channels;
using EquityBot.Jobs;
using EquityBot.Jobs.Scheduling;
using EquityBot.Pages;
using EquityBot.People;
using EquityBot.Storage;
using NodaTime.Extensions;
using Serilog;
using Serilog.Core;
using Serilog.Events;

namespace EquityBot;

/// <summary>The commands of the program: run, migrate, verify-audit, doctor, roster import. Exit codes: 0 fine, 1 findings, 2 usage, 69 unreachable, 78 configuration.</summary>
public static class EquityBotHost
{
    internal const int Findings = 1;
    internal const int Usage = 2;
    internal const int Unreachable = 69;
    const int Misconfigured = 78;

    public static async Task<int> RunAsync(string[] args)
    {
        try
        {
            return args.TakeWhile(arg => !arg.StartsWith('-')).ToArray() switch
            {
                [] or ["run"] => await ServeAsync(args),
                ["migrate"] => await MigrateAsync(args),
                ["verify-audit"] => await VerifyAuditAsync(args),
                ["doctor"] => await Doctor.ExamineAsync(null, Builder(args), args.Contains("--json")),
                ["doctor", var channel] => await Doctor.ExamineAsync(channel, Builder(args), args.Contains("--json")),
                ["roster", "import", var folder] => await ImportAsync(folder, args),
                _ => Say(Usage, "equitybot run | migrate | verify-audit | doctor [CHANNEL] [--json] | roster import DIR [--dry-run] [--json]"),
            };
        }
        catch (SettingException setting)
        {
            return Say(Misconfigured, setting.Message);
        }
        catch (Exception failure) when (failure is TimeoutException or Npgsql.NpgsqlException)
        {
            return Say(Unreachable, $"The database cannot be used: {failure.Message}");
        }
    }

    internal static int Say(int code, string words)
    {
        Console.Error.WriteLine(words);
        return code;
    }

    static async Task<int> ServeAsync(string[] args)
    {
        await using var host = await OpenAsync(Builder(args));
        host.App.Lifetime.ApplicationStarted.Register(() => Console.WriteLine($"Ready: {host.Address}"));
        await host.App.RunAsync();
        return 0;
    }

    /// <summary>The framework notes with every line in which request it was written, and a link's token stands in that request's address.</summary>
    sealed class WithoutAddress : ILogEventEnricher
    {
        public void Enrich(LogEvent logEvent, ILogEventPropertyFactory propertyFactory) => logEvent.RemovePropertyIfPresent("RequestPath");
    }

    /// <summary>A builder with the product's configuration and logging, for <see cref="OpenAsync"/>; tests add theirs in between.</summary>
    public static WebApplicationBuilder Builder(params string[] args)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = [.. args.Where(arg => arg.StartsWith("--", StringComparison.Ordinal) && arg.Contains('='))] });
        builder.Configuration.AddJsonFile(Path.Combine(AppContext.BaseDirectory, "jobs.json"), optional: true).AddEnvironmentVariables();
        var logger = new LoggerConfiguration().ReadFrom.Configuration(builder.Configuration).Enrich.FromLogContext().Enrich.With<WithoutAddress>().CreateLogger();
        builder.Logging.ClearProviders().AddSerilog(logger, dispose: true);
        return builder;
    }

    /// <summary>The host with its database up to date and its channels ready, not yet listening.</summary>
    public static async Task<OpenHost> OpenAsync(WebApplicationBuilder builder)
    {
        var settings = Settings.Read(builder.Configuration, builder.Environment);
        var access = AccessSettings.Read(builder.Configuration, settings.Practice);
        builder.Configuration["Practice:Enabled"] = settings.Practice.ToString();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            foreach (var port in new[] { settings.Port, settings.ManagementPort }.Distinct())
            {
                if (port == 0)
                {
                    kestrel.Listen(System.Net.IPAddress.Loopback, 0);
                }
                else
                {
                    kestrel.ListenLocalhost(port);
                }
            }
        });
        var store = new EquityStore(settings.ConnectionString);
        var file = store.File is null ? null : FileLock.Take(store.File);
        var modules = ChannelModule.All.Where(module => module.IsWanted(builder.Configuration)).ToList();
        builder.Services.AddEquityCore(store).AddMachineClock().AddJobs().AddSingleton(settings.Pace).AddAccess(access).AddSingleton<OperationsDesk>().AddSingleton<OperationsPage>().AddSingleton<EscalationPage>().AddSingleton<GoalPage>().AddSingleton<ScheduleFile>().AddSingleton<RatingPage>().AddChannelGround().AddProblemDetails();
        modules.ForEach(module => module.AddServices(builder.Services, builder.Configuration));
        if (!settings.Practice)
        {
            builder.Services.AddSystemHospitalClock().AddHostedService<DeliveryLoop>();
            if (settings.IsPostgres)
            {
                builder.Services.AddHostedService<NoticeListener>();
            }

            if (settings.JobsEmbedded)
            {
                builder.Services.AddBell(settings.Pace, store).AddHeartbeat(settings.Monitor);
            }
        }

        var app = builder.Build();
        Pipeline.Use(app, settings);
        EnterPage.Map(app);
        OperationsPage.Map(app);
        GoalPage.Map(app);
        EscalationPage.Map(app);
        RatingPage.Map(app);
        modules.ForEach(module => module.MapEndpoints(app));
        await store.MigrateAsync(app.Lifetime.ApplicationStopping);
        app.Services.GetRequiredService<Chat.Switchboard>().WarmUp();
        app.Services.GetRequiredService<SignIns>().WarmUp();
        foreach (var module in modules)
        {
            await module.StartAsync(app.Services, app.Lifetime.ApplicationStopping);
        }

        return new(app, settings, file);
    }

    static async Task<int> MigrateAsync(string[] args)
    {
        var builder = Builder(args);
        var store = new EquityStore(Settings.Read(builder.Configuration, builder.Environment).ConnectionString);
        using var file = store.File is null ? null : FileLock.Take(store.File);
        await store.MigrateAsync(CancellationToken.None);
        Console.WriteLine("The database is up to date.");
        return 0;
    }

    /// <summary>Reads beside a running process: it takes no lock and changes nothing.</summary>
    static async Task<int> VerifyAuditAsync(string[] args)
    {
        var builder = Builder(args);
        var store = new EquityStore(Settings.Read(builder.Configuration, builder.Environment).ConnectionString);
        if (store.File is { } file && !File.Exists(file))
        {
            return Say(Unreachable, "There is no database yet; start EquityBot first.");
        }

        var (links, unsealed, findings) = await new Sweeps.AuditCheck(store).RunAsync(CancellationToken.None);
        foreach (var finding in findings)
        {
            await Console.Error.WriteLineAsync(finding);
        }

        Console.WriteLine($"{links} audit entries sealed, {unsealed} not yet, {findings.Count} findings.");
        return findings.Count > 0 ? Findings : 0;
    }

    static async Task<int> ImportAsync(string folder, string[] args)
    {
        if (!Directory.Exists(folder))
        {
            return Say(Usage, $"There is no folder {folder}.");
        }

        var builder = Builder(args);
        var store = new EquityStore(Settings.Read(builder.Configuration, builder.Environment).ConnectionString);
        using var file = store.File is null ? null : FileLock.Take(store.File);
        builder.Services.AddEquityCore(store).AddMachineClock().AddSystemHospitalClock();
        await using var app = builder.Build();
        await store.MigrateAsync(CancellationToken.None);
        var texts = Directory.GetFiles(folder, "*.csv").ToDictionary(path => Path.GetFileName(path), File.ReadAllText);
        var dryRun = args.Contains("--dry-run");
        var now = app.Services.GetRequiredService<Chat.HospitalClock>().GetUtcNow().ToInstant();
        var outcome = await app.Services.GetRequiredService<RosterImport>().ImportAsync(texts, now, dryRun, CancellationToken.None);
        return RosterReport.Say(outcome, dryRun, args.Contains("--json"), Console.Out, Console.Error) ? 0 : Findings;
    }
}
