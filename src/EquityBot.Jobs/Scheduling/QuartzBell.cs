using Microsoft.Extensions.DependencyInjection;
using Quartz;

namespace EquityBot.Jobs.Scheduling;

/// <summary>Rings the sweeps on the machine's time. The only folder that knows Quartz: a bell, whose exclusiveness nothing relies on.</summary>
public static class QuartzBell
{
    const string Sweep = "sweep";

    /// <summary>One trigger a line of the timetable, kept in memory: one process owns the rows, and a missed ring loses nothing.</summary>
    public static IServiceCollection AddBell(this IServiceCollection services)
    {
        services.AddQuartz(quartz =>
        {
            foreach (var ring in Timetable.Rings)
            {
                var key = new JobKey(ring.Sweep);
                quartz.AddJob<Rung>(job => job.WithIdentity(key).UsingJobData(Sweep, ring.Sweep));
                quartz.AddTrigger(trigger => trigger.ForJob(key).StartNow()
                    .WithSimpleSchedule(schedule => schedule.WithInterval(ring.Every.ToTimeSpan()).RepeatForever()));
            }
        });
        return services.AddQuartzHostedService(options => options.WaitForJobsToComplete = true);
    }

    [DisallowConcurrentExecution]
    sealed class Rung(SweepRunner runner) : IJob
    {
        public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) =>
            await runner.RunAsync(context.MergedJobDataMap.GetString(Sweep)!, cancellationToken);
    }
}
