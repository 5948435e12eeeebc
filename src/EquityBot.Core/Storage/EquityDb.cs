using System.Reflection;
using Microsoft.EntityFrameworkCore;

namespace EquityBot.Storage;

/// <summary>One organization's rows. Opened by <see cref="EquityStore.For"/>; rows of another organization can be neither read nor written.</summary>
public sealed class EquityDb : DbContext
{
    readonly SharedViews shared;
    readonly Dictionary<Type, object> once = [];

    internal EquityDb(DbContextOptions<EquityDb> options, SharedViews shared, Guid organization) : base(options)
    {
        (this.shared, OrganizationId) = (shared, organization);
        IsPostgres = options.Extensions.Any(one => one.GetType().Name.StartsWith("Npgsql", StringComparison.Ordinal));
    }

    /// <summary>The organization whose rows these are.</summary>
    public Guid OrganizationId { get; }

    /// <summary>True on PostgreSQL; SQLite otherwise.</summary>
    public bool IsPostgres { get; }

    /// <summary>Whether something was saved that the postman waits for.</summary>
    internal bool Rings { get; private set; }

    /// <summary>Whether something was saved that shared views are made of.</summary>
    internal bool ChangesViews { get; private set; }

    /// <summary>The same view for all that this context does, and where it has changed nothing that goes into it, one that other transactions share.</summary>
    /// <param name="read">Reads it without tracking; what it returns is never changed.</param>
    public async Task<T> ViewAsync<T>(Func<Task<T>> read) where T : class
    {
        if (!once.TryGetValue(typeof(T), out var view))
        {
            once.Add(typeof(T), view = ChangesViews ? await read() : await shared.GetAsync(OrganizationId, read));
        }

        return (T)view;
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
        ChangesViews |= ChangeTracker.Entries<IShared>().Any(entry => entry.State != EntityState.Unchanged);
        foreach (var entry in ChangeTracker.Entries<IOwned>())
        {
            if (entry.State != EntityState.Unchanged && entry.Entity.OrganizationId != OrganizationId)
            {
                throw new InvalidOperationException($"A {entry.Entity.GetType().Name} of another organization was about to be written.");
            }
        }
    }
}
