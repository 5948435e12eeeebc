using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace EquityBot.Scenarios;

/// <summary>Somebody with a browser that keeps cookies and runs no script, at a signed-in page.</summary>
sealed class Visitor : IDisposable
{
    readonly HttpClient http;

    public Visitor(Hospital hospital)
    {
        Cookies = new();
        http = new(new HttpClientHandler { CookieContainer = Cookies }) { BaseAddress = new Uri(hospital.Url) };
    }

    public CookieContainer Cookies { get; }

    public int Status { get; private set; }

    /// <summary>Where the last answer came from, after redirects.</summary>
    public Uri At { get; private set; } = new("http://localhost/");

    public IHtmlDocument Page { get; private set; } = new HtmlParser().ParseDocument("");

    /// <summary>What the page says, without its markup.</summary>
    public string Text => string.Join(' ', Page.Body!.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    public HttpResponseMessage Response { get; private set; } = new();

    public Task OpenAsync(string address) => GoAsync(new(HttpMethod.Get, address));

    /// <summary>Fills in the form whose button has this title and sends it, as a browser would.</summary>
    public Task SubmitAsync(string title, params (string Name, string Value)[] values)
    {
        var button = Page.QuerySelectorAll("form button").First(one => one.TextContent.Trim() == title);
        var form = button.Closest("form") as IHtmlFormElement ?? throw new InvalidOperationException($"“{title}” stands in no form.");
        var fields = form.QuerySelectorAll("input[name], textarea[name], select[name]").SelectMany(Sent).Where(field => values.All(value => value.Name != field.Key))
            .Concat(button.GetAttribute("name") is { } name ? [KeyValuePair.Create(name, button.GetAttribute("value") ?? "")] : [])
            .Concat(values.Select(value => KeyValuePair.Create(value.Name, value.Value)))
            .ToList();
        return GoAsync(new(HttpMethod.Post, form.GetAttribute("action")) { Content = new FormUrlEncodedContent(fields) });
    }

    static IEnumerable<KeyValuePair<string, string>> Sent(AngleSharp.Dom.IElement field) => field switch
    {
        IHtmlInputElement { Type: "checkbox" or "radio", IsChecked: false } => [],
        IHtmlInputElement input => [KeyValuePair.Create(input.Name!, input.Value)],
        IHtmlTextAreaElement area => [KeyValuePair.Create(area.Name!, area.Value)],
        IHtmlSelectElement select => [KeyValuePair.Create(select.Name!, select.Value ?? "")],
        _ => [],
    };

    public async Task GoAsync(HttpRequestMessage request)
    {
        using (request)
        {
            Response = await http.SendAsync(request);
        }

        (Status, At) = ((int)Response.StatusCode, Response.RequestMessage!.RequestUri!);
        Page = new HtmlParser().ParseDocument(await Response.Content.ReadAsStringAsync());
    }

    public void Dispose() => http.Dispose();
}
