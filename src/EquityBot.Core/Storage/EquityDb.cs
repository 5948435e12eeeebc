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
        RefuseRowsOfOthers();
        return base.SaveChanges(acceptAllChangesOnSuccess);
    }

    public override Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        RefuseRowsOfOthers();
        return base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }

    void RefuseRowsOfOthers()
    {
        foreach (var entry in ChangeTracker.Entries<IOwned>())
        {
            if (entry.State != EntityState.Unchanged && entry.Entity.OrganizationId != OrganizationId)
            {
                throw new InvalidOperationException($"A {entry.Entity.GetType().Name} of another organization was about to be written.");
            }
        }
    }
}
