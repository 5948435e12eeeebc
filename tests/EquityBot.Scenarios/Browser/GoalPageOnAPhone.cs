using EquityBot.Doubles;
using Microsoft.Playwright;

namespace EquityBot.Scenarios.Browser;

[Collection(InTheBrowser.Name)]
public sealed class GoalPageOnAPhone(Chromium chromium)
{
    [Fact]
    public async Task A_goals_chart_reads_well_on_a_phone_and_axe_finds_nothing()
    {
        await using var hospital = await Hospital.OpenAsync(Engine.Sqlite);
        var dana = hospital.As("dana.reyes");
        await dana.PressesAsync(await dana.SaysAsync("goal: cut the no-show rate of Spanish-speaking patients from 22 % to 15 % by March 30"), "Confirm");
        await GoalChartStories.TellAsync(hospital, text => dana.SaysAsync(text));
        var page = await chromium.OnAPhoneAsync($"{hospital.Url}/goals/G-1?as=dana.reyes");
        await Assertions.Expect(page.Locator("svg.trend")).ToBeVisibleAsync();
        await page.LooksWellAsync("60-goal-chart");
        await page.CloseAsync();
    }
}
