using EquityBot.People;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace EquityBot.Commitments;

/// <summary>Promises already accepted elsewhere, from promises.csv; one that stands in the plan with the same words, and was theirs once, is left alone.</summary>
sealed class PromiseImport : RosterPart
{
    public override IReadOnlyList<RosterFile> Files { get; } =
    [
        new("promises")
        {
            Columns = ["department", "owner", "statement", "due", "accepted_on"], Optional = ["for_whom", "level", "driver"], Key = ["owner", "statement"],
            Rows = RosterFile.Becoming<Commitment>(one => one.Statement),
        },
    ];

    public override async Task ImportAsync(EquityDb db, RosterFiles files, Roster roster, Instant now, CancellationToken ct)
    {
        if (!await db.Set<Counter>().AnyAsync(one => one.Prefix == "C", ct))
        {
            db.Add(new Counter { OrganizationId = db.OrganizationId, Prefix = "C" });
            await db.SaveChangesAsync(ct);
        }

        var known = await db.Set<Commitment>().Select(one => new { one.OwnerId, one.AuthorId, one.Statement }).ToListAsync(ct);
        foreach (var row in files.Rows("promises"))
        {
            var (owner, department) = (OwnerOf(row, roster), DepartmentOf(row, roster));
            var (statement, due, day) = (CommitmentForm.Statement(row.Text("statement", 500)), row.RequiredDate("due"), row.RequiredDate("accepted_on"));
            Check(row, "level", Commitment.Levels);
            Check(row, "driver", ["social", "structural"]);
            if (owner is null || department is null)
            {
                continue;
            }

            // Whoever it was handed to since, it is the same promise.
            if (known.Any(one => (one.OwnerId == owner.Id || one.AuthorId == owner.Id) && one.Statement == statement))
            {
                continue;
            }

            if (roster.HasLeft(owner, now))
            {
                row.Problem("owner", $"“{owner.Handle}” has left; name who keeps the promise now");
            }

            var accepted = roster.ZoneOf(owner).AtStartOfDay(day).ToInstant();
            var commitment = new Commitment
            {
                Id = Guid.NewGuid(),
                OrganizationId = db.OrganizationId,
                Number = await Counter.NextAsync(db, "C", ct),
                Statement = statement,
                OwnerId = owner.Id,
                DepartmentId = department.Id,
                AuthorId = owner.Id,
                Due = due,
                ForWhom = row.Optional("for_whom") is null ? null : row.Text("for_whom", 200),
                Level = row.Optional("level"),
                Driver = row.Optional("driver"),
            };
            commitment.Accept(accepted);
            commitment.LookAt = now;
            db.Add(commitment);
            db.Add(new CommitmentEvent { OrganizationId = db.OrganizationId, CommitmentId = commitment.Id, What = "accepted", At = accepted, ById = owner.Id, NewDue = commitment.Due });
        }
    }

    static Person? OwnerOf(RosterRow row, Roster roster)
    {
        var handle = row.Text("owner");
        if (roster.ByHandle(handle) is { } owner)
        {
            return owner;
        }

        if (handle.Length > 0)
        {
            row.Problem("owner", $"“{handle}” is not in people.csv{Nearest.Hint(handle, roster.People.Select(one => one.Handle))}");
        }

        return null;
    }

    static Department? DepartmentOf(RosterRow row, Roster roster)
    {
        var name = row.Text("department");
        if (roster.Departments.FirstOrDefault(one => one.Name == name) is { } department)
        {
            return department;
        }

        if (name.Length > 0)
        {
            row.Problem("department", $"“{name}” is not in departments.csv{Nearest.Hint(name, roster.Departments.Select(one => one.Name))}");
        }

        return null;
    }

    static void Check(RosterRow row, string column, IReadOnlyList<string> known)
    {
        if (row.Optional(column) is { } value && !known.Contains(value))
        {
            row.Problem(column, $"“{value}” is none of {string.Join(", ", known)}");
        }
    }
}
