using System.Text.Json.Nodes;
using EquityBot.Channels.Browser;
using EquityBot.Doubles;
using EquityBot.People;
using EquityBot.Scenarios.Browser;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace EquityBot.Scenarios.Slack;

/// <summary>The loop told through a Slack that we did not write: by its control interface, and by a browser that clicks.</summary>
[Collection(InTheBrowser.Name)]
public sealed class LocalSlackStories(Chromium chromium)
{
    const string Promise = "we'll offer an interpreter at every discharge by 2026-03-06";

    /// <summary>Long enough for a machine that does much else beside.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Theory, OnBothDatabases]
    public async Task A_promise_nobody_answers_for_reaches_the_board(Engine engine)
    {
        await using var world = await World.OpenAsync(engine);
        var lead = await world.AsAsync("dana.reyes");
        await lead.SaysAsync("help");
        var board = await world.AsAsync("ruth.okafor");
        await board.SaysAsync("help");
        var draft = await lead.SaysAsync(Promise);
        await lead.PressesAsync(draft, "Confirm");
        await lead.SeesAsync("C-12 is on the plan");

        await world.Hospital.MoveAsync("2026-03-09T17:00");
        Assert.Contains("Report progress", (await lead.SeesAsync("was due Friday, March 6")).Titles);
        await world.Hospital.MoveAsync("2026-04-30T17:00");
        Assert.Contains("Decide", (await board.SeesAsync("no answer since March 6")).Titles);
    }

    [Theory, OnBothDatabases]
    public async Task Commands_mentions_and_the_home_page_are_answered(Engine engine)
    {
        await using var world = await World.OpenAsync(engine);
        var lead = await world.AsAsync("dana.reyes");
        await world.Slack.ControlAsync("command", new { channel = "C01ROOM", user = lead.Account, command = "/equity", text = Promise });
        await world.Slack.ControlAsync("message", new { channel = "C01ROOM", user = lead.Account, text = $"<@{SlackDouble.Bot}> mine" });
        await world.SettleAsync();
        await world.UntilAsync(async () => (await world.Slack.InAsync("C01ROOM")).FirstOrDefault(seen => seen.Titles.Contains("Confirm")));
        await world.UntilAsync(async () => (await world.Slack.InAsync("C01ROOM")).FirstOrDefault(seen => seen.Text.Contains("I have answered you", StringComparison.Ordinal)));
        await world.Slack.ControlAsync("open-home", new { user = lead.Account });
        await world.UntilAsync(async () => (await world.LogAsync()).Contains("Dana Reyes: your plan", StringComparison.Ordinal) ? "" : null);
    }

    [Theory, OnBothDatabases]
    public async Task In_a_browser_a_promise_is_said_confirmed_reported_on_missed_and_decided_on(Engine engine)
    {
        await using var world = await World.OpenAsync(engine);
        await using var context = await chromium.ContextAsync(1280, 900);
        var page = await context.NewPageAsync();
        context.SetDefaultTimeout((float)Patience.TotalMilliseconds);
        await world.AsAsync("dana.reyes");
        await (await world.AsAsync("ruth.okafor")).SaysAsync("help");
        await page.GotoAsync(world.Slack.Url);

        // Practice sends when its clock moves or somebody asks; here somebody asks all the time.
        using var over = new CancellationTokenSource();
        var postman = world.KeepSettlingAsync(over.Token);
        await page.GetByRole(AriaRole.Combobox).First.SelectOptionAsync(new SelectOptionValue { Label = "dana.reyes" });
        await page.Locator(".sidebar-item", new() { HasText = "equitybot" }).ClickAsync();
        await Expect(page.GetByText("Dana Reyes: your plan")).ToBeVisibleAsync();
        await page.ScreenshotAsync(new() { Path = Path.Combine(ByKeys.Pictures, "slack-home.png") });
        await page.Locator(".sidebar-item", new() { HasText = "dana.reyes" }).ClickAsync();
        await SayAsync(page, Promise);
        await page.GetByRole(AriaRole.Button, new() { Name = "Confirm", Exact = true }).Last.ClickAsync();
        await Expect(page.GetByText("C-12 is on the plan").Last).ToBeVisibleAsync();

        await SayAsync(page, "show C-12");
        await page.GetByRole(AriaRole.Button, new() { Name = "Report progress", Exact = true }).Last.ClickAsync();
        var window = page.Locator(".modal");
        await window.Locator("input[type=radio]").First.CheckAsync();
        await page.ScreenshotAsync(new() { Path = Path.Combine(ByKeys.Pictures, "slack-window.png") });
        await window.Locator("input:not([type=radio]), textarea").First.FillAsync(new string('x', 1001));
        await window.Locator(".modal-btn.primary").ClickAsync();
        await Expect(window.Locator(".modal-error")).ToContainTextAsync("1000");
        await page.ScreenshotAsync(new() { Path = Path.Combine(ByKeys.Pictures, "slack-window.png") });
        await window.Locator("input:not([type=radio]), textarea").First.FillAsync("two of four units have one");
        await window.Locator(".modal-btn.primary").ClickAsync();
        await Expect(window).ToHaveCountAsync(0);
        await world.SettleAsync();
        await Expect(page.GetByText("Noted for C-12").Last).ToBeVisibleAsync();
        await page.ScreenshotAsync(new() { Path = Path.Combine(ByKeys.Pictures, "slack-messages.png") });

        // Nothing more is heard of it, until the board decides.
        await world.Hospital.MoveAsync("2026-04-30T17:00");
        await page.GetByRole(AriaRole.Combobox).First.SelectOptionAsync(new SelectOptionValue { Label = "ruth.okafor" });
        await page.Locator(".sidebar-item", new() { HasText = "ruth.okafor" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Decide", Exact = true }).First.ClickAsync();
        await page.ScreenshotAsync(new() { Path = Path.Combine(ByKeys.Pictures, "slack-decide.png") });
        await window.Locator("input[type=radio]").Nth(2).CheckAsync();
        await window.Locator("input:not([type=radio]), textarea").First.FillAsync("two interpreters from the reserve");
        await window.Locator(".modal-btn.primary").ClickAsync();
        await Expect(window).ToHaveCountAsync(0);
        Assert.Equal("decided", (await world.Hospital.StateAsync("C-12")).GetProperty("case").GetProperty("status").GetString());
        await over.CancelAsync();
        await postman;
    }

    static async Task SayAsync(IPage page, string text)
    {
        await page.Locator(".composer-input").FillAsync(text);
        await page.Locator(".composer-send").ClickAsync();
    }

    /// <summary>The sample hospital with local-slack as its only chat.</summary>
    sealed class World(Hospital hospital, LocalSlack slack) : IAsyncDisposable
    {
        public Hospital Hospital => hospital;

        public LocalSlack Slack => slack;

        public static async Task<World> OpenAsync(Engine engine)
        {
            var port = LocalSlack.Port();
            var hospital = await Hospital.OpenAsync(engine, LocalSlack.Settings(port));
            await using var everywhere = hospital.Store.AcrossOrganizations();
            var organization = await everywhere.Rows<Organization>().Select(one => one.Id).SingleAsync();
            await hospital.Store.WriteAsync(organization, Urgency.Inbound, db => db.Set<ChatAddress>().Where(one => one.Channel == "browser").ExecuteDeleteAsync(), CancellationToken.None);
            var people = await everywhere.Rows<Person>().Where(one => one.Email != "").Select(one => new { one.Handle, one.Email }).ToListAsync();
            return new(hospital, await LocalSlack.StartAsync(port, hospital.Url, people.Select(one => (one.Handle, one.Email))));
        }

        public async Task<Speaker> AsAsync(string handle) => new(this, LocalSlack.Account(handle), await slack.ConversationAsync(LocalSlack.Account(handle)));

        public Task SettleAsync() => hospital.Get<PracticeDriver>().SettleAsync();

        public async Task KeepSettlingAsync(CancellationToken ct)
        {
            while (!ct.IsCancellationRequested)
            {
                await SettleAsync();
                await Task.Delay(TimeSpan.FromMilliseconds(20), ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        public async Task<string> LogAsync()
        {
            using var http = new HttpClient();
            return await http.GetStringAsync($"{slack.Url}/_control/log");
        }

        /// <summary>local-slack calls the bot after it has answered us: looked for again until it is there.</summary>
        public async Task<T> UntilAsync<T>(Func<Task<T?>> find) where T : class
        {
            using var limit = new CancellationTokenSource(Patience);
            while (true)
            {
                await SettleAsync();
                if (await find() is { } found)
                {
                    return found;
                }

                if (limit.IsCancellationRequested)
                {
                    throw new Xunit.Sdk.XunitException($"It did not come: {await LogAsync()}");
                }

                await Task.Delay(TimeSpan.FromMilliseconds(20));
            }
        }

        public async ValueTask DisposeAsync()
        {
            await slack.DisposeAsync();
            await hospital.DisposeAsync();
        }
    }

    sealed class Speaker(World world, string account, string conversation)
    {
        public string Account => account;

        public async Task<SlackSeen> SaysAsync(string text)
        {
            var before = (await world.Slack.InAsync(conversation)).Count;
            await world.Slack.ControlAsync("message", new { channel = conversation, user = account, text });
            return await world.UntilAsync(async () => await world.Slack.InAsync(conversation) is var all && all.Count > before ? all[^1] : null);
        }

        public async Task PressesAsync(SlackSeen seen, string title)
        {
            var (element, _) = seen.Button(title);
            await world.Slack.ControlAsync("interact", new JsonObject
            {
                ["channel"] = conversation, ["messageTs"] = seen.Post!.Ts, ["user"] = account,
                ["action"] = new JsonObject { ["type"] = "button", ["action_id"] = element["action_id"]!.ToString(), ["block_id"] = "b", ["value"] = element["value"]!.ToString() },
            });
        }

        public Task<SlackSeen> SeesAsync(string words) => world.UntilAsync(async () => (await world.Slack.InAsync(conversation)).LastOrDefault(seen => seen.Text.Contains(words, StringComparison.Ordinal)));
    }
}
