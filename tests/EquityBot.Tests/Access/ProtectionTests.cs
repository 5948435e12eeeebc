using System.Security.Cryptography;
using EquityBot.Access;
using EquityBot.Doubles;
using EquityBot.Storage;
using EquityBot.Tests.Given;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace EquityBot.Tests.Access;

/// <summary>The keys in the database and the file outside of it.</summary>
public class ProtectionTests
{
    static readonly byte[] Secret = [.. Enumerable.Range(0, 48).Select(number => (byte)number)];

    /// <summary>A node of its own: a process that knows the database and this file.</summary>
    static ServiceProvider Node(EquityStore store, byte[]? secret) =>
        new ServiceCollection().AddLogging().AddSingleton(store).AddAccess(new AccessSettings(null, secret is null ? null : new KeyFile(secret), false)).BuildServiceProvider();

    static IDataProtector Protector(ServiceProvider node) => node.GetRequiredService<IDataProtectionProvider>().CreateProtector("test");

    [Theory, OnBothDatabases]
    public async Task What_one_node_seals_another_one_with_the_same_file_opens_and_the_database_alone_does_not(Engine engine)
    {
        await using var database = await Database.OpenAsync(engine);
        var store = new EquityStore(database.ConnectionString);
        await using var first = Node(store, Secret);
        var ticket = Protector(first).Protect("a ticket");

        await using var second = Node(store, Secret);
        Assert.Equal("a ticket", Protector(second).Unprotect(ticket));

        await using var thief = Node(store, null);
        Assert.ThrowsAny<CryptographicException>(() => Protector(thief).Unprotect(ticket));

        // Another file opens nothing that is there, and makes a key of its own.
        await using var other = Node(store, [.. Secret.Reverse()]);
        Assert.ThrowsAny<CryptographicException>(() => Protector(other).Unprotect(ticket));
        Assert.Equal("mine", Protector(other).Unprotect(Protector(other).Protect("mine")));
    }

    [Fact]
    public async Task With_a_key_file_the_row_holds_no_master_key_and_without_one_it_does()
    {
        await using var database = await Database.OpenAsync(Engine.Sqlite);
        var store = new EquityStore(database.ConnectionString);
        await using (var node = Node(store, Secret))
        {
            Protector(node).Protect("warm");
        }

        await using var db = store.For(Guid.Empty);
        var row = await db.Set<ProtectionKey>().SingleAsync();
        Assert.Contains("<wrapped", row.Xml, StringComparison.Ordinal);
        Assert.DoesNotContain("masterKey", row.Xml, StringComparison.Ordinal);
        await db.Set<ProtectionKey>().ExecuteDeleteAsync();
        await using (var practice = Node(store, null))
        {
            Protector(practice).Protect("warm");
        }

        Assert.Contains("masterKey", (await db.Set<ProtectionKey>().AsNoTracking().SingleAsync()).Xml, StringComparison.Ordinal);
    }
}
