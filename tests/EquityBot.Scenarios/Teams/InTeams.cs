using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using EquityBot.Channels.Browser;
using EquityBot.Doubles;
using EquityBot.People;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;

namespace EquityBot.Scenarios.Teams;

/// <summary>The sample hospital with Teams as its only chat: people write and press there, and the practice clock moves. What they see is what the Connector was told.</summary>
sealed class InTeams : IAsyncDisposable
{
    InTeams(TeamsDouble teams, Hospital hospital) => (Teams, Hospital) = (teams, hospital);

    public TeamsDouble Teams { get; }

    public Hospital Hospital { get; }

    public static async Task<InTeams> OpenAsync(Engine engine, params (string Key, string? Value)[] more)
    {
        var teams = await TeamsDouble.StartAsync();
        var hospital = await Hospital.OpenAsync(engine, teams.Settings.Concat(more.ToDictionary(one => one.Key, one => one.Value)).ToDictionary());
        var world = new InTeams(teams, hospital);
        await using var everywhere = hospital.Store.AcrossOrganizations();
        var organization = await everywhere.Rows<Organization>().Select(one => one.Id).SingleAsync();
        await hospital.Store.WriteAsync(organization, Urgency.Inbound, db => db.Set<ChatAddress>().Where(one => one.Channel == "browser").ExecuteDeleteAsync(), CancellationToken.None);
        foreach (var person in await everywhere.Rows<Person>().Where(one => one.Email != "").ToListAsync())
        {
            teams.Employ(person.Handle, person.Email);
        }

        return world;
    }

    public TeamsPerson As(string handle) => new(this, handle);

    /// <summary>Everybody of the sample has the app: what the installation for all of them sends.</summary>
    public async Task InstallForEverybodyAsync()
    {
        foreach (var account in Teams.Members.Keys.Select(id => id["29:".Length..]))
        {
            Assert.Equal(200, (await SendAsync(Installed(account))).Status);
        }
    }

    public JsonObject Installed(string account, string action = "add")
    {
        var activity = Teams.Activity("installationUpdate", account);
        activity["action"] = action;
        return activity;
    }

    /// <summary>As Microsoft sends it, with a token that is good now; then whatever it set off is delivered.</summary>
    public async Task<RawAnswer> SendAsync(JsonNode activity, Func<DateTimeOffset, string?>? token = null)
    {
        var answer = await PostAsync(activity.ToJsonString(), token is null ? Teams.Token(DateTimeOffset.UtcNow) : token(DateTimeOffset.UtcNow));
        await SettleAsync();
        return answer;
    }

    public Task SettleAsync() => Hospital.Get<PracticeDriver>().SettleAsync();

    public async Task<RawAnswer> PostAsync(string body, string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/messages") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        using var response = await Hospital.Http.SendAsync(request);
        return new((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType ?? "", await response.Content.ReadAsStringAsync());
    }

    public async ValueTask DisposeAsync()
    {
        Assert.All(Teams.Posts, post => Assert.Empty(CardLint.Look(new TeamsCard(post).Card)));
        await Hospital.DisposeAsync();
        await Teams.DisposeAsync();
    }
}

/// <summary>One person in Teams: writes, presses, and sees the conversation with the bot.</summary>
sealed class TeamsPerson(InTeams world, string account)
{
    public string Conversation => TeamsDouble.Conversation(account);

    public IReadOnlyList<TeamsCard> Sees => [.. world.Teams.In(Conversation).Select(post => new TeamsCard(post))];

    public async Task<TeamsCard> SaysAsync(string text)
    {
        var before = Sees.Count;
        var activity = world.Teams.Activity("message", account);
        activity["text"] = text;
        Assert.Equal(200, (await world.SendAsync(activity)).Status);
        Assert.True(Sees.Count > before, $"“{text}” was not answered");
        return Sees[^1];
    }

    /// <summary>Presses the button of that title, filled in, and returns the answer to the invoke.</summary>
    public async Task<JsonNode> PressesAsync(TeamsCard card, string title, JsonObject? values = null, string? id = null)
    {
        var answer = await world.SendAsync(Press(card, card.Verb(title), values, id));
        Assert.Equal(200, answer.Status);
        return JsonNode.Parse(answer.Body)!;
    }

    public JsonObject Press(TeamsCard card, string verb, JsonObject? values = null, string? id = null)
    {
        var activity = world.Teams.Activity("invoke", account, id);
        activity["name"] = "adaptiveCard/action";
        activity["replyToId"] = card.Id;
        activity["value"] = new JsonObject
        {
            ["action"] = new JsonObject { ["type"] = "Action.Execute", ["verb"] = verb, ["data"] = values ?? [] },
            ["trigger"] = "manual",
        };
        return activity;
    }

    /// <summary>Logs a promise with one sentence and one tap; returns its reference.</summary>
    public async Task<string> PromisesAsync(string sentence)
    {
        var draft = await SaysAsync(sentence);
        var answer = await PressesAsync(draft, "Confirm");
        Assert.Equal(200, (int)answer["statusCode"]!);
        return System.Text.RegularExpressions.Regex.Match(answer["value"]!["fallbackText"]!.ToString(), "C-[0-9]+").Value;
    }

    /// <summary>The newest message that contains all of these words.</summary>
    public TeamsCard Saw(params string[] words) =>
        Sees.LastOrDefault(card => words.All(word => card.Text.Contains(word, StringComparison.Ordinal)))
        ?? throw new Xunit.Sdk.XunitException($"{account} sees nothing with “{string.Join("”, “", words)}”, but:\n\n{string.Join("\n\n", Sees.Select(card => card.Text))}");
}

/// <summary>A card as it stands in a conversation.</summary>
sealed record TeamsCard(TeamsPost Post)
{
    public string Id => Post.Id;

    public JsonNode Card => Post.Activity["attachments"]![0]!["content"]!;

    public string Text => Card["fallbackText"]!.ToString();

    /// <summary>What the button of that title sends; of a form's, what the form sends.</summary>
    public string Verb(string title)
    {
        var found = Buttons(Card).FirstOrDefault(action => action["title"]!.ToString().Contains(title, StringComparison.Ordinal)) ?? throw new Xunit.Sdk.XunitException($"No button {title} on:\n{Text}");
        var sends = found["type"]!.ToString() == "Action.ShowCard" ? found["card"]!["actions"]![0]! : found;
        return (sends["verb"] ?? sends["data"]!["equitybot"]!).ToString();
    }

    /// <summary>What a client sends that draws the fallback of the button of that title.</summary>
    public JsonNode Fallback(string title) => Buttons(Card).First(action => action["title"]!.ToString().Contains(title, StringComparison.Ordinal))["fallback"]!["data"]!.DeepClone();

    public IReadOnlyList<string> Titles => [.. Buttons(Card).Select(action => action["title"]!.ToString())];

    static IEnumerable<JsonNode> Buttons(JsonNode? node) => node switch
    {
        JsonArray list => list.SelectMany(Buttons),
        JsonObject part when part["type"]?.ToString().StartsWith("Action.", StringComparison.Ordinal) == true => [part],
        JsonObject part => part.SelectMany(one => Buttons(one.Value)),
        _ => [],
    };
}
