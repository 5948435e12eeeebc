using System.Text.Json;
using EquityBot.Doubles;

namespace EquityBot.Scenarios;

/// <summary>What the practice contract refuses, keeps and starts over.</summary>
public sealed class ContractRefusalStories
{
    [Theory, OnBothDatabases]
    public async Task What_is_unknown_is_404_and_what_is_malformed_is_400(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var draft = await hospital.As("dana.reyes").SaysAsync("log");
        var nothing = Guid.NewGuid().ToString("N");
        var confirm = draft.Action("Confirm").GetProperty("id").GetString()!;
        foreach (var (method, path, body, status) in new (HttpMethod, string, object?, int)[]
        {
            (HttpMethod.Post, "say", new { @as = "nobody.here", text = "help" }, 404),
            (HttpMethod.Post, "say", new { @as = "dana.reyes", text = "help", @in = "no-such-room" }, 404),
            (HttpMethod.Post, "say", new { @as = "dana.reyes", text = "help", @in = "board-quality-committee" }, 404),
            (HttpMethod.Post, "press", new { @as = "nobody.here", messageId = draft.Id, action = confirm }, 404),
            (HttpMethod.Post, "press", new { @as = "dana.reyes", messageId = nothing, action = confirm }, 404),
            (HttpMethod.Post, "press", new { @as = "dana.reyes", messageId = draft.Id, action = nothing }, 404),
            (HttpMethod.Post, "press", new { @as = "dana.reyes", messageId = "no id", action = confirm }, 404),
            (HttpMethod.Get, "inbox?as=nobody.here", null, 404),
            (HttpMethod.Get, "inbox", null, 404),
            (HttpMethod.Get, "state/C-99", null, 404),
            (HttpMethod.Get, "state/E-1", null, 404),
            (HttpMethod.Get, "state/Z-1", null, 404),
            (HttpMethod.Get, "state/99999999999999999999", null, 404),
            (HttpMethod.Post, "people/nobody.here", new { awayUntil = "2026-03-20" }, 404),
            (HttpMethod.Post, "faults", new { to = "nobody.here", outcome = "refused", times = 1 }, 404),
            (HttpMethod.Get, "no-such-call", null, 404),
            (HttpMethod.Post, "say", new { @as = "dana.reyes" }, 400),
            (HttpMethod.Post, "say", new { text = "help" }, 400),
            (HttpMethod.Post, "say", new { @as = 7, text = "help" }, 400),
            (HttpMethod.Post, "press", new { @as = "dana.reyes", messageId = draft.Id }, 400),
            (HttpMethod.Post, "press", new { @as = "dana.reyes", messageId = draft.Id, action = confirm, values = "what" }, 400),
            (HttpMethod.Post, "clock", new { }, 400),
            (HttpMethod.Post, "clock", new { advance = "three days" }, 400),
            (HttpMethod.Post, "clock", new { advance = "P3D", to = "2026-03-20T09:00" }, 400),
            (HttpMethod.Post, "clock", new { to = "2026-02-30T09:00" }, 400),
            (HttpMethod.Post, "clock", new { to = "9999-12-31T23:59" }, 400),
            (HttpMethod.Post, "clock", new { advance = "P9999999999Y" }, 400),
            (HttpMethod.Post, "people/dana.reyes", new { awayUntil = "soon" }, 400),
            (HttpMethod.Post, "faults", new { to = "dana.reyes", outcome = "lost", times = 1 }, 400),
            (HttpMethod.Post, "faults", new { to = "dana.reyes", outcome = "refused", times = -1 }, 400),
            (HttpMethod.Post, "clock", new { to = "2026-03-02T08:59" }, 409),
            (HttpMethod.Post, "clock", new { advance = "P-1D" }, 409),
        })
        {
            var answer = await hospital.AskAsync(method, $"/practice/api/{path}", body is null ? null : JsonSerializer.Serialize(body));
            Assert.True(status == answer.Status, $"{path} {JsonSerializer.Serialize(body)} answered {answer.Status} instead of {status}: {answer.Body}");
            Assert.Equal((path, "application/problem+json", status), (path, answer.MediaType, answer.Json.GetProperty("status").GetInt32()));
        }

        foreach (var path in new[] { "say", "press", "clock", "faults", "people/dana.reyes" })
        {
            foreach (var body in new[] { "", "{", "[]", "null", "7", "\"x\"", "{\"as\":\"dana.reyes\",}", "{\"as\":\"\\ud800\",\"text\":\"\\ud800\",\"to\":\"\\ud800\",\"awayUntil\":\"\\ud800\"}", new string('[', 100_000) })
            {
                var answer = await hospital.AskAsync(HttpMethod.Post, $"/practice/api/{path}", body);
                Assert.True(answer.Status is 400 && answer.MediaType is "application/problem+json", $"{path} {body[..Math.Min(60, body.Length)]} answered {answer.Status}: {answer.Body}");
            }
        }

        Assert.Equal("2026-03-02T14:00:00Z", (await hospital.GetAsync("/practice/api/clock")).GetProperty("now").GetString());
    }

    [Theory, OnBothDatabases]
    public async Task A_period_beyond_all_reason_is_malformed(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        foreach (var period in new[] { "PT9223372036854775807H", "P2147483647W", "P2147483647D", "P2147483647M", "P-2147483648Y", "P-2147483648M", "P-2147483648D" })
        {
            var answer = await hospital.AskAsync(HttpMethod.Post, "/practice/api/clock", JsonSerializer.Serialize(new { advance = period }));
            Assert.Equal((period, 400), (period, answer.Status));
        }
    }

    [Theory, OnBothDatabases]
    public async Task Too_much_is_413_and_too_long_is_answered_kindly_and_not_kept(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        foreach (var size in new[] { 300 * 1024, 1024 * 1024 })
        {
            foreach (var path in new[] { "say", "press", "clock", "faults", "people/dana.reyes" })
            {
                var answer = await hospital.AskAsync(HttpMethod.Post, $"/practice/api/{path}", JsonSerializer.Serialize(new { @as = "dana.reyes", text = new string('x', size) }));
                Assert.Equal((path, 413, "application/problem+json"), (path, answer.Status, answer.MediaType));
            }
        }

        var sentence = $"we'll offer quinquagenarians an interpreter by March 31 {new string('y', 5000)}";
        (await hospital.As("dana.reyes").SaysAsync(sentence)).Says("longer than 4000 characters", "not kept it");
        Assert.Equal(404, (await hospital.AskAsync(HttpMethod.Get, "/practice/api/state/C-12")).Status);
        Assert.DoesNotContain(await hospital.StoredTextsAsync(), text => text.Contains("quinquagenarians", StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(hospital.Errors.Lines, line => line.Contains("quinquagenarians", StringComparison.OrdinalIgnoreCase));
    }

    [Theory, OnBothDatabases]
    public async Task Reset_is_the_sample_as_new(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var people = (await hospital.GetAsync("/practice/api/people")).GetRawText();
        var state = (await hospital.StateAsync("C-1")).GetRawText();
        await hospital.As("dana.reyes").PromisesAsync("we'll offer an interpreter at every discharge by 2026-03-06");
        await hospital.PostAsync("/practice/api/people/dana.reyes", new { awayUntil = "2026-05-08" });
        await hospital.FailsAsync("dana.reyes", "permanent", 100);
        await hospital.MoveAsync("2026-04-30T17:00");

        var clock = await hospital.PostAsync("/practice/api/reset", new { });
        Assert.Equal(("2026-03-02T14:00:00Z", 0), (clock.GetProperty("now").GetString(), clock.GetProperty("sent").GetArrayLength()));
        Assert.Equal(people, (await hospital.GetAsync("/practice/api/people")).GetRawText());
        Assert.Equal(state, (await hospital.StateAsync("C-1")).GetRawText());
        Assert.Equal(404, (await hospital.AskAsync(HttpMethod.Get, "/practice/api/state/C-12")).Status);
        await hospital.As("dana.reyes").HasSeenNothingAsync();
        Assert.Equal("C-12", await hospital.As("dana.reyes").PromisesAsync("we'll offer an interpreter at every discharge by 2026-03-06"));
        Assert.Equal("2026-03-03T13:00:00Z dana.reyes reminder C-12 reminder sent", Assert.Single(await hospital.MoveAsync("2026-03-04T09:00")).ToString());
    }

    [Theory, OnBothDatabases]
    public async Task A_restart_forgets_nothing(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var lead = hospital.As("dana.reyes");
        await lead.PromisesAsync("we'll offer an interpreter at every discharge by 2026-03-06");
        await hospital.MoveAsync("2026-03-09T12:34");
        await hospital.FailsAsync("anil.deshmukh", "refused");
        await hospital.MoveAsync("2026-03-13T07:30");
        var before = await AllAsync();
        var step = await lead.SeesAsync("was due Friday, March 6");
        await hospital.RestartAsync();
        Assert.Equal(before, await AllAsync());
        Assert.Equal("2026-03-13T11:30:00Z", (await hospital.GetAsync("/practice/api/clock")).GetProperty("now").GetString());

        // What was waiting goes on: the retry a minute later, and the button of before.
        Assert.Equal("2026-03-13T11:31:00Z anil.deshmukh escalation C-12 lead sent", Assert.Single(await hospital.MoveAsync("2026-03-13T08:00")).ToString());
        (await lead.PressesAsync(step, "Report progress", new { status = "on-track", note = "It goes on" })).Done();

        async Task<string> AllAsync() => string.Join('\n', await Task.WhenAll(new[] { "clock", "people", "state/C-12", "state/E-1", "inbox?as=dana.reyes", "inbox?as=anil.deshmukh" }.Select(async call => (await hospital.GetAsync($"/practice/api/{call}")).GetRawText())));
    }

    [Theory, OnBothDatabases]
    public async Task The_clock_takes_periods_and_times_of_the_organization(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        foreach (var (move, now) in new[]
        {
            ("P3D", "2026-03-05T14:00:00Z"), ("P1W", "2026-03-12T13:00:00Z"), ("PT90M", "2026-03-12T14:30:00Z"), ("2026-03-20T09:00", "2026-03-20T13:00:00Z"), ("2026-03-20T09:00:30", "2026-03-20T13:00:30Z"), ("P1M", "2026-04-20T13:00:30Z"), ("P0D", "2026-04-20T13:00:30Z"),
        })
        {
            await hospital.MoveAsync(move);
            Assert.Equal((move, now), (move, (await hospital.GetAsync("/practice/api/clock")).GetProperty("now").GetString()));
        }
    }
}
