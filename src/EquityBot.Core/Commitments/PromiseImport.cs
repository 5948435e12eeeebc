using EquityBot.People;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace EquityBot.Commitments;

/// <summary>Promises already accepted elsewhere, from promises.csv; one that stands in the plan with the same words and owner is left alone.</summary>
sealed class PromiseImport : RosterPart
{
    public override async Task ImportAsync(EquityDb db, RosterFiles files, Roster roster, Instant now, CancellationToken ct)
    {
        if (!await db.Set<Counter>().AnyAsync(one => one.Prefix == "C", ct))
        {
            db.Add(new Counter { OrganizationId = db.OrganizationId, Prefix = "C" });
            await db.SaveChangesAsync(ct);
        }

        var known = await db.Set<Commitment>().Select(one => new { one.OwnerId, one.Statement }).ToListAsync(ct);
        foreach (var row in files.Rows("promises"))
        {
            if (roster.ByHandle(row.Text("owner")) is not { } owner || roster.Departments.FirstOrDefault(one => one.Name == row.Text("department")) is not { } department)
            {
                row.Problem("the owner or the department is in no file");
                continue;
            }

            var statement = CommitmentForm.Statement(row.Text("statement"));
            if (known.Any(one => one.OwnerId == owner.Id && one.Statement == statement))
            {
                continue;
            }

            var accepted = roster.ZoneOf(owner).AtStartOfDay(row.RequiredDate("accepted_on")).ToInstant();
            var commitment = new Commitment
            {
                Id = Guid.NewGuid(),
                OrganizationId = db.OrganizationId,
                Number = await Counter.NextAsync(db, "C", ct),
                Statement = statement,
                OwnerId = owner.Id,
                DepartmentId = department.Id,
                AuthorId = owner.Id,
                Due = row.RequiredDate("due"),
                ForWhom = row.Optional("for_whom"),
                Level = row.Optional("level"),
                Driver = row.Optional("driver"),
            };
            commitment.Accept(accepted);
            commitment.LookAt = now;
            db.Add(commitment);
            db.Add(new CommitmentEvent { OrganizationId = db.OrganizationId, CommitmentId = commitment.Id, What = "accepted", At = accepted, ById = owner.Id, NewDue = commitment.Due });
        }
    }
}
