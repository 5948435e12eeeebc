namespace EquityBot.Channels;

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

    /// <summary>All modules of this program, by name.</summary>
    public static IReadOnlyList<ChannelModule> All { get; } =
    [
        .. typeof(ChannelModule).Assembly.GetTypes()
            .Where(type => !type.IsAbstract && typeof(ChannelModule).IsAssignableFrom(type))
            .Select(type => (ChannelModule)Activator.CreateInstance(type)!)
            .OrderBy(module => module.Name, StringComparer.Ordinal),
    ];
}
