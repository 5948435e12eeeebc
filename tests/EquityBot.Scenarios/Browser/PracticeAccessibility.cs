using EquityBot.Doubles;
using Microsoft.Playwright;

namespace EquityBot.Scenarios.Browser;

[Collection(InTheBrowser.Name)]
public sealed class PracticeAccessibility(Chromium chromium)
{
    static readonly string[] Tabs = ["people", "conversation", "clock"];

    [Fact]
    public async Task Axe_finds_nothing_in_the_conversation_an_open_form_the_clock_and_the_phone_tabs()
    {
        await using var hospital = await Hospital.OpenAsync(Engine.Sqlite);
        await using var page = await chromium.OpenAsync(hospital);
        await page.Page.EvaluateAsync(await File.ReadAllTextAsync(AxeScript()));
        await page.BecomeAsync("dana.reyes");
        await HasNoViolationAsync(page, "the empty conversation");
        await page.SayAsync("we'll offer an interpreter at every cardiology discharge by March 13");
        await HasNoViolationAsync(page, "the confirm card");
        await PracticePage.Button(page.Messages.Last, "Edit").ClickAsync();
        await Expect(page.Messages.Last.GetByLabel("By when")).ToBeVisibleAsync();
        await HasNoViolationAsync(page, "the form that stands open");
        await PracticePage.Button(page.Messages.Last, "Confirm").ClickAsync();
        await Expect(page.Message("is on the plan")).ToBeVisibleAsync();
        await page.OpenAsync(await page.UntilAsync("C-12", "owner"), "dana.reyes", "was due");
        await PracticePage.Button(page.Messages.Last, "Acknowledge").ClickAsync();
        await PracticePage.Button(page.Messages.Last, "Send").ClickAsync();
        await Expect(page.Messages.Last.GetByText("This is needed.").First).ToBeVisibleAsync();
        await HasNoViolationAsync(page, "the refused form, the replaced cards and the clock");

        await page.Page.SetViewportSizeAsync(390, 844);
        foreach (var tab in Tabs)
        {
            await page.ShowAsync(tab);
            await HasNoViolationAsync(page, $"the tab {tab} on a phone");
        }
    }

    [Fact]
    public async Task Axe_finds_nothing_on_check_ins_digests_a_silent_department_and_requests()
    {
        await using var hospital = await Hospital.OpenAsync(Engine.Sqlite);
        var owner = hospital.As("ben.kowalski");
        foreach (var what in new[] { "offer an interpreter at every visit", "ask every patient for their language" })
        {
            (await owner.PressesAsync(await owner.SaysAsync("log"), "Confirm", new { what, due = "2026-06-30", owner = owner.Handle, cadence = "weekly" })).Done();
        }

        await hospital.As("dana.reyes").PromisesAsync("we'll put up signs in four languages by 2026-03-06");
        await hospital.MoveAsync("2026-03-09T12:00");
        await using var page = await chromium.OpenAsync(hospital, 390, 844);
        await page.Page.EvaluateAsync(await File.ReadAllTextAsync(AxeScript()));
        await LooksAtAsync("ben.kowalski", "How does C-12 go?", "20-check-ins");
        await PracticePage.Button(page.Messages.Last, "Report progress").Last.ClickAsync();
        await Expect(page.Messages.Last.GetByLabel("One line on where it stands").Last).ToBeVisibleAsync();
        await HasNoViolationAsync(page, "a check-in's form");
        await page.PictureAsync("21-check-in-form");

        await hospital.MoveAsync("2026-03-16T12:00");
        await LooksAtAsync("anil.deshmukh", "The equity plan on Monday, March 16", "22-executive-digest");
        await hospital.MoveAsync("2026-03-24T12:00");
        var silent = (await hospital.StateAsync((await hospital.RowsAsync()).First(row => row.Ref.StartsWith("E-", StringComparison.Ordinal)).Ref)).GetProperty("owner").GetString()!;
        await LooksAtAsync(silent, "Emergency has promised nothing yet", "23-silent-department");
        foreach (var day in new[] { "2026-07-10", "2026-07-17", "2026-07-31" })
        {
            await owner.SaysAsync($"push C-12 to {day} because the agency contract is late, need a signature from the sponsor");
        }

        await LooksAtAsync("colleen.fitzgerald", "asks for a later day", "24-extension-request");
        await hospital.MoveAsync("2026-04-13T12:00");
        await LooksAtAsync("ruth.okafor", "The equity plan on Monday, April 13", "25-board-digest");

        async Task LooksAtAsync(string handle, string words, string picture)
        {
            await page.Page.SetViewportSizeAsync(390, 844);
            await page.BecomeAsync(handle);
            await Expect(page.Messages.Last).ToContainTextAsync(words);
            await HasNoViolationAsync(page, words);
            await FitsAsync(page);
            await page.Page.SetViewportSizeAsync(320, 640);
            await FitsAsync(page);
            await page.PictureAsync(picture);
        }
    }

    [Fact]
    public async Task A_promise_is_logged_and_confirmed_without_a_mouse()
    {
        await using var hospital = await Hospital.OpenAsync(Engine.Sqlite);
        await using var page = await chromium.OpenAsync(hospital);
        var keys = page.Page.Keyboard;

        await keys.PressAsync("Tab");
        Assert.Equal("Skip to the conversation", await FocusedAsync(page));
        await TabToAsync(page, "Tab", "Find a person or department");
        await keys.TypeAsync("dana");
        await TabToAsync(page, "Tab", "Dana Reyes");
        await keys.PressAsync("Enter");
        await page.IsAsync("dana.reyes");
        await TabToAsync(page, "Tab", "Say something to EquityBot");
        await keys.TypeAsync("we'll offer an interpreter at every cardiology discharge by March 13");
        await keys.PressAsync("Enter");
        await Expect(page.Message("Is this the promise?")).ToBeVisibleAsync();
        await TabToAsync(page, "Shift+Tab", "Confirm");
        await keys.PressAsync("Enter");
        await Expect(page.Message("C-12 is on the plan")).ToBeVisibleAsync();
        await Expect(page.Page.Locator("body")).Not.ToBeFocusedAsync();
        await TabToAsync(page, "Tab", "To next event");
        await keys.PressAsync("Enter");
        await Expect(page.Page.GetByTestId("clock-now")).ToContainTextAsync("Monday, March 9");
        Assert.Equal(0, await page.TapsAsync());
    }

    [Fact]
    public async Task Nothing_reaches_beyond_the_edge_of_the_narrowest_phone()
    {
        await using var hospital = await Hospital.OpenAsync(Engine.Sqlite);
        await using var page = await chromium.OpenAsync(hospital, 320, 640);
        await page.BecomeAsync("dana.reyes");
        await FitsAsync(page);
        await page.SayAsync($"we'll offer interpreterunddolmetscherbereitschafts{new string('x', 80)} at every discharge, in cardiology and wherever else somebody goes home by March 13");
        await FitsAsync(page);
        await PracticePage.Button(page.Messages.Last, "Edit").ClickAsync();
        await Expect(page.Messages.Last.GetByLabel("By when")).ToBeVisibleAsync();
        await FitsAsync(page);
        await PracticePage.Button(page.Messages.Last, "Confirm").ClickAsync();
        await Expect(page.Message("is on the plan")).ToBeVisibleAsync();
        await page.UntilAsync("C-12", "owner");
        await FitsAsync(page);
        await page.ShowAsync("clock");
        await page.Sent.First.ClickAsync();
        // The page brings the message into view and gives it the focus; only then does it stand still for a click.
        await Expect(page.Messages.Last).ToBeFocusedAsync();
        await PracticePage.Button(page.Messages.Last, "Acknowledge").ClickAsync();
        await Expect(page.Messages.Last.GetByLabel("New date")).ToBeVisibleAsync();
        await FitsAsync(page);
    }

    static async Task FitsAsync(PracticePage page)
    {
        foreach (var tab in Tabs.Append("conversation"))
        {
            await page.ShowAsync(tab);
            var beyond = await page.Page.EvaluateAsync<string[]>("""
                () => [...document.querySelectorAll("body, body *:not(.hidden, .skip, option)")]
                    .filter(one => one.checkVisibility() && one.getBoundingClientRect().width > 0)
                    .filter(one => one.getBoundingClientRect().right > innerWidth + 0.5 || one.getBoundingClientRect().left < -0.5
                        || (one.matches("body, .scroll, .pane, .card") && one.scrollWidth > one.clientWidth + 1))
                    .map(one => `${one.tagName}.${one.className} ${one.textContent.slice(0, 40)}`)
                """);
            Assert.True(beyond.Length == 0, $"Beyond the edge of the tab {tab}: {string.Join(" | ", beyond)}");
            Assert.True(await page.Page.EvaluateAsync<bool>("() => document.scrollingElement.scrollHeight <= innerHeight"), $"The page itself scrolls on the tab {tab}: only its panes may.");
        }
    }

    static async Task TabToAsync(PracticePage page, string key, string name)
    {
        var passed = new List<string>();
        for (var focused = await FocusedAsync(page); !focused.StartsWith(name, StringComparison.Ordinal); focused = await FocusedAsync(page))
        {
            Assert.True(passed.Count < 60, $"No way with {key} to “{name}”, only past {string.Join(" | ", passed)}");
            passed.Add(focused);
            await page.Page.Keyboard.PressAsync(key);
        }
    }

    /// <summary>What somebody without a mouse is at, which must be seen and be framed.</summary>
    static Task<string> FocusedAsync(PracticePage page) => page.Page.EvaluateAsync<string>("""
        () => {
            const at = document.activeElement;
            if (at === document.body) return "nothing";
            const outline = getComputedStyle(at);
            if (outline.outlineStyle === "none" || parseFloat(outline.outlineWidth) < 2) throw new Error(`No frame around ${at.outerHTML.slice(0, 200)}`);
            return (at.labels?.[0]?.textContent ?? at.querySelector(".name")?.textContent ?? at.getAttribute("aria-label") ?? at.textContent).trim();
        }
        """);

    /// <summary>Everything in light; in dark only the colours, for nothing else differs.</summary>
    static async Task HasNoViolationAsync(PracticePage page, string place)
    {
        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            await page.Page.EmulateMediaAsync(new() { ColorScheme = scheme });
            var found = await page.Page.EvaluateAsync<string[]>("""
                async dark => (await axe.run(document, { resultTypes: ["violations"], ...(dark ? { runOnly: ["color-contrast"] } : {}) })).violations
                    .flatMap(rule => rule.nodes.map(node => `${rule.id}: ${node.failureSummary} ${node.html.slice(0, 200)}`))
                """, scheme == ColorScheme.Dark);
            Assert.True(found.Length == 0, $"In {place}, {scheme}:\n{string.Join('\n', found)}");
        }
    }

    static string AxeScript()
    {
        var script = Path.Combine(Repository.Root, "tests", "clients", "node_modules", "axe-core", "axe.min.js");
        Assert.True(File.Exists(script), $"There is no {script}. Run npm ci in tests/clients.");
        return script;
    }

    static ILocatorAssertions Expect(ILocator locator) => Assertions.Expect(locator);
}
