using EquityBot.Doubles;
using EquityBot.Scenarios.Slack;

namespace EquityBot.Scenarios;

/// <summary>From a goal's numbers in chat to their chart on its page, for whoever may read them.</summary>
public sealed class GoalChartStories
{
    const string Sentence = "goal: cut the no-show rate of Spanish-speaking patients from 22 % to 15 % by March 30";

    /// <summary>G-1 with a number on each of three Mondays; the last two are a fortnight apart.</summary>
    internal static async Task TellAsync(Hospital hospital, Func<string, Task> say)
    {
        foreach (var (day, number) in ((string, string)[])[("2026-03-09", "21"), ("2026-03-16", "18.5"), ("2026-03-30", "16")])
        {
            await hospital.MoveAsync($"{day}T12:00");
            await say($"G-1 is at {number} %");
        }
    }

    static async Task SetAsync(Somebody dana) => (await dana.PressesAsync(await dana.SaysAsync(Sentence), "Confirm")).Done();

    [Theory, OnOneDatabase]
    public async Task Three_numbers_are_a_way_and_one_press_leads_to_its_chart(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var dana = hospital.As("dana.reyes");
        await SetAsync(dana);
        (await dana.SaysAsync("chart of G-1")).Says("fewer than three numbers");
        await TellAsync(hospital, text => dana.SaysAsync(text));
        var answer = (await dana.PressesAsync(await dana.SaysAsync("show G-1"), "Chart")).Done();
        answer.Says("The chart of G-1", "works once");
        using var lead = new Visitor(hospital);
        await lead.OpenAsync(answer.Text.Split(' ', '\n').Single(word => word.Contains("/enter/", StringComparison.Ordinal)));
        await lead.SubmitAsync("Open");
        Assert.Equal((200, "/goals/G-1"), (lead.Status, lead.At.AbsolutePath));

        // The first is where it began; the last came after two weeks instead of one; the target lies below them all.
        var drawn = lead.Page.QuerySelector("svg.trend polyline")!.GetAttribute("points")!.Split(' ').Select(point => point.Split(',')).Select(point => (X: double.Parse(point[0], System.Globalization.CultureInfo.InvariantCulture), Y: double.Parse(point[1], System.Globalization.CultureInfo.InvariantCulture))).ToList();
        Assert.Equal(4, drawn.Count);
        Assert.Equal(2 * (drawn[2].X - drawn[1].X), drawn[3].X - drawn[2].X, 1.0);
        Assert.Equal(drawn.OrderBy(point => point.Y), drawn);
        Assert.True(double.Parse(lead.Page.QuerySelector("line.aim")!.GetAttribute("y1")!, System.Globalization.CultureInfo.InvariantCulture) > drawn[3].Y);
        Assert.Equal(["22 %", "21 %", "18.5 %", "16 %", "15 %"], lead.Page.QuerySelectorAll("tbody tr td:last-child").Select(cell => cell.TextContent));
        Assert.Empty(lead.Page.QuerySelectorAll("form"));
    }

    [Fact]
    public async Task Details_are_for_those_whom_the_goal_concerns()
    {
        await using var hospital = await Hospital.OpenAsync(Engine.Sqlite);
        var dana = hospital.As("dana.reyes");
        await SetAsync(dana);
        await TellAsync(hospital, text => dana.SaysAsync(text));
        (await hospital.As("omar.haddad").SaysAsync("show G-1")).DoesNotOffer("Chart");
        (await hospital.As("omar.haddad").SaysAsync("chart G-1")).Says("The details of G-1 are for its department");
        using var visitor = new Visitor(hospital);
        await visitor.OpenAsync("/goals/G-1");
        Assert.Equal(401, visitor.Status);
        await visitor.OpenAsync("/goals/G-1?as=omar.haddad");
        Assert.Equal(403, visitor.Status);
        Assert.DoesNotContain("18.5", visitor.Text, StringComparison.Ordinal);
        await visitor.OpenAsync("/goals/G-7?as=imani.brooks");
        Assert.Equal(404, visitor.Status);
        await visitor.OpenAsync("/goals/C-1?as=imani.brooks");
        Assert.Equal(404, visitor.Status);
        await visitor.OpenAsync("/goals/G-1?as=imani.brooks");
        Assert.Equal(200, visitor.Status);
    }

    [Fact]
    public async Task In_Slack_a_trend_is_a_table_with_the_way_to_its_chart()
    {
        await using var world = await InSlack.OpenAsync(Engine.Sqlite);
        var lead = world.As("dana.reyes");
        await lead.PressesAsync(await lead.SaysAsync(Sentence), "Confirm");
        await TellAsync(world.Hospital, text => lead.SaysAsync(text));
        var shown = await lead.SaysAsync("show G-1");
        Assert.Contains("18.5 %", shown.Text, StringComparison.Ordinal);
        await lead.PressesAsync(shown, "Chart");
        var opens = lead.Sees[^1].Button("Open the page").Element;
        using var visitor = new Visitor(world.Hospital);
        await visitor.OpenAsync(opens["url"]!.ToString());
        await visitor.SubmitAsync("Open");
        Assert.NotNull(visitor.Page.QuerySelector("svg.trend"));
    }
}
