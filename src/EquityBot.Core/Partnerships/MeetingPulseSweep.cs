using EquityBot.Chat;
using EquityBot.People;
using EquityBot.Storage;
using EquityBot.Sweeps;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace EquityBot.Partnerships;

/// <summary>Asks department leads once a month. Whoever is away is not asked that month, and who leads nothing any more is not asked again.</summary>
public sealed class MeetingPulseSweep(EquityStore store, ILogger<MeetingPulseSweep> log) : PartnershipSweep<MeetingPulse>(store, log)
{
    public override string Name => "meeting-pulse";

    public override IQueryable<DueRow> Rows(AcrossOrganizations everywhere) =>
        everywhere.Rows<MeetingPulse>().Where(one => one.NextAt != null).Select(one => new DueRow { OrganizationId = one.OrganizationId, Id = one.Id, At = one.NextAt!.Value });

    protected override Instant? DueAt(MeetingPulse pulse) => pulse.NextAt;

    protected override Task DecideAsync(EquityDb db, MeetingPulse pulse, Roster roster, Instant now, CancellationToken ct)
    {
        var person = roster[pulse.PersonId];
        var (hours, month) = (roster.HoursOf(person), MeetingPulse.MonthOf(roster.TodayOf(person, now)));
        if (roster.Departments.All(one => one.LeadId != person.Id) || roster.HasLeft(person, now))
        {
            pulse.AskNextAt(null);
            return Task.CompletedTask;
        }

        if (pulse.Month != month && !roster.IsAbsent(person, now) && MeetingPulse.AskAt(roster.TodayOf(person, now), hours) <= now)
        {
            pulse.Ask(month);
            db.Append(AuditEntry.Of(db, now, Name, null, "asked", month));
            db.Append(new Notice
            {
                OrganizationId = db.OrganizationId,
                SubjectId = pulse.Id,
                Ref = "",
                Trigger = MeetingPulseNotice.Name,
                Period = month,
                RecipientId = person.Id,
                Kind = MessageKind.CheckIn,
                Slot = Slot.Morning,
                DecidedAt = now,
                NotBefore = now,
            });
        }

        pulse.AskNextAt(MeetingPulse.NextAfter(now, hours));
        return Task.CompletedTask;
    }
}

/// <summary>The question, and one tap to answer it.</summary>
public sealed class MeetingPulseNotice : NoticeWriter
{
    public const string Name = "meeting-pulse";

    public override string Trigger => Name;

    public override async Task<Card?> WriteAsync(EquityDb db, Notice notice, Reader reader, CancellationToken ct)
    {
        var pulse = await db.Set<MeetingPulse>().AsNoTracking().SingleAsync(one => one.Id == notice.SubjectId, ct);
        if (pulse.Month != notice.Period || pulse.Answer is not null || MeetingPulse.MonthOf(reader.Today) != notice.Period)
        {
            return null;
        }

        var (words, command) = (reader.Words, reader.Catalogue.Command("answer-meeting-pulse"));
        return new(words["pulse.title"], new Question(words["pulse.words"], [.. Enum.GetValues<LastMet>().Select(when => command.ButtonFor(null, new Offer(words[$"pulse.{when}"])
        {
            Values = new Dictionary<string, string> { ["pulse"] = $"{pulse.Id}", ["month"] = notice.Period, ["when"] = $"{when}" },
        }))]));
    }
}
