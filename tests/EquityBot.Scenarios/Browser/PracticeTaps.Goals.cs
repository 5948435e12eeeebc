using EquityBot.Doubles;
using Microsoft.Playwright;

namespace EquityBot.Scenarios.Browser;

/// <summary>The flows of goals and of work with partners.</summary>
public sealed partial class PracticeTaps
{
    [Fact]
    public async Task A_whole_SMART_goal_takes_six_taps_and_its_status_one()
    {
        await using var hospital = await Hospital.OpenAsync(Engine.Sqlite);
        await using var page = await chromium.OpenAsync(hospital, 390, 844);
        await page.BecomeAsync("dana.reyes");
        await page.SayAsync("goal: shorten the wait for an appointment from 30 days to 14 days by end of Q3");
        await FlowAsync(page, "Set a SMART goal", "dana.reyes", "Is this the goal?", async (thumb, message) =>
        {
            foreach (var answer in (string[])["Rural patients", "Staff time", "Confidence 3, either way", "4.1 More equitable care", "Every quarter"])
            {
                await thumb.TapAsync(message, answer);
            }

            await Expect(message).ToContainTextAsync("All five letters of SMART hold.");
            await thumb.TapAsync(message, "Confirm for Wednesday, September 30, 2026");
        }, "G-1 is on the plan");
        await page.SayAsync("wait for an appointment is down to 29 days");
        await FlowAsync(page, "Take the suggested status", "dana.reyes", "Noted for G-1", Tap("On track, as its pace says"), "G-1: On track");
        await page.PictureAsync("62-goal");
    }

    [Fact]
    public async Task Work_with_a_partner_is_logged_with_one_tap_and_a_quarter_is_rated_with_a_tap_a_scale()
    {
        await using var hospital = await Hospital.OpenAsync(Engine.Sqlite);
        await using var page = await chromium.OpenAsync(hospital, 390, 844);
        await page.BecomeAsync("dana.reyes");
        await page.SayAsync("met with Desert Families yesterday, 12 people, they decided to open on Sundays");
        await FlowAsync(page, "Log work with a partner", "dana.reyes", "Is this what was done?", Tap("Confirm"), "P-1 is logged");
        await page.SayAsync("follow up with Desert Families by next Friday: send the draft");
        await FlowAsync(page, "Note a follow-up", "dana.reyes", "Which day do you mean?", Tap("Friday, March 6, 2026"), "F-1 is noted");
        await hospital.MoveAsync("2026-03-05T12:00");
        await FlowAsync(page, "Finish a follow-up", "dana.reyes", "F-1 is due", Tap("Done"), "F-1 · Send the draft");
        await hospital.MoveAsync("2026-03-18T12:00");
        await FlowAsync(page, "Rate a partner", "dana.reyes", "How does it go with Desert Families", async (thumb, message) =>
        {
            await page.PictureAsync("63-rating");
            foreach (var scale in (string[])["How far do the two sides trust each other?", "How fairly are say and work shared?", "How much do the two sides learn from each other?"])
            {
                await thumb.PickAsync(message.GetByLabel(scale), "4");
            }

            await thumb.TapAsync(message, "Rate");
        }, "is kept");
    }
}
