using System.Text.Json;
using EquityBot.Channels.Slack;
using EquityBot.Chat;
using EquityBot.Doubles;
using EquityBot.Tests.Given;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;

namespace EquityBot.Tests.Slack;

/// <summary>How long an installation by OAuth may take, and what keeps it to one browser.</summary>
public sealed class SlackInstallTests
{
    [Theory]
    [InlineData(599, 200)]
    [InlineData(600, 400)]
    public async Task Agreed_to_within_ten_minutes_or_not_at_all(int seconds, int status)
    {
        await using var slack = await SlackDouble.StartAsync();
        var time = new HandClock(Wiring.Start.ToDateTimeOffset());
        slack.Script = request => request.Method == "oauth.v2.access"
            ? new(200, JsonSerializer.Serialize(new { ok = true, access_token = SlackDouble.Token, bot_user_id = SlackDouble.Bot, team = new { id = slack.Team } })) : null;
        await using var riverbend = await Riverbend.OpenAsync(more: services => services
            .AddSlack(slack, new Dictionary<string, string?> { ["Slack:BotToken"] = null, ["Slack:ClientId"] = "1.2", ["Slack:ClientSecret"] = "a secret" }).AddSingleton(new MachineClock(time)));
        var install = riverbend.Get<SlackInstall>();
        await using var services = new ServiceCollection().AddLogging().BuildServiceProvider();
        var begun = new DefaultHttpContext { RequestServices = services };
        await install.Begin(begun).ExecuteAsync(begun);
        Assert.Equal("no-store", begun.Response.Headers.CacheControl);
        var cookie = SetCookieHeaderValue.Parse(begun.Response.Headers.SetCookie.Single());
        Assert.Equal((true, true, Microsoft.Net.Http.Headers.SameSiteMode.Lax, "/slack", TimeSpan.FromMinutes(10)), (cookie.HttpOnly, cookie.Secure, cookie.SameSite, cookie.Path.Value, cookie.MaxAge));
        var asked = QueryHelpers.ParseQuery(new Uri(begun.Response.Headers.Location.Single()!).Query);
        Assert.Equal(("https://equity.hospital.example/slack/oauth", SlackInstall.Scopes), (asked["redirect_uri"].Single(), asked["scope"].Single()));

        time.Pass(TimeSpan.FromSeconds(seconds));
        var back = new DefaultHttpContext { RequestServices = services };
        back.Request.QueryString = QueryString.Create([KeyValuePair.Create("code", (string?)"1"), KeyValuePair.Create("state", asked["state"].Single())]);
        back.Request.Headers.Cookie = $"{cookie.Name}={cookie.Value}";
        await (await install.FinishAsync(back)).ExecuteAsync(back);
        Assert.Equal((status, status == 200 ? 1 : 0), (back.Response.StatusCode, slack.Of("oauth.v2.access").Count));
    }
}
