using EquityBot.Storage;
using EquityBot.Chat;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace EquityBot.Tests.Given;

/// <summary>Core as a host wires it, with clocks that stand still.</summary>
static class Wiring
{
    /// <summary>Monday, March 2, 2026, nine in the morning in New York.</summary>
    public static readonly Instant Start = Instant.FromUtc(2026, 3, 2, 14, 0);

    public static ServiceProvider Core(EquityStore store, StillClock? clock = null, Action<IServiceCollection>? more = null)
    {
        clock ??= new StillClock(Start);
        var services = new ServiceCollection().AddLogging().AddEquityCore(store)
            .AddSingleton<HospitalClock>(clock).AddSingleton(new MachineClock(clock));
        more?.Invoke(services);
        return services.BuildServiceProvider();
    }

    /// <summary>Core on a file that is never opened: for tests that only look at what scanning found.</summary>
    public static ServiceProvider Unopened() => Core(new EquityStore("Data Source=never-opened.db"));
}

static class Kinds
{
    /// <summary>Kinds of escalation action there are, and whether each writes to the recipient.</summary>
    public static Dictionary<string, bool> GetKinds(this ServiceProvider core) => core.GetServices<EquityBot.Escalation.IEscalationAction>().ToDictionary(action => action.Kind, action => action.Writes);
}
