using System.Globalization;
using EquityBot.Chat;
using EquityBot.People;
using EquityBot.Storage;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace EquityBot.Partnerships;

/// <summary>Reminds whoever acts for a follow-up's owner.</summary>
public sealed class FollowUpSweep(EquityStore store, ILogger<FollowUpSweep> log) : ReminderSweep<FollowUp>(store, log, new FollowUpNotice())
{
    public override string Name => "follow-ups";

    protected override (int Due, Instant? Next) Look(FollowUp followUp, WorkingHours hours, Instant now) => FollowUpWatch.Look(followUp.Due, hours, now);
}

/// <summary>A follow-up is due, or was.</summary>
public sealed class FollowUpNotice : ReminderNotice<FollowUp>
{
    public override string Trigger => "follow-up";

    public override string Period(FollowUp followUp) => string.Create(CultureInfo.InvariantCulture, $"{followUp.Version}:{followUp.Reminders}");

    protected override bool Stands(FollowUp followUp, string period) => followUp.IsOpen && Period(followUp) == period;

    protected override Card Write(FollowUp followUp, View view, Reader reader)
    {
        var today = reader.Roster.TodayOf(reader.Roster[followUp.OwnerId], reader.Now);
        var title = reader.Words[followUp.Due < today ? "follow-up.was-due" : "follow-up.is-due", ("reference", followUp.Ref), ("day", reader.DueDay(followUp.Due, followUp.OwnerId))];
        return new(title, [new Words(followUp.What, Strong: true), .. FollowUpCard.Blocks(view, reader), .. reader.Buttons(view, "complete-follow-up", "move-follow-up", "drop-follow-up") is { } buttons ? new Block[] { buttons } : []]);
    }
}
