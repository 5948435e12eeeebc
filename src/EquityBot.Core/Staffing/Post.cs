using EquityBot.Chat;
using EquityBot.People;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace EquityBot.Staffing;

/// <summary>Who led a department when it was last looked at. One a department.</summary>
public sealed class Post : IOwned
{
    public required Guid DepartmentId { get; init; }

    public required Guid OrganizationId { get; init; }

    /// <summary>Null while it is vacant.</summary>
    public Guid? LeadId { get; private set; }

    /// <summary>The organization's day since which it is so.</summary>
    public LocalDate Since { get; private set; }

    /// <summary>How often it changed hands; makes each change another notice than the one before.</summary>
    public int Changes { get; private set; }

    public void Become(Guid? lead, LocalDate since) => (LeadId, Since, Changes) = (lead, since, Changes + 1);

    sealed class Mapping : IEntityTypeConfiguration<Post>
    {
        public void Configure(EntityTypeBuilder<Post> table)
        {
            table.ToTable("Posts").HasKey(one => one.DepartmentId);
            table.Property(one => one.DepartmentId).ValueGeneratedNever();
        }
    }
}

/// <summary>Notes who leads what: whoever takes over a department in the middle of things hears what is open there, and the equity officer hears of a post that is empty.</summary>
sealed class PostRoster : RosterPart
{
    /// <summary>After everything that somebody who takes over is to find in order.</summary>
    public override int Order => 2;

    public override async Task RosterChangedAsync(EquityDb db, Instant now, CancellationToken ct)
    {
        var roster = await Roster.LoadAsync(db, ct);
        var posts = await db.Set<Post>().ToDictionaryAsync(one => one.DepartmentId, ct);
        foreach (var department in roster.Departments)
        {
            var (lead, isNew) = (roster.LeadOf(department.Id, now), !posts.TryGetValue(department.Id, out var post));
            if (post is null)
            {
                db.Add(post = new Post { DepartmentId = department.Id, OrganizationId = db.OrganizationId });
            }
            else if (post.LeadId == lead?.Id)
            {
                continue;
            }

            post.Become(lead?.Id, roster.TodayAt(now));
            if (lead is null)
            {
                Tell(db, roster.Holder(Role.EquityOfficer), VacantPostNotice.Name, MessageKind.Task, post, roster, now);
            }
            else if (!isNew)
            {
                Tell(db, lead, NewLeadNotice.Name, MessageKind.Request, post, roster, now);
            }
        }

        await db.SaveChangesAsync(ct);
    }

    static void Tell(EquityDb db, Person? recipient, string trigger, MessageKind kind, Post post, Roster roster, Instant now)
    {
        if (recipient is null || roster.HasLeft(recipient, now))
        {
            return;
        }

        db.Add(new Notice
        {
            OrganizationId = db.OrganizationId,
            SubjectId = post.DepartmentId,
            Ref = "",
            Trigger = trigger,
            Period = $"{post.Changes}",
            RecipientId = recipient.Id,
            Kind = kind,
            Slot = Slot.Now,
            DecidedAt = now,
            NotBefore = roster.HoursOf(recipient).OpenAtOrAfter(now),
        });
    }
}
