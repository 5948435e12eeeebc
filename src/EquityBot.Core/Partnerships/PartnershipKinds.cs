using EquityBot.Chat;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;

namespace EquityBot.Partnerships;

/// <summary>N-2.</summary>
public sealed class PartnerKind : SubjectKind
{
    public override string Prefix => "N";

    public override async Task<IReadOnlyList<ISubject>> LoadAsync(EquityDb db, IReadOnlyCollection<int> numbers, bool locked, CancellationToken ct)
    {
        var rows = db.Set<Partner>().Where(one => numbers.Contains(one.Number));
        return await (locked ? rows.OrderBy(one => one.Id).ForUpdate() : rows.AsNoTracking()).ToListAsync(ct);
    }

    public override Card Card(View view, Reader reader) => PartnerCard.Of(view, reader);
}

/// <summary>P-4.</summary>
public sealed class ActivityKind : SubjectKind
{
    public override string Prefix => "P";

    public override async Task<IReadOnlyList<ISubject>> LoadAsync(EquityDb db, IReadOnlyCollection<int> numbers, bool locked, CancellationToken ct)
    {
        var rows = db.Set<PartnershipActivity>().Where(one => numbers.Contains(one.Number));
        return await (locked ? rows.OrderBy(one => one.Id).ForUpdate() : rows.AsNoTracking()).ToListAsync(ct);
    }

    public override Card Card(View view, Reader reader) => ActivityCard.Of(view, reader);
}

/// <summary>F-3.</summary>
public sealed class FollowUpKind : SubjectKind
{
    public override string Prefix => "F";

    public override async Task<IReadOnlyList<ISubject>> LoadAsync(EquityDb db, IReadOnlyCollection<int> numbers, bool locked, CancellationToken ct)
    {
        var rows = db.Set<FollowUp>().Where(one => numbers.Contains(one.Number));
        return await (locked ? rows.OrderBy(one => one.Id).ForUpdate() : rows.AsNoTracking()).ToListAsync(ct);
    }

    public override Card Card(View view, Reader reader) => FollowUpCard.Of(view, reader);
}
