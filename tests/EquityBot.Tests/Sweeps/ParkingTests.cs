using EquityBot.Doubles;
using EquityBot.Escalation;
using EquityBot.Storage;
using EquityBot.Sweeps;
using EquityBot.Tests.Given;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;

namespace EquityBot.Tests.Sweeps;

/// <summary>A row that cannot be decided is left alone after its tries, with the reason, while the others go on.</summary>
public class ParkingTests
{
    static readonly Guid Here = Guid.NewGuid();

    [Theory, OnBothEngines]
    public async Task A_row_that_fails_is_parked_with_its_reason_and_its_neighbours_are_decided(Engine engine)
    {
        await using var database = await Database.OpenAsync(engine);
        var store = new EquityStore(database.ConnectionString);
        var (bad, good) = (Guid.NewGuid(), Guid.NewGuid());
        await store.WriteAsync(Here, Urgency.Background, db =>
        {
            db.AddRange(new[] { bad, good }.Select(id => new DepartmentWatch { Id = id, OrganizationId = Here, CycleId = Guid.NewGuid(), DepartmentId = Guid.NewGuid(), LookAt = Wiring.Start }));
            return Task.CompletedTask;
        }, CancellationToken.None);
        var sweep = new Stumbling(store, bad);

        Assert.Equal(new SweepResult(1, 1), await sweep.RunAsync(Wiring.Start, CancellationToken.None));
        Assert.Equal(Wiring.Start, await sweep.NextDueAsync(CancellationToken.None));
        Assert.Equal(new SweepResult(0, 1), await sweep.RunAsync(Wiring.Start, CancellationToken.None));
        Assert.Equal(new SweepResult(0, 1), await sweep.RunAsync(Wiring.Start, CancellationToken.None));
        Assert.Equal(SweepResult.Nothing, await sweep.RunAsync(Wiring.Start, CancellationToken.None));
        Assert.Null(await sweep.NextDueAsync(CancellationToken.None));
        Assert.Equal(3, sweep.Tries);

        await using var db = store.For(Here);
        var parked = await db.Set<ParkedRow>().SingleAsync();
        Assert.Equal((bad, (Instant?)Wiring.Start), (parked.RowId, parked.ParkedAt));
        Assert.StartsWith("ArithmeticException, incident ", parked.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain("not for anybody's eyes", parked.Reason, StringComparison.Ordinal);
    }

    sealed class Stumbling(EquityStore store, Guid over) : RowSweep(store, NullLogger.Instance)
    {
        public override string Name => "stumbling";

        public int Tries { get; private set; }

        protected override IQueryable<DueRow> Rows(AcrossOrganizations everywhere) =>
            everywhere.Rows<DepartmentWatch>().Where(one => one.LookAt != null).Select(one => new DueRow { OrganizationId = one.OrganizationId, Id = one.Id, At = one.LookAt!.Value });

        protected override async Task DecideAsync(EquityDb db, Guid id, Instant now, CancellationToken ct)
        {
            if (id == over)
            {
                Tries++;
                throw new ArithmeticException("not for anybody's eyes");
            }

            (await db.Set<DepartmentWatch>().SingleAsync(one => one.Id == id, ct)).LookAt = null;
        }
    }
}
