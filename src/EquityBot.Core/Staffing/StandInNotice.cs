using System.Text.Json;
using EquityBot.Chat;
using EquityBot.Commitments;
using EquityBot.People;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace EquityBot.Staffing;

/// <summary>Who is to stand in for somebody hears so, what waits there, and when it is over; and whoever named them hears when they do not.</summary>
public sealed class StandInNotice : NoticeWriter
{
    public const string Asked = "asked";
    public const string Ended = "ended";
    public const string Declined = "declined";

    const string Name = "stand-in";
    const int Listed = 5;

    public override string Trigger => Name;

    sealed record News(string What, Guid By, DateOnly Until);

    /// <param name="owner">For whom somebody stands in.</param>
    public static void Tell(Turn turn, Person recipient, string what, Person owner, LocalDate until)
    {
        if (recipient.Id == turn.Speaker.Id || recipient.HasLeftBy(turn.Roster.TodayOf(recipient, turn.Now)))
        {
            return;
        }

        turn.Db.Add(new Notice
        {
            OrganizationId = turn.Db.OrganizationId,
            SubjectId = owner.Id,
            Ref = "",
            Trigger = Name,
            Period = $"{what}:{turn.Now.ToUnixTimeMilliseconds()}",
            RecipientId = recipient.Id,
            Kind = what == Asked ? MessageKind.Request : MessageKind.Reply,
            Slot = Slot.Now,
            Facts = JsonSerializer.Serialize(new News(what, turn.Speaker.Id, until.ToDateOnly())),
            DecidedAt = turn.Now,
            NotBefore = turn.Now,
        });
    }

    public override async Task<Card?> WriteAsync(EquityDb db, Notice notice, Reader reader, CancellationToken ct)
    {
        var (news, words, roster) = (JsonSerializer.Deserialize<News>(notice.Facts!)!, reader.Words, reader.Roster);
        var owner = roster[notice.SubjectId];
        if (news.What != Asked)
        {
            return new Card(words[$"stand-in.{news.What}", ("name", roster[news.By].Name)], news.What == Declined ? new Words(words["stand-in.declined-words"]) : null);
        }

        if (owner.DelegateOn(reader.Today) != reader.Person.Id)
        {
            return null;
        }

        var all = (await db.Set<Commitment>().AsNoTracking().Where(one => one.Status != CommitmentStatus.Draft).ToListAsync(ct)).Where(one => one.IsOpen).ToList();
        var requests = await db.Set<Request>().AsNoTracking().Where(one => one.ToId == owner.Id && one.Answer == null).ToListAsync(ct);
        var work = Workload.Of(owner, all, requests, roster, reader.Now);
        return new(
            words["stand-in.asked", ("name", owner.Name), ("day", reader.Day(LocalDate.FromDateOnly(news.Until)))],
            new Words(words["stand-in.may", ("name", owner.Name)]),
            work.Open.Count == 0 ? new Words(words["stand-in.nothing", ("name", owner.Name)])
                : new Bullets([.. work.Open.Take(Listed).Select(one => words["stand-in.item", ("reference", one.Ref), ("statement", one.Statement), ("day", reader.DueDay(one.Due!.Value, one.OwnerId))])]),
            work.Open.Count > Listed ? new Quiet(words["list.more", ("count", work.Open.Count - Listed)]) : null,
            work.Answers.Count == 0 ? null : new Words(words.Count("stand-in.answer", work.Answers.Count, ("name", owner.Name), ("list", string.Join(", ", work.Answers)))),
            ButtonRow.Of(reader.Catalogue.Command("decline-delegate").ButtonFor(null, new Offer(words["button.decline"]) { Values = new Dictionary<string, string> { ["owner"] = owner.Id.ToString() } })));
    }
}
