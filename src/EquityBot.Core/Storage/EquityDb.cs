using System.Reflection;
using Microsoft.EntityFrameworkCore;

namespace EquityBot.Storage;

/// <summary>One organization's rows. Opened by <see cref="EquityStore.For"/>; rows of another organization can be neither read nor written.</summary>
public sealed class EquityDb : DbContext
{
    readonly SharedViews shared;
    readonly Dictionary<Type, object> once = [];
    readonly List<IOwned> appended = [];

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

    /// <summary>Adds new rows that nobody changes before they are saved, as cheaply as many can be. They are saved with everything else, behind it.</summary>
    public void Append(params IEnumerable<IOwned> rows)
    {
        if (IsPostgres)
        {
            appended.AddRange(rows);
        }
        else
        {
            AddRange(rows);
        }
    }

    /// <summary>Forgets what was read, and what was changed and added since the last save.</summary>
    public void Forget()
    {
        ChangeTracker.Clear();
        appended.Clear();
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

    public override int SaveChanges(bool acceptAllChangesOnSuccess) => throw new NotSupportedException("Everything is saved asynchronously.");

    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        LookAtWhatIsSaved();
        var saved = await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
        foreach (var rows in appended.GroupBy(row => row.GetType()))
        {
            await Appending.WriteAsync(this, rows.Key, rows, cancellationToken);
        }

        saved += appended.Count;
        appended.Clear();
        return saved;
    }

    void LookAtWhatIsSaved()
    {
        var changed = ChangeTracker.Entries().Where(entry => entry.State != EntityState.Unchanged).ToList();
        Rings |= changed.Any(entry => entry is { State: EntityState.Added, Entity: IRings { Rings: true } }) || appended.OfType<IRings>().Any(row => row.Rings);
        ChangesViews |= changed.Any(entry => entry.Entity is IShared);
        if (changed.Select(entry => entry.Entity).OfType<IOwned>().Concat(appended).FirstOrDefault(row => row.OrganizationId != OrganizationId) is { } other)
        {
            throw new InvalidOperationException($"A {other.GetType().Name} of another organization was about to be written.");
        }
    }
}
