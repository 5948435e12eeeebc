using System.Collections.Concurrent;
using System.Diagnostics;

namespace EquityBot.Storage;

/// <summary>A row that goes into a view which transactions share, such as the roster: where one changes, the view is read anew.</summary>
public interface IShared;

/// <summary>
/// What every transaction reads and hardly any changes, read once for many of them. What this process commits is seen at once; what another one commits, after
/// <see cref="Age"/> at the latest. What is shared is never changed.
/// </summary>
sealed class SharedViews
{
    static readonly TimeSpan Age = TimeSpan.FromSeconds(2);

    readonly ConcurrentDictionary<(Type View, Guid Organization), (object View, long ReadAt)> views = new();
    readonly ConcurrentDictionary<Guid, int> changes = new();

    public async Task<T> GetAsync<T>(Guid organization, Func<Task<T>> read) where T : class
    {
        if (views.TryGetValue((typeof(T), organization), out var known) && Stopwatch.GetElapsedTime(known.ReadAt) < Age)
        {
            return (T)known.View;
        }

        var (before, began) = (changes.GetValueOrDefault(organization), Stopwatch.GetTimestamp());
        var view = await read();
        views[(typeof(T), organization)] = (view, began);
        if (changes.GetValueOrDefault(organization) != before)
        {
            // Somebody committed while it was read: it serves whoever asked for it, and nobody else.
            views.TryRemove((typeof(T), organization), out _);
        }

        return view;
    }

    public void Changed(Guid organization)
    {
        changes.AddOrUpdate(organization, 1, (_, times) => times + 1);
        foreach (var key in views.Keys.Where(key => key.Organization == organization))
        {
            views.TryRemove(key, out _);
        }
    }
}
