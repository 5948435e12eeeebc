using EquityBot.Chat;
using EquityBot.Jobs.Scheduling;
using EquityBot.Storage;
using EquityBot.Sweeps;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace EquityBot.Jobs;

/// <summary>The jobs as a host of their own, beside web hosts that do not embed them. They share the database and nothing else.</summary>
public static class Worker
{
    const int Misconfigured = 78;

    public static async Task<int> Main(string[] args)
    {
        var builder = WebApplication.CreateSlimBuilder(args);
        builder.Configuration.AddJsonFile(Path.Combine(AppContext.BaseDirectory, "jobs.json"), optional: false).AddEnvironmentVariables();
        var connection = builder.Configuration.GetConnectionString("Equity");
        if (connection is null || !EquityStore.NamesPostgres(connection))
        {
            await Console.Error.WriteLineAsync("ConnectionStrings__Equity must name a PostgreSQL database: a SQLite file belongs to one process, which runs the jobs itself.");
            return Misconfigured;
        }

        if (!OutsideMonitor.TryRead(builder.Configuration, out var monitor))
        {
            await Console.Error.WriteLineAsync(OutsideMonitor.Wrong);
            return Misconfigured;
        }

        var store = new EquityStore(connection);
        builder.Services.AddEquityCore(store).AddMachineClock().AddSystemHospitalClock().AddJobs().AddSingleton(Pace.Real).AddBell(Pace.Real, store).AddHeartbeat(monitor);
        var app = builder.Build();
        await store.MigrateAsync(CancellationToken.None);
        await app.RunAsync();
        return 0;
    }

    /// <summary>What looks: the sweeps' runner. The bell is added apart, since practice mode is rung by its clock.</summary>
    public static IServiceCollection AddJobs(this IServiceCollection services) => services.AddSingleton(Timetable.Rings).AddSingleton<SweepRunner>().AddSingleton<SweepHistory>().AddSingleton<ClockCheck>();

    /// <summary>The machine's time, unless a rehearsal has brought a faster one.</summary>
    public static IServiceCollection AddMachineClock(this IServiceCollection services)
    {
#pragma warning disable RS0030 // The hosts' start-up is where the machine's time comes in.
        services.TryAddSingleton(new MachineClock(TimeProvider.System));
#pragma warning restore RS0030
        return services;
    }

    /// <summary>A real installation: the hospital's day is the machine's, unless a rehearsal has brought a clock of its own.</summary>
    public static IServiceCollection AddSystemHospitalClock(this IServiceCollection services)
    {
        services.TryAddSingleton<HospitalClock, SystemHospitalClock>();
        return services;
    }
}
