using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Quartz;

namespace EquityBot.Jobs.Scheduling;

/// <summary>Rings the sweeps on the machine's time. The only folder that knows Quartz: a bell, whose exclusiveness nothing relies on.</summary>
public static class QuartzBell
{
    const string Sweep = "sweep";

    /// <summary>One trigger a line of the timetable, kept in memory: one process owns the rows, and a missed ring loses nothing.</summary>
    public static IServiceCollection AddBell(this IServiceCollection services, Pace pace)
    {
        services.AddQuartz(quartz =>
        {
            foreach (var ring in Timetable.Rings)
            {
                var key = new JobKey(ring.Sweep);
                quartz.AddJob<Rung>(job => job.WithIdentity(key).UsingJobData(Sweep, ring.Sweep));
                quartz.AddTrigger(trigger => trigger.ForJob(key).StartNow()
                    .WithSimpleSchedule(schedule => schedule.WithInterval(pace.Of(ring.Every)).RepeatForever()));
            }
        });
        return services.AddQuartzHostedService(options => options.WaitForJobsToComplete = true);
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
                await runner.RunAsync(context.MergedJobDataMap.GetString(Sweep)!, ending.Token);
            }
            catch (OperationCanceledException) when (ending.IsCancellationRequested)
            {
            }
        }
    }
}
