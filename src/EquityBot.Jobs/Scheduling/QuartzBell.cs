using EquityBot.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using Quartz;

namespace EquityBot.Jobs.Scheduling;

/// <summary>Rings the sweeps on the machine's time. The only folder that knows Quartz: a bell, whose exclusiveness nothing relies on.</summary>
public static class QuartzBell
{
    const string Sweep = "sweep";

    /// <summary>How soon the others notice that a node is gone.</summary>
    static readonly TimeSpan CheckIn = TimeSpan.FromSeconds(7.5);

    /// <summary>
    /// One trigger a line of the timetable, and a lookout for what falls due between two rings. Nodes that share a PostgreSQL database ring once among them, whoever is
    /// alive; a file has one process, which keeps its triggers in memory. A missed ring loses nothing, and a doubled one decides nothing twice.
    /// </summary>
    public static IServiceCollection AddBell(this IServiceCollection services, Pace pace, EquityStore store)
    {
        services.AddQuartz(quartz =>
        {
            if (store.IsPostgres)
            {
                quartz.UsePersistentStore(persistent =>
                {
                    persistent.UseSystemTextJsonSerializer();
                    persistent.ProvisionSchema();
                    persistent.UsePostgres(NpgsqlFactory.Instance, store.ConnectionString);
                    persistent.UseClustering(cluster => (cluster.CheckinInterval, cluster.CheckinMisfireThreshold) = (CheckIn, CheckIn));
                });
            }

            foreach (var ring in Timetable.Rings)
            {
                var key = new JobKey(ring.Sweep);
                quartz.AddJob<Rung>(job => job.WithIdentity(key).UsingJobData(Sweep, ring.Sweep));
                quartz.AddTrigger(trigger => trigger.WithIdentity(ring.Sweep).ForJob(key).StartNow()
                    .WithSimpleSchedule(schedule => schedule.WithInterval(pace.Of(ring.Every)).RepeatForever()));
            }
        });
        return services.AddQuartzHostedService(options => options.WaitForJobsToComplete = true).AddHostedService<Lookout>();
    }

    [DisallowConcurrentExecution]
    sealed class Rung(SweepRunner runner, IHostApplicationLifetime lifetime) : IJob
    {
        /// <summary>A run that is under way when the program ends stops between two transactions; the rest is taken after the next start.</summary>
        public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
        {
            using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
            try
            {
                await runner.RunOutAsync(context.MergedJobDataMap.GetString(Sweep)!, ending.Token);
            }
            catch (OperationCanceledException) when (ending.IsCancellationRequested)
            {
            }
        }
    }
}
