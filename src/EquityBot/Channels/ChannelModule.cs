namespace EquityBot.Channels;

/// <summary>One thing that was looked at, and in words how it is.</summary>
public sealed record Symptom(string Name, bool IsWell, string Detail);

/// <summary>A channel registers itself from its own folder and its own configuration section; found by scanning.</summary>
public abstract class ChannelModule
{
    /// <summary>The channel's name, and where its addresses live.</summary>
    public abstract string Name { get; }

    /// <summary>Whether this installation uses it.</summary>
    public abstract bool IsWanted(IConfiguration configuration);

    public abstract void AddServices(IServiceCollection services, IConfiguration configuration);

    public abstract void MapEndpoints(WebApplication app);

    /// <summary>Runs once, after the database is up to date and before the first request.</summary>
    public virtual Task StartAsync(IServiceProvider services, CancellationToken ct) => Task.CompletedTask;

    /// <summary>What <c>equitybot doctor</c> says about it; nothing where there is nothing to say.</summary>
    public virtual Task<IReadOnlyList<Symptom>> ExamineAsync(IServiceProvider services, CancellationToken ct) => Task.FromResult<IReadOnlyList<Symptom>>([]);

    /// <summary>All modules of this program, by name.</summary>
    public static IReadOnlyList<ChannelModule> All { get; } =
    [
        .. typeof(ChannelModule).Assembly.GetTypes()
            .Where(type => !type.IsAbstract && typeof(ChannelModule).IsAssignableFrom(type))
            .Select(type => (ChannelModule)Activator.CreateInstance(type)!)
            .OrderBy(module => module.Name, StringComparer.Ordinal),
    ];
}

/// <summary>What several channels stand on.</summary>
static class ChannelGround
{
    public static IServiceCollection AddChannelGround(this IServiceCollection services) =>
        services.AddSingleton<Workspaces>().AddSingleton<Accounts>().AddSingleton<Presses>().AddSingleton<Refusals>();
}
