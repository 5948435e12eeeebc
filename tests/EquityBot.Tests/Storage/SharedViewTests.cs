using EquityBot.Doubles;
using EquityBot.People;
using EquityBot.Storage;
using EquityBot.Tests.Given;
using Microsoft.EntityFrameworkCore;

namespace EquityBot.Tests.Storage;

/// <summary>Transactions share the roster until somebody changes it.</summary>
public sealed class SharedViewTests
{
    [Theory, OnBothDatabases]
    public async Task What_a_transaction_commits_the_next_one_sees_and_what_it_rolls_back_nobody_does(Engine engine)
    {
        await using var riverbend = await Riverbend.OpenAsync(engine);
        var before = await NameAsync();
        for (var tries = 0; !ReferenceEquals(before.Roster, (await NameAsync()).Roster); tries++)
        {
            // On a machine that stands still for seconds it has grown old meanwhile; not every time.
            Assert.True(tries < 20, "Nothing is shared.");
            before = await NameAsync();
        }

        await Assert.ThrowsAsync<TimeoutException>(() => RenameAsync("Rolled Back", () => throw new TimeoutException()));
        Assert.Equal(before.Name, (await NameAsync()).Name);

        await RenameAsync("Dana Married", () => { });
        Assert.Equal("Dana Married", (await NameAsync()).Name);

        async Task<(Roster Roster, string Name)> NameAsync()
        {
            await using var db = riverbend.Read();
            var roster = await Roster.LoadAsync(db, CancellationToken.None);
            return (roster, roster.ByHandle("dana.reyes")!.Name);
        }

        Task RenameAsync(string name, Action then) => riverbend.Store.WriteAsync(riverbend.Organization, Urgency.Inbound, async db =>
        {
            (await db.Set<Person>().SingleAsync(one => one.Handle == "dana.reyes")).Name = name;
            await db.SaveChangesAsync();
            Assert.Equal(name, (await Roster.LoadAsync(db, CancellationToken.None)).ByHandle("dana.reyes")!.Name);
            then();
        }, CancellationToken.None);
    }
}
