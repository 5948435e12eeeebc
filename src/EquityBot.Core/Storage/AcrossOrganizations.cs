using Microsoft.EntityFrameworkCore;

namespace EquityBot.Storage;

/// <summary>Rows of every organization, read only, for claims and look-ups; a test lists who may use it.</summary>
public sealed class AcrossOrganizations(EquityDb db) : IAsyncDisposable
{
    public IQueryable<T> Rows<T>() where T : class => db.Set<T>().IgnoreQueryFilters().AsNoTracking();

    public ValueTask DisposeAsync() => db.DisposeAsync();
}
