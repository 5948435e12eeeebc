using EquityBot.Doubles;

namespace EquityBot.Scenarios;

/// <summary>
/// Days and minutes at which promises are easily lost: clocks that change, months that end, an answer a second too late, a holiday nobody knew of. Told elsewhere: a new lead, an owner
/// who leaves, an empty seat (DepartureStories, AboveStories), stand-ins (AbsenceStories), two in a minute (LedgerStories), a restart (RestartStories), one address that fails (EmailStories), an edited schedule (ScheduleStories).
/// </summary>
public sealed class TimeTrapStories
{
    static async Task<string?> StatusAsync(Hospital hospital, string reference) => (await hospital.StateAsync(reference)).GetProperty("status").GetString();

    static IEnumerable<string> Rows(IEnumerable<Sent> sent, string reference) => sent.Where(row => row.Ref == reference).Select(row => $"{row.At} {row.To} {row.Kind} {row.Step}".TrimEnd());

    // T1: New York loses an hour on March 8, Phoenix does not.
    [Theory, OnOneDatabase]
    public async Task Due_on_the_day_on_which_clocks_go_forward_it_ends_at_its_owners_midnight(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var (here, there) = (await hospital.As("ben.kowalski").PromisesAsync("we'll offer a ride home by 2026-03-08"), await hospital.As("joel.benally").PromisesAsync("we'll open on Saturdays by 2026-03-08"));
        await hospital.MoveAsync("2026-03-08T23:59");
        Assert.Equal(("active", "active"), (await StatusAsync(hospital, here), await StatusAsync(hospital, there)));
        await hospital.MoveAsync("2026-03-09T00:00");
        Assert.Equal(("missed", "active"), (await StatusAsync(hospital, here), await StatusAsync(hospital, there)));
        await hospital.MoveAsync("2026-03-09T02:59");
        Assert.Equal("active", await StatusAsync(hospital, there));
        var sent = await hospital.MoveAsync("2026-03-09T12:00");
        Assert.Equal("missed", await StatusAsync(hospital, there));
        Assert.Equal(["2026-03-09T11:00:00Z ben.kowalski escalation owner"], Rows(sent, here));
        Assert.Equal(["2026-03-09T15:00:00Z joel.benally escalation owner"], Rows(sent, there));
    }

    // T2
    [Theory, OnOneDatabase]
    public async Task Due_on_the_day_on_which_clocks_go_back_it_ends_once_and_an_hour_later(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        await hospital.MoveAsync("2026-10-26T09:00");
        var promise = await hospital.As("ben.kowalski").PromisesAsync("we'll offer a ride home by 2026-11-01");
        Assert.Equal(["2026-10-28T11:00:00Z ben.kowalski reminder reminder"], Rows(await hospital.MoveAsync("2026-11-01T23:59"), promise));
        Assert.Equal("active", await StatusAsync(hospital, promise));
        await hospital.MoveAsync("2026-11-02T00:00");
        Assert.Equal("missed", await StatusAsync(hospital, promise));
        Assert.Equal(["2026-11-02T12:00:00Z ben.kowalski escalation owner"], Rows(await hospital.MoveAsync("2026-11-03T09:00"), promise));
    }

    // T9
    [Theory, OnOneDatabase]
    public async Task Months_of_every_length_are_asked_about_once_each(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var owner = hospital.As("ben.kowalski");
        var promise = await owner.PromisesAsync("we'll offer an interpreter at every visit by 2027-03-31");
        (await owner.PressesAsync(await owner.SaysAsync($"ask me about {promise} monthly"), "Confirm")).Done();
        var asked = new List<string>();
        foreach (var month in Enumerable.Range(4, 11).Select(number => new DateOnly(2026, 1, 1).AddMonths(number - 1)))
        {
            asked.AddRange((await hospital.MoveAsync($"{month:yyyy-MM}-28T18:00")).Where(row => row.Ref == promise && row.Kind == "check-in").Select(row => row.At![..7]));
            (await owner.SaysAsync($"{promise} no change")).Says("no change");
        }

        Assert.Equal(["2026-04", "2026-05", "2026-06", "2026-07", "2026-08", "2026-09", "2026-10", "2026-11", "2026-12", "2027-01", "2027-02"], asked);
    }

    [Theory, OnOneDatabase]
    public async Task An_answer_one_second_after_the_step_left_stops_the_next_one(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var owner = hospital.As("ben.kowalski");
        var promise = await owner.PromisesAsync("we'll offer a ride home by 2026-03-06");
        var sent = Rows(await hospital.MoveAsync("2026-03-13T08:00"), promise).ToList();
        Assert.Equal("2026-03-13T12:00:00Z dana.reyes escalation lead", sent[^1]);
        await hospital.MoveAsync("PT1S");
        (await owner.SaysAsync($"acknowledge {promise} by April 3 because the contract is late, need a signature")).Says("has a new date");
        Assert.DoesNotContain(Rows(await hospital.MoveAsync("2026-04-03T18:00"), promise), row => row.Contains("escalation", StringComparison.Ordinal));
        Assert.Equal("acknowledged", (await hospital.StateAsync(promise)).GetProperty("case").GetProperty("status").GetString());
    }

    [Theory, OnOneDatabase]
    public async Task A_holiday_that_comes_into_the_calendar_moves_the_step_that_was_planned_on_it(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        await hospital.MoveAsync("2026-10-12T09:00");
        var promise = await hospital.As("ben.kowalski").PromisesAsync("we'll offer a ride home by 2026-10-23");
        await hospital.MoveAsync("2026-10-28T09:00");
        await hospital.ImportAsync("holidays.csv", file => file + "Riverbend Main,2026-10-30,Founders' Day\n");
        Assert.Equal(["2026-11-02T13:00:00Z dana.reyes escalation lead"], Rows(await hospital.MoveAsync("2026-11-03T09:00"), promise));
    }

    [Theory, OnOneDatabase]
    public async Task A_fiscal_year_is_not_the_calendars(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var owner = hospital.As("ben.kowalski");
        (await owner.SaysAsync("we'll offer a ride home by the end of FY27 Q1")).Says("Wednesday, September 30, 2026");
        (await owner.SaysAsync("we'll offer a ride home by end of FY26")).Says("Tuesday, June 30, 2026");
        (await owner.SaysAsync("we'll offer a ride home by end of Q3")).Offers("Confirm for Tuesday, March 31, 2026");
    }
}
