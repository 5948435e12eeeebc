using EquityBot.Doubles;

namespace EquityBot.Scenarios;

/// <summary>A goal's owner is asked for the newest number at the goal's own cadence, and not where it is there already.</summary>
public sealed class GoalReviewStories
{
    const string Question = "G-1: what is the no-show rate now?";

    static async Task<Hospital> WithMonthlyGoalAsync(Engine engine)
    {
        var hospital = await Hospital.OpenAsync(engine);
        var ben = hospital.As("ben.kowalski");
        var form = (await ben.PressesAsync(await ben.SaysAsync("goal: cut the no-show rate of Spanish-speaking patients from 22 % to 15 % by 2026-07-15"), "Edit")).Done();
        (await ben.PressesAsync(form, "Confirm", new { cadence = "monthly" })).Done().Says("G-1 is on the plan");
        return hospital;
    }

    static async Task<int> AskedAsync(Somebody somebody) => (await somebody.InboxAsync()).Count(message => message.Text.Contains(Question, StringComparison.Ordinal));

    [Theory, OnOneDatabase]
    public async Task Once_a_period_in_its_last_week_and_never_where_the_number_is_there(Engine engine)
    {
        await using var hospital = await WithMonthlyGoalAsync(engine);
        var ben = hospital.As("ben.kowalski");

        // The first whole month is April; the first working day of its last seven is the 24th.
        await hospital.MoveAsync("2026-04-23T18:00");
        Assert.Equal(0, await AskedAsync(ben));
        await hospital.MoveAsync("2026-04-24T12:00");
        var asked = await ben.SeesAsync(Question);
        asked.Says("Cut the no-show rate", "22 % down to 15 %", "Without one nothing happens").Offers("Report the number", "Show");
        (await ben.PressesAsync(asked, "Report the number", new { value = "20" })).Done().Says("Noted for G-1: 20 %");

        // May has its number before anybody asks; June is asked about once, and July is cut short by the goal's day but long enough.
        await hospital.MoveAsync("2026-05-05T12:00");
        await ben.SaysAsync("G-1 is at 19 %");
        await hospital.MoveAsync("2026-06-23T18:00");
        Assert.Equal(1, await AskedAsync(ben));
        await hospital.MoveAsync("2026-06-30T18:00");
        Assert.Equal(2, await AskedAsync(ben));
        (await ben.SeesAsync(Question, "Last said: 19 % (Tuesday, May 5")).Offers("Report the number");
        await hospital.MoveAsync("2026-07-31T18:00");
        Assert.Equal(3, await AskedAsync(ben));
        Assert.Equal(0, await AskedAsync(hospital.As("dana.reyes")));
    }

    [Theory, OnOneDatabase]
    public async Task Who_stands_in_is_asked_who_is_alone_hears_on_return_and_a_closed_goal_is_not_asked_about(Engine engine)
    {
        await using var hospital = await WithMonthlyGoalAsync(engine);
        var (ben, aisha) = (hospital.As("ben.kowalski"), hospital.As("aisha.rahman"));
        await hospital.PostAsync("/practice/api/people/ben.kowalski", new { awayUntil = "2026-04-26", @delegate = "aisha.rahman" });
        await hospital.MoveAsync("2026-04-30T18:00");
        Assert.Equal((0, 1), (await AskedAsync(ben), await AskedAsync(aisha)));
        await hospital.PostAsync("/practice/api/people/aisha.rahman", new { awayUntil = "2026-06-30" });
        await hospital.PostAsync("/practice/api/people/ben.kowalski", new { awayUntil = "2026-05-27" });
        await hospital.MoveAsync("2026-05-27T18:00");
        Assert.Equal((0, 1), (await AskedAsync(ben), await AskedAsync(aisha)));
        await hospital.MoveAsync("2026-05-28T12:00");
        Assert.Equal((1, 1), (await AskedAsync(ben), await AskedAsync(aisha)));
        await ben.SaysAsync("retire G-1 because the clinic closes");
        await hospital.MoveAsync("2026-07-31T18:00");
        Assert.Equal((1, 1), (await AskedAsync(ben), await AskedAsync(aisha)));
    }
}
