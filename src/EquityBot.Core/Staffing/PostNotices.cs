using EquityBot.Chat;
using EquityBot.Commitments;
using EquityBot.People;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;

namespace EquityBot.Staffing;

/// <summary>Whoever leads a department from now on hears what is open in it.</summary>
public sealed class NewLeadNotice : NoticeWriter
{
    public const string Name = "new-lead";

    public override string Trigger => Name;

    public override async Task<Card?> WriteAsync(EquityDb db, Notice notice, Reader reader, CancellationToken ct)
    {
        var (department, words) = (reader.Roster.Department(notice.SubjectId), reader.Words);
        if (reader.Roster.LeadOf(department.Id, reader.Now)?.Id != reader.Person.Id)
        {
            return null;
        }

        var open = (await db.Set<Commitment>().AsNoTracking().Where(one => one.DepartmentId == department.Id && one.Status != CommitmentStatus.Draft).ToListAsync(ct)).Where(one => one.IsOpen).ToList();
        var past = open.Count(one => one.Due < reader.Today);
        var waiting = open.Where(one => one.Status is CommitmentStatus.DoneUnconfirmed or CommitmentStatus.WithdrawalPending && reader.Relations(one).Contains(Relation.Confirmer)).Select(one => one.Ref).ToList();
        return new(
            words["post.new", ("department", department.Name)],
            new Facts(
                new Fact(words["post.open"], $"{open.Count}"),
                new Fact(words["post.past"], $"{past}"),
                waiting.Count == 0 ? null : new Fact(words["post.waiting"], string.Join(", ", waiting))),
            new Quiet(words["post.new-words", ("department", department.Name)]),
            ButtonRow.Of(
                past == 0 ? null : reader.Catalogue.Command("show-overdue").ButtonFor(null, new Offer(words["button.show-overdue"])),
                reader.Catalogue.Command("show-due").ButtonFor(null, new Offer(words["button.show-due"]))));
    }
}

/// <summary>The equity officer hears that nobody leads a department, and who hears meanwhile.</summary>
public sealed class VacantPostNotice : NoticeWriter
{
    public const string Name = "vacant-post";

    public override string Trigger => Name;

    public override async Task<Card?> WriteAsync(EquityDb db, Notice notice, Reader reader, CancellationToken ct)
    {
        var (department, words) = (reader.Roster.Department(notice.SubjectId), reader.Words);
        if (reader.Roster.LeadOf(department.Id, reader.Now) is not null || await db.Set<Post>().AsNoTracking().SingleOrDefaultAsync(one => one.DepartmentId == department.Id, ct) is not { } post)
        {
            return null;
        }

        return new(
            words["post.vacant", ("department", department.Name)],
            new Words(reader.Roster.ActingLeadOf(department.Id, reader.Now) is { } acting
                ? words["post.vacant-deputy", ("day", reader.Day(post.Since)), ("name", acting.Name)]
                : words["post.vacant-above", ("day", reader.Day(post.Since))]),
            new Quiet(words["post.vacant-words"]));
    }
}
