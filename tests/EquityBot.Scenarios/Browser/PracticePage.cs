using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace EquityBot.Scenarios.Browser;

/// <summary>The practice page under a person's hands. Ends by asserting that the browser reported no error and asked nobody but us for anything.</summary>
public sealed class PracticePage : IAsyncDisposable
{
    readonly IBrowserContext context;
    readonly Hospital hospital;
    readonly ConcurrentQueue<string> complaints = new();

    public PracticePage(IBrowserContext context, IPage page, Hospital hospital)
    {
        (this.context, Page, this.hospital) = (context, page, hospital);
        context.SetDefaultTimeout(30_000);
        page.Console += (_, message) => Note(message.Type == "error", $"console: {message.Text}");
        page.PageError += (_, error) => Note(true, $"page: {error}");
        context.Request += (_, request) => Note(!request.Url.StartsWith(hospital.Url + "/", StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal), $"request: {request.Url}");
        context.Response += (_, response) => Note(response.Status >= 400, $"{response.Status}: {response.Url}");
    }

    public IPage Page { get; }

    public ILocator Messages => Page.GetByTestId("message");

    public ILocator Sent => Page.GetByTestId("sent-row");

    void Note(bool holds, string complaint)
    {
        if (holds)
        {
            complaints.Enqueue(complaint);
        }
    }

    public async Task OpenAsync()
    {
        await Page.AddInitScriptAsync("window.taps = 0; addEventListener('pointerdown', event => { if (event.isTrusted) window.taps += 1; }, true);");
        await Page.GotoAsync(hospital.Url + "/practice");
        await Expect(Page.GetByTestId("clock-now")).ToContainTextAsync("2026");
        await Expect(Page.GetByTestId("person-dana.reyes")).ToBeAttachedAsync();
    }

    /// <summary>Taps and clicks since the page was opened; what the keyboard presses is none.</summary>
    public Task<int> TapsAsync() => Page.EvaluateAsync<int>("window.taps");

    public async Task BecomeAsync(string handle)
    {
        await ShowAsync("people");
        await Page.GetByTestId($"person-{handle}").ClickAsync();
        await IsAsync(handle);
    }

    public Task IsAsync(string handle) => Expect(Page.GetByTestId($"person-{handle}")).ToHaveAttributeAsync("aria-current", "true");

    /// <summary>Opens a tab where there are tabs.</summary>
    public async Task ShowAsync(string tab)
    {
        var button = Page.GetByTestId($"tab-{tab}");
        if (await button.IsVisibleAsync())
        {
            await button.ClickAsync();
        }
    }

    /// <summary>Says it with the keyboard and waits for the answer.</summary>
    public async Task SayAsync(string text)
    {
        await ShowAsync("conversation");
        var before = await Messages.CountAsync();
        await Page.GetByTestId("composer").FillAsync(text);
        await Page.GetByTestId("composer").PressAsync("Enter");
        await Expect(Messages).Not.ToHaveCountAsync(before);
        await Expect(Page.GetByTestId("composer")).ToHaveValueAsync("");
    }

    public ILocator Message(string text) => Messages.Filter(new() { HasText = text }).Last;

    public static ILocator Button(ILocator message, string title) => message.GetByRole(AriaRole.Button, new() { Name = title, Exact = true });

    public async Task ToNextEventAsync()
    {
        await ShowAsync("clock");
        var clock = Page.Locator("#clock");
        var now = await Page.GetByTestId("clock-now").TextContentAsync();
        await Page.GetByTestId("clock-next-event").ClickAsync();
        await Expect(Page.GetByTestId("clock-now")).Not.ToHaveTextAsync(now!);
        await Expect(clock).Not.ToHaveAttributeAsync("aria-busy", "true", new() { Timeout = 30_000 });
    }

    /// <summary>Goes from event to event until this step of the promise has been sent as often as told, and returns its newest row.</summary>
    public async Task<ILocator> UntilAsync(string reference, string step, int times = 1)
    {
        var rows = Page.Locator($"[data-testid=sent-row][data-ref={reference}][data-step={step}][data-state=sent]");
        for (var moves = 0; await rows.CountAsync() < times; moves++)
        {
            Assert.True(moves < 16, $"{reference} did not reach {step} within sixteen events, but: {string.Join(" | ", await Sent.AllInnerTextsAsync())}");
            await ToNextEventAsync();
        }

        await Expect(rows).ToHaveCountAsync(times);
        return rows.First;
    }

    /// <summary>The person, whose unread message is counted, is opened through the sent list and sees these words.</summary>
    public async Task<ILocator> OpenAsync(ILocator row, string handle, params string[] words)
    {
        await Expect(row).ToHaveAttributeAsync("data-to", handle);
        if (await Page.GetByTestId($"person-{handle}").GetAttributeAsync("aria-current") is null)
        {
            await Expect(Page.GetByTestId($"unread-{handle}")).Not.ToBeEmptyAsync();
        }

        await row.ClickAsync();
        await IsAsync(handle);
        await Expect(Page.GetByTestId($"unread-{handle}")).ToBeHiddenAsync();
        var message = Messages.Last;
        foreach (var word in words)
        {
            await Expect(message).ToContainTextAsync(word);
        }

        // Brought into view and focused: only then does it stand still for a click.
        await Expect(message).ToBeFocusedAsync();
        await Expect(message).ToBeInViewportAsync();
        await Expect(message.Locator(".card.plain")).ToHaveCountAsync(0);
        return message;
    }

    public static async Task HasOnePrimaryButtonAsync(ILocator message, string title)
    {
        await Expect(message.Locator(".style-positive:visible")).ToHaveCountAsync(1);
        await Expect(message.Locator(".style-positive:visible")).ToHaveTextAsync(title);
    }

    /// <summary>Keeps what a person sees here, wide and narrow, light and dark.</summary>
    public async Task PictureAsync(string name, string tab = "conversation")
    {
        var folder = Directory.CreateDirectory(Path.Combine(Repository.Root, "artifacts", "pictures")).FullName;
        foreach (var (kind, width, height) in new[] { ("phone", 390, 844), ("desktop", 1280, 800) })
        {
            await Page.SetViewportSizeAsync(width, height);
            await ShowAsync(tab);
            if (tab == "conversation" && await Messages.CountAsync() > 0)
            {
                await Messages.Last.EvaluateAsync("message => message.scrollIntoView({ block: 'start', behavior: 'instant' })");
            }

            foreach (var scheme in new[] { ColorScheme.Dark, ColorScheme.Light })
            {
                await Page.EmulateMediaAsync(new() { ColorScheme = scheme });
                await Page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}-{kind}-{scheme}.png".ToLowerInvariant()) });
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await context.CloseAsync();
        Assert.Empty(complaints);
    }

    static ILocatorAssertions Expect(ILocator locator) => Assertions.Expect(locator);
}

static class Repository
{
    public static string Root { get; } = Find();

    static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "EquityBot.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests run inside the repository.");
        }

        return folder.FullName;
    }
}
