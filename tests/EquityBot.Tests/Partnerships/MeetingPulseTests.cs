using EquityBot.Chat;
using EquityBot.Doubles;
using EquityBot.Partnerships;
using EquityBot.People;
using EquityBot.Tests.Given;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace EquityBot.Tests.Partnerships;

/// <summary>Asked once a month where the organization wants it; one tap; longer ago brings a name and a reason.</summary>
public class MeetingPulseTests
{
    static async Task ImportAsync(Riverbend hospital, string pulse)
    {
        var files = Repository.Riverbend();
        var lines = files["organization.csv"].TrimEnd().Split('\n');
        files["organization.csv"] = $"{lines[0].TrimEnd()},meeting_pulse\n{lines[1].TrimEnd()},{pulse}\n";
        Assert.Empty((await hospital.Get<RosterImport>().ImportAsync(files, hospital.Clock.Now, dryRun: false, CancellationToken.None)).Problems);
    }

    static Instant At(int month, int day, int hour) => DateTimeZoneProviders.Tzdb["America/New_York"].AtStrictly(new LocalDateTime(2026, month, day, hour, 0)).ToInstant();

    static async Task<IReadOnlyList<Message>> AskedAsync(Riverbend hospital, string handle) =>
        [.. (await hospital.InboxAsync(handle)).Where(message => message.Card.Contains("When did you last meet", StringComparison.Ordinal))];

    [Fact]
    public async Task It_is_off_unless_the_organization_wants_it()
    {
        await using var hospital = await Riverbend.OpenAsync();
        await hospital.PassToAsync(At(4, 30, 12));
        Assert.Empty(await AskedAsync(hospital, "dana.reyes"));
    }

    [Theory, OnOneDatabase]
    public async Task Leads_are_asked_once_a_month_on_the_eighth_or_the_next_working_day(Engine engine)
    {
        await using var hospital = await Riverbend.OpenAsync(engine);
        await ImportAsync(hospital, "monthly");
        await hospital.PassToAsync(At(3, 6, 12));
        Assert.Empty(await AskedAsync(hospital, "dana.reyes"));

        // March 8 is a Sunday.
        await hospital.PassToAsync(At(3, 9, 12));
        var asked = Assert.Single(await AskedAsync(hospital, "dana.reyes"));
        Assert.Empty(await AskedAsync(hospital, "ben.kowalski"));
        Assert.Equal(PressOutcome.Done, (await hospital.PressesAsync("dana.reyes", asked, "This week")).Outcome);
        Assert.Equal(PressOutcome.Refused, (await hospital.PressesAsync("dana.reyes", asked, "Longer ago")).Outcome);
        await hospital.PassToAsync(At(3, 31, 12));
        Assert.Single(await AskedAsync(hospital, "dana.reyes"));
        await hospital.PassToAsync(At(4, 8, 12));
        Assert.Equal(2, (await AskedAsync(hospital, "dana.reyes")).Count);

        // Last month's card has had its time.
        Assert.Equal(PressOutcome.Refused, (await hospital.PressesAsync("wei.zhang", (await AskedAsync(hospital, "wei.zhang"))[0], "This month")).Outcome);
        await ImportAsync(hospital, "off");
        await hospital.PassToAsync(At(6, 30, 12));
        Assert.Equal(2, (await AskedAsync(hospital, "dana.reyes")).Count);
    }

    [Theory, OnOneDatabase]
    public async Task Longer_ago_brings_a_lead_whose_work_touches_ones_own_and_the_reason(Engine engine)
    {
        await using var hospital = await Riverbend.OpenAsync(engine);
        await ImportAsync(hospital, "monthly");
        foreach (var handle in new[] { "dana.reyes", "mateo.vargas" })
        {
            await hospital.PressesAsync(handle, (await hospital.SaysAsync(handle, "met with Desert Families yesterday, told them about the plan")).Last, "Confirm");
        }

        await hospital.PassToAsync(At(3, 9, 12));
        var answer = await hospital.PressesAsync("dana.reyes", (await AskedAsync(hospital, "dana.reyes"))[0], "Longer ago");
        Assert.Contains("How about Rosalind Greene?", answer.Text, StringComparison.Ordinal);
        Assert.Contains("Community Benefit works with Desert Families Network, as you do.", answer.Text, StringComparison.Ordinal);

        // Nobody shares anything with Human Resources: that is said, and nobody is made up.
        var none = await hospital.PressesAsync("priya.raman", (await AskedAsync(hospital, "priya.raman"))[0], "Longer ago");
        Assert.Contains("No other department shares a partner or a group", none.Text, StringComparison.Ordinal);
        await using var db = hospital.Read();
        Assert.Equal(2, await db.Set<MeetingPulse>().CountAsync(one => one.Answer == LastMet.LongerAgo));
    }
}
