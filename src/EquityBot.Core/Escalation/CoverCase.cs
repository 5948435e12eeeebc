using EquityBot.Chat;
using EquityBot.Commitments;
using EquityBot.People;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace EquityBot.Escalation;

/// <summary>Somebody acts for an absent owner from now until the owner is back.</summary>
public sealed class CoverCase : ChatCommand
{
    public override string Verb => "cover-case";

    public override string Action => "cover";

    public override string Needs => "C";

    public override async Task<Reply> HandleAsync(Turn turn, CancellationToken ct)
    {
        var commitment = turn.Subject<Commitment>();
        var owner = await turn.Db.Set<Person>().Where(one => one.Id == commitment.OwnerId).ForUpdate().SingleAsync(ct);
        if (!Recipients.NeedsCover(owner, turn.Roster, turn.Now))
        {
            return turn.No("cover.not-needed", ("reference", commitment.Ref));
        }

        (owner.DelegateId, owner.DelegateUntil, owner.DelegateById) = (turn.Speaker.Id, owner.IsAwayOn(turn.Roster.TodayOf(owner, turn.Now)) ? owner.AwayUntil : null, turn.Speaker.Id);
        turn.Record(commitment, "covered");
        await turn.ChangedAsync(commitment, "covered", ct);
        return new(new Card(
            turn.Words["cover.done", ("reference", commitment.Ref)],
            new Words(commitment.Statement, Strong: true),
            turn.Reader.Buttons(turn.View!, "show")))
        {
            About = commitment,
            InPlace = true,
        };
    }
}

/// <summary>Asks whoever leads the absent owner to cover. It says that the owner is away, never why.</summary>
public sealed class CoverNeededNotice : NoticeWriter
{
    public const string Name = "cover-needed";

    public override string Trigger => Name;

    /// <summary>Whoever leads the owner, else the equity officer; null when there is nobody.</summary>
    public static Person? AskedOf(EscalationCase @case, Person owner, Roster roster, Instant now) => roster.ConfirmerFor(owner, @case.DepartmentId, now) ?? roster.Holder(Role.EquityOfficer);

    public static async Task AskAsync(EquityDb db, EscalationCase @case, Person owner, Roster roster, Instant now, CancellationToken ct)
    {
        var asked = AskedOf(@case, owner, roster, now);
        var period = $"{@case.CoverAskedOn:uuuu-MM-dd}";
        if (asked is null || await db.Set<Notice>().AnyAsync(one => one.SubjectId == @case.Id && one.Trigger == Name && one.Period == period && one.RecipientId == asked.Id, ct))
        {
            return;
        }

        db.Add(new Notice
        {
            OrganizationId = db.OrganizationId,
            SubjectId = @case.Id,
            Ref = @case.AboutRef,
            Trigger = Name,
            Period = period,
            RecipientId = asked.Id,
            Kind = MessageKind.Request,
            Slot = Slot.Morning,
            DecidedAt = now,
            NotBefore = roster.HoursOf(asked).OpenAtOrAfter(now),
        });
    }

    public override async Task<Card?> WriteAsync(EquityDb db, Notice notice, Reader reader, CancellationToken ct)
    {
        if (await reader.ViewAsync(db, notice.Ref, ct) is not { Subject: Commitment { IsOpen: true } commitment } view
            || !Recipients.NeedsCover(reader.Roster[commitment.OwnerId], reader.Roster, reader.Now))
        {
            return null;
        }

        var words = reader.Words;
        return new(
            words["cover.title", ("reference", commitment.Ref)],
            new Words(commitment.Statement, Strong: true),
            new Words(words["cover.words", ("name", reader.Roster[commitment.OwnerId].Name)]),
            new Facts(new Fact(words["commitment.due"], reader.DueDay(commitment.Due!.Value, commitment.OwnerId))),
            ButtonRow.Of(
                reader.Catalogue.Command("cover-case").ButtonFor(commitment, new Offer(words["button.accept"])) with { Version = null, Primary = true },
                reader.Button(view, "hand-over-commitment"),
                reader.Button(view, "show")));
    }
}
