using EquityBot.People;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace EquityBot.Chat;

/// <summary>Tells the officer that somebody could not be reached by any address.</summary>
public sealed class UnreachableNotice : NoticeWriter
{
    public const string Name = "unreachable";

    public override string Trigger => Name;

    public override async Task<Card?> WriteAsync(EquityDb db, Notice notice, Reader reader, CancellationToken ct)
    {
        var name = reader.Roster[Guid.Parse(notice.Facts!)].Name;
        if (notice.Ref.Length == 0)
        {
            return new(reader.Words["unreachable.title-digest", ("name", name)], new Words(reader.Words["unreachable.words-digest"]));
        }

        var view = await reader.ViewAsync(db, notice.Ref, ct);
        return new(
            reader.Words["unreachable.title", ("name", name), ("reference", notice.Ref)],
            new Words(reader.Words["unreachable.words"]),
            view is null ? null : reader.Buttons(view, "show"));
    }

    /// <summary>Whoever cannot be reached is the officer's to find; not when it is the officer, and once for a delivery that was tried again in vain.</summary>
    /// <param name="about">One of the delivery's notices, by which the officer sees what it was about.</param>
    public static async Task TellAsync(EquityDb db, Delivery delivery, Notice about, Roster roster, Instant now, CancellationToken ct)
    {
        var period = delivery.Id.ToString();
        if (roster.Holder(Role.EquityOfficer) is not { } officer || officer.Id == delivery.RecipientId || await db.Set<Notice>().AnyAsync(one => one.Trigger == Name && one.Period == period, ct))
        {
            return;
        }

        db.Add(new Notice
        {
            OrganizationId = db.OrganizationId,
            SubjectId = about.SubjectId,
            Ref = about.Ref,
            Trigger = Name,
            Period = period,
            RecipientId = officer.Id,
            Kind = MessageKind.Task,
            Slot = Slot.Now,
            Facts = delivery.RecipientId.ToString(),
            DecidedAt = now,
            NotBefore = now,
        });
    }
}

/// <summary>What somebody was just told had changed while it was on its way.</summary>
public sealed class CorrectionNotice : NoticeWriter
{
    public const string Name = "correction";

    public override string Trigger => Name;

    public override async Task<Card?> WriteAsync(EquityDb db, Notice notice, Reader reader, CancellationToken ct) =>
        await reader.ViewAsync(db, notice.Ref, ct) is { } view
            ? reader.Subjects.Card(view, reader) with { Title = reader.Words["correction.title", ("reference", notice.Ref)] }
            : null;
}
