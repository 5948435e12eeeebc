using System.Net;
using System.Text.RegularExpressions;

namespace EquityBot.Scenarios.Slack;

/// <summary>Follows what a person follows, and remembers cookies.</summary>
sealed class Installer : IDisposable
{
    readonly CookieContainer jar = new();
    readonly HttpClient http;

    public Installer() => http = new(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = jar });

    public IReadOnlyList<Cookie> Cookies(Uri at) => [.. jar.GetCookies(at).Cast<Cookie>()];

    public void Remember(Uri at, IEnumerable<Cookie> cookies)
    {
        foreach (Cookie cookie in cookies)
        {
            jar.Add(at, new Cookie(cookie.Name, cookie.Value, cookie.Path));
        }
    }

    public async Task<(HttpStatusCode Status, string Body)> GetAsync(Uri address)
    {
        using var answer = await http.GetAsync(address);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    public async Task<string> BeginAsync(string home)
    {
        using var begun = await http.GetAsync($"{home}/slack/install");
        return Regex.Match(begun.Headers.Location!.Query, "state=([^&]*)").Groups[1].Value;
    }

    public async Task<(HttpStatusCode Status, string Body)> InstallAsync(string home) => await GetAsync(await AgreeAsync(home));

    /// <summary>Opens the way in, picks the first person that Slack offers, and stops before going back.</summary>
    public async Task<Uri> AgreeAsync(string home)
    {
        using var begun = await http.GetAsync($"{home}/slack/install");
        foreach (var cookie in begun.Headers.TryGetValues("Set-Cookie", out var given) ? given.Select(one => one.Split(';')[0].Split('=', 2)) : [])
        {
            // Browsers take this machine for safe, this client does not.
            jar.Add(new Uri(home), new Cookie(cookie[0], cookie[1], "/"));
        }

        var asked = begun.Headers.Location ?? new(WebUtility.HtmlDecode(Regex.Match(await begun.Content.ReadAsStringAsync(), "href=\"([^\"]*authorize[^\"]*)\"").Groups[1].Value));
        var page = await http.GetStringAsync(asked);
        var form = Regex.Match(page, "<form.*?</form>", RegexOptions.Singleline).Value;
        var fields = Regex.Matches(form, "name=\"([^\"]*)\" value=\"([^\"]*)\"").Select(field => KeyValuePair.Create(field.Groups[1].Value, WebUtility.HtmlDecode(field.Groups[2].Value)));
        using var content = new FormUrlEncodedContent(fields);
        using var agreed = await http.PostAsync(new Uri(asked, "/oauth/v2/authorize/callback"), content);
        return agreed.Headers.Location!;
    }

    public void Dispose() => http.Dispose();
}
