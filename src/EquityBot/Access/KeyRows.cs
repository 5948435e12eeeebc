using System.Xml.Linq;
using EquityBot.Storage;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace EquityBot.Access;

/// <summary>Keeps Data Protection's keys in the database, so that every node and every restart knows them.</summary>
sealed class KeyRows(EquityStore store) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var db = store.For(Guid.Empty);
        return [.. db.Set<ProtectionKey>().Select(one => one.Xml).AsEnumerable().Select(XElement.Parse)];
    }

    /// <summary>The contract is synchronous. It is called at the start, and then once in three months by a request that holds no transaction.</summary>
    public void StoreElement(XElement element, string friendlyName) =>
        store.WriteAsync(Guid.Empty, Urgency.Inbound, db =>
        {
            db.Add(new ProtectionKey { Id = Guid.NewGuid(), Name = friendlyName, Xml = element.ToString(SaveOptions.DisableFormatting) });
            return Task.CompletedTask;
        }, CancellationToken.None).GetAwaiter().GetResult();
}
