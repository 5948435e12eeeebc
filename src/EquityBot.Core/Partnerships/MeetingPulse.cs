using System.Globalization;
using EquityBot.People;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace EquityBot.Partnerships;

public enum LastMet
{
    ThisWeek,
    ThisMonth,
    LongerAgo,
}

/// <summary>"When did you last meet a colleague from another department?": one a department lead, asked once a month where the organization wants it. Nobody's answer is shown to anybody.</summary>
public sealed class MeetingPulse : IDue
{
    /// <summary>Away from the ends of months, where check-ins are.</summary>
    public const int DayOfMonth = 8;

    public required Guid Id { get; init; }

    public required Guid OrganizationId { get; init; }

    public required Guid PersonId { get; init; }

    /// <summary>The month that was asked about last, such as 2026-04; null before the first time.</summary>
    public string? Month { get; private set; }

    public LastMet? Answer { get; private set; }

    public Instant? AnsweredAt { get; private set; }

    /// <summary>Whom to meet was suggested last, so that the next suggestion is somebody else.</summary>
    public Guid? SuggestedId { get; set; }

    /// <summary>When to ask next; null where it rests.</summary>
    public Instant? NextAt { get; private set; }

    public static string MonthOf(LocalDate day) => string.Create(CultureInfo.InvariantCulture, $"{day.Year:0000}-{day.Month:00}");

    /// <summary>The opening of the first working day from the <see cref="DayOfMonth"/>th on, in the month of that day.</summary>
    public static Instant AskAt(LocalDate day, WorkingHours hours) => hours.OpeningOnOrAfter(new(day.Year, day.Month, DayOfMonth));

    /// <summary>The first moment of asking after now.</summary>
    public static Instant NextAfter(Instant now, WorkingHours hours)
    {
        var day = now.InZone(hours.Zone).Date;
        return AskAt(day, hours) is var soon && soon > now ? soon : AskAt(day.PlusMonths(1), hours);
    }

    public void Ask(string month) => (Month, Answer, AnsweredAt) = (month, null, null);

    public void Give(LastMet answer, Instant now) => (Answer, AnsweredAt) = (answer, now);

    public void AskNextAt(Instant? at) => NextAt = at;

    sealed class Mapping : IEntityTypeConfiguration<MeetingPulse>
    {
        public void Configure(EntityTypeBuilder<MeetingPulse> table)
        {
            table.ToTable("MeetingPulses").HasKey(one => one.Id);
            table.Property(one => one.Id).ValueGeneratedNever();
            table.Property(one => one.Month).HasMaxLength(10);
            table.Property(one => one.Answer).HasMaxLength(20);
            table.HasIndex(one => one.PersonId).IsUnique();
            table.HasIndex(one => new { one.NextAt, one.OrganizationId }).HasFilter("\"NextAt\" IS NOT NULL");
        }
    }
}

/// <summary>Who is asked: every department lead where organization.csv says <c>meeting_pulse</c> monthly; nobody otherwise.</summary>
sealed class MeetingPulseImport : RosterPart
{
    public override IReadOnlyList<RosterFile> Files { get; } = [new("organization") { Optional = ["meeting_pulse"] }];

    public override async Task ImportAsync(EquityDb db, RosterFiles files, Roster roster, Instant now, CancellationToken ct)
    {
        var row = files.Rows("organization")[0];
        var wanted = row.Optional("meeting_pulse") ?? "off";
        if (wanted is not ("monthly" or "off"))
        {
            row.Problem("meeting_pulse", $"“{wanted}” is neither monthly nor off");
        }

        var leads = wanted == "monthly" ? roster.Departments.Select(one => one.LeadId).OfType<Guid>().Distinct().ToList() : [];
        var known = await db.Set<MeetingPulse>().ToDictionaryAsync(one => one.PersonId, ct);
        foreach (var pulse in known.Values.Where(one => !leads.Contains(one.PersonId)))
        {
            pulse.AskNextAt(null);
        }

        foreach (var lead in leads)
        {
            if (!known.TryGetValue(lead, out var pulse))
            {
                db.Add(pulse = new MeetingPulse { Id = Guid.NewGuid(), OrganizationId = db.OrganizationId, PersonId = lead });
            }

            pulse.AskNextAt(pulse.NextAt ?? MeetingPulse.NextAfter(now, roster.HoursOf(roster[lead])));
        }
    }
}
