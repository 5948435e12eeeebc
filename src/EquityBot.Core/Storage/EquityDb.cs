using System.Reflection;
using Microsoft.EntityFrameworkCore;

namespace EquityBot.Storage;

/// <summary>One organization's rows. Opened by <see cref="EquityStore.For"/>; rows of another organization can be neither read nor written.</summary>
public sealed class EquityDb(DbContextOptions<EquityDb> options, Guid organization) : DbContext(options)
{
    /// <summary>The organization whose rows these are.</summary>
    public Guid OrganizationId { get; } = organization;

    /// <summary>True on PostgreSQL; SQLite otherwise.</summary>
    public bool IsPostgres { get; } = options.Extensions.Any(one => one.GetType().Name.StartsWith("Npgsql", StringComparison.Ordinal));

    readonly Dictionary<Type, object> once = [];

    /// <summary>Whether something was saved that the postman waits for.</summary>
    internal bool Rings { get; private set; }

    /// <summary>Loads it at the first call and remembers it for as long as this context lives: for what one transaction reads again and again and does not change.</summary>
    public async Task<T> OnceAsync<T>(Func<Task<T>> load) where T : class
    {
        if (!once.TryGetValue(typeof(T), out var loaded))
        {
            once.Add(typeof(T), loaded = await load());
        }

        return (T)loaded;
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) => Converters.Use(configurationBuilder);

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(EquityDb).Assembly);
        var keepApart = GetType().GetMethod(nameof(KeepApart), BindingFlags.Instance | BindingFlags.NonPublic)!;
        foreach (var type in modelBuilder.Model.GetEntityTypes().Select(entity => entity.ClrType).Where(typeof(IOwned).IsAssignableFrom).ToList())
        {
            keepApart.MakeGenericMethod(type).Invoke(this, [modelBuilder]);
        }
    }

    void KeepApart<T>(ModelBuilder model) where T : class, IOwned =>
        model.Entity<T>().HasQueryFilter(row => row.OrganizationId == OrganizationId);

    public override int SaveChanges(bool acceptAllChangesOnSuccess)
    {
        LookAtWhatIsSaved();
        return base.SaveChanges(acceptAllChangesOnSuccess);
    }

    public override Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        LookAtWhatIsSaved();
        return base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }

    void LookAtWhatIsSaved()
    {
        Rings |= ChangeTracker.Entries<IRings>().Any(entry => entry.State == EntityState.Added);
        foreach (var entry in ChangeTracker.Entries<IOwned>())
        {
            if (entry.State != EntityState.Unchanged && entry.Entity.OrganizationId != OrganizationId)
            {
                throw new InvalidOperationException($"A {entry.Entity.GetType().Name} of another organization was about to be written.");
            }
        }
    }
}
