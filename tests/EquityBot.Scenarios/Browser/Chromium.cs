using Microsoft.Playwright;

namespace EquityBot.Scenarios.Browser;

/// <summary>One browser for all tests that look at the practice page.</summary>
public sealed class Chromium : IAsyncLifetime
{
    IPlaywright? playwright;
    IBrowser? browser;

    public async Task InitializeAsync()
    {
        var program = Environment.GetEnvironmentVariable("EQUITYBOT_CHROMIUM") is { Length: > 0 } named ? named : "/usr/bin/chromium";
        Assert.True(File.Exists(program), $"There is no browser at {program}. Install one (Debian, Ubuntu: apt-get install chromium) or name its program in EQUITYBOT_CHROMIUM.");
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = program,
            Args = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
    }

    public async Task DisposeAsync()
    {
        if (browser is not null)
        {
            await browser.CloseAsync();
        }

        playwright?.Dispose();
    }

    /// <summary>Any other page in a browser of its own, as it opens on a phone.</summary>
    public async Task<IPage> OnAPhoneAsync(string url)
    {
        var context = await browser!.NewContextAsync(new() { ViewportSize = new() { Width = 390, Height = 844 }, ReducedMotion = ReducedMotion.Reduce });
        var page = await context.NewPageAsync();
        await page.GotoAsync(url);
        return page;
    }

    /// <summary>The practice page as somebody sees it who comes for the first time.</summary>
    public async Task<PracticePage> OpenAsync(Hospital hospital, int width = 1280, int height = 800)
    {
        var context = await ContextAsync(width, height);
        var page = new PracticePage(context, await context.NewPageAsync(), hospital);
        await page.OpenAsync();
        return page;
    }

    /// <summary>A browser without cookies or memory.</summary>
    public Task<IBrowserContext> ContextAsync(int width, int height) =>
        browser!.NewContextAsync(new() { ViewportSize = new() { Width = width, Height = height }, ReducedMotion = ReducedMotion.Reduce, HasTouch = width < 800 });
}

/// <summary>The tests that share the browser run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class InTheBrowser : ICollectionFixture<Chromium>
{
    public const string Name = "In the browser";
}
