using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using EquityBot.Channels.Browser;
using EquityBot.Doubles;
using EquityBot.People;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;

namespace EquityBot.Scenarios.Slack;

/// <summary>The sample hospital with Slack as its only chat: people write and press there, and the practice clock moves. What they see is what the Web API was told.</summary>
sealed class InSlack : IAsyncDisposable
{
    readonly Dictionary<string, string> accounts = [];

    InSlack(SlackDouble slack, Hospital hospital) => (Slack, Hospital) = (slack, hospital);

    public SlackDouble Slack { get; }

    public Hospital Hospital { get; }

    public static async Task<InSlack> OpenAsync(Engine engine, params (string Key, string? Value)[] more)
    {
        var slack = await SlackDouble.StartAsync();
        var settings = new Dictionary<string, string?>(slack.Settings);
        foreach (var (key, value) in more)
        {
            settings[key] = value;
        }

        var hospital = await Hospital.OpenAsync(engine, settings);
        var world = new InSlack(slack, hospital);
        await using var everywhere = hospital.Store.AcrossOrganizations();
        var organization = await everywhere.Rows<Organization>().Select(one => one.Id).SingleAsync();
        await hospital.Store.WriteAsync(organization, Urgency.Inbound, db => db.Set<ChatAddress>().Where(one => one.Channel == "browser").ExecuteDeleteAsync(), CancellationToken.None);
        foreach (var person in await everywhere.Rows<Person>().Where(one => one.Email != "").ToListAsync())
        {
            world.accounts[person.Handle] = slack.Employ(person.Handle, person.Email);
        }

        return world;
    }

    public string Account(string handle) => accounts[handle];

    public SlackPerson As(string handle) => new(this, accounts[handle], handle);

    public async Task LinkEverybodyAsync()
    {
        foreach (var account in accounts.Values)
        {
            Assert.Equal(200, (await SendAsync(Slack.Event(new() { ["type"] = "team_join", ["user"] = Slack.Users[account].DeepClone() }))).Status);
        }
    }

    /// <summary>As Slack sends an event; then whatever it set off is delivered.</summary>
    public async Task<RawAnswer> SendAsync(JsonObject body)
    {
        var answer = await PostAsync(body.ToJsonString(), "application/json");
        await SettleAsync();
        return answer;
    }

    /// <summary>As Slack sends what comes from buttons, windows and shortcuts.</summary>
    public async Task<RawAnswer> InteractAsync(JsonObject payload)
    {
        var answer = await PostAsync(Form(("payload", payload.ToJsonString())), FormType);
        await SettleAsync();
        return answer;
    }

    public async Task<RawAnswer> CommandAsync(string handle, string text)
    {
        var answer = await PostAsync(Command(handle, text), FormType);
        await SettleAsync();
        return answer;
    }

    public string Command(string handle, string text) => Form(
        ("token", "the old way to verify"), ("team_id", Slack.Team), ("team_domain", "riverbend"), ("channel_id", "C01ROOM"), ("channel_name", "equity"), ("user_id", Account(handle)), ("user_name", handle), ("command", "/equity"),
        ("text", text), ("api_app_id", SlackDouble.AppId), ("is_enterprise_install", "false"), ("response_url", $"{Slack.Url}/hooks/none"), ("trigger_id", $"{Guid.NewGuid():N}"));

    public const string FormType = "application/x-www-form-urlencoded";

    public static string Form(params (string Name, string Value)[] fields) => string.Join('&', fields.Select(one => $"{one.Name}={Uri.EscapeDataString(one.Value)}"));

    public Task SettleAsync() => Hospital.Get<PracticeDriver>().SettleAsync();

    public Task<RawAnswer> PostAsync(string body, string type) => PostAsync(Encoding.UTF8.GetBytes(body), type, DateTimeOffset.UtcNow.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), null);

    /// <param name="signature">Null signs as Slack does.</param>
    public async Task<RawAnswer> PostAsync(byte[] body, string type, string? timestamp, string? signature)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/slack/events") { Content = new ByteArrayContent(body) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        if (timestamp is not null)
        {
            request.Headers.TryAddWithoutValidation("X-Slack-Request-Timestamp", timestamp);
        }

        if (signature != "")
        {
            request.Headers.TryAddWithoutValidation("X-Slack-Signature", signature ?? SlackPayloads.Sign(body, timestamp ?? ""));
        }

        using var response = await Hospital.Http.SendAsync(request);
        var answer = new RawAnswer((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType ?? "", await response.Content.ReadAsStringAsync());
        await BlockTypes.AnswerAsync(answer);
        return answer;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var request in Slack.Requests)
        {
            await BlockTypes.RequestAsync(request);
        }

        await Hospital.DisposeAsync();
        await Slack.DisposeAsync();
    }
}

/// <summary>One person in Slack: writes, presses, and sees the conversation with the bot.</summary>
sealed class SlackPerson(InSlack world, string account, string handle)
{
    public string Account => account;

    public string Conversation => SlackDouble.Conversation(account);

    public IReadOnlyList<SlackSeen> Sees => [.. world.Slack.In(Conversation).Where(post => post.For is null).Select(post => new SlackSeen(post.Blocks, post))];

    public async Task<SlackSeen> SaysAsync(string text)
    {
        var before = Sees.Count;
        Assert.Equal(200, (await world.SendAsync(world.Slack.Says(account, text))).Status);
        Assert.True(Sees.Count > before, $"“{text}” was not answered");
        return Sees[^1];
    }

    /// <summary>Types it behind <c>/equity</c>; what comes back only they see.</summary>
    public async Task<SlackSeen> CommandsAsync(string text)
    {
        var answer = await world.CommandAsync(handle, text);
        Assert.Equal(200, answer.Status);
        var shown = JsonNode.Parse(answer.Body)!;
        Assert.Equal("ephemeral", shown["response_type"]!.ToString());
        var post = world.Slack.Show("C01ROOM", account, shown["text"]!.ToString(), shown["blocks"]!.DeepClone().AsArray());
        return new(post.Blocks, post);
    }

    /// <summary>Presses the button of that title; what it opens or brings about is seen afterwards.</summary>
    public async Task PressesAsync(SlackSeen seen, string title)
    {
        var (element, option) = seen.Button(title);
        Assert.Equal(200, (await world.InteractAsync(seen.Post is { } post ? world.Slack.Press(account, post, element, option) : world.Slack.PressIn(account, seen.View!, element, option))).Status);
    }

    /// <summary>Presses a button that asks for more, fills in its window and sends that off.</summary>
    public async Task<RawAnswer> FillsInAsync(SlackSeen seen, string title, JsonObject typed)
    {
        var before = world.Slack.LastView;
        await PressesAsync(seen, title);
        Assert.NotEqual(before, world.Slack.LastView);
        return await SubmitsAsync(world.Slack.LastView!, typed, seen.Post is null ? seen.View : null);
    }

    /// <summary>Sends off a window with these fields changed; the others as they were filled in beforehand.</summary>
    public async Task<RawAnswer> SubmitsAsync(string view, JsonObject typed, string? under = null)
    {
        var answer = await world.InteractAsync(world.Slack.Submit(account, view, Values(world.Slack.Views[view], typed), under));
        Assert.Equal(200, answer.Status);
        return answer;
    }

    public SlackSeen Window(string? view = null) => new(world.Slack.Views[view ?? world.Slack.LastView!]["blocks"]!.AsArray(), null) { View = view ?? world.Slack.LastView };

    public async Task<SlackSeen> HomeAsync()
    {
        Assert.Equal(200, (await world.SendAsync(world.Slack.Event(new() { ["type"] = "app_home_opened", ["user"] = account, ["channel"] = Conversation, ["tab"] = "home", ["event_ts"] = "1.0" }))).Status);
        return Window(account);
    }

    /// <summary>Logs a promise with one sentence and one tap; returns its reference.</summary>
    public async Task<string> PromisesAsync(string sentence)
    {
        var draft = await SaysAsync(sentence);
        await PressesAsync(draft, "Confirm");
        var receipt = Sees.Single(seen => seen.Post!.Ts == draft.Post!.Ts);
        return System.Text.RegularExpressions.Regex.Match(receipt.Text, "C-[0-9]+").Value;
    }

    /// <summary>The newest message that contains all of these words.</summary>
    public SlackSeen Saw(params string[] words) =>
        Sees.LastOrDefault(seen => words.All(word => seen.Text.Contains(word, StringComparison.Ordinal)))
        ?? throw new Xunit.Sdk.XunitException($"{handle} sees nothing with “{string.Join("”, “", words)}”, but:\n\n{string.Join("\n\n", Sees.Select(seen => seen.Text))}");

    static JsonObject Values(JsonObject view, JsonObject typed)
    {
        var values = new JsonObject();
        foreach (var block in view["blocks"]!.AsArray().Where(block => block!["type"]!.ToString() == "input"))
        {
            var (name, element) = (block!["block_id"]!.ToString(), block["element"]!);
            values[name] = new JsonObject { ["value"] = Value(element, typed[SlackDouble.FieldOf(name)]) };
        }

        return values;
    }

    static JsonObject Value(JsonNode element, JsonNode? typed)
    {
        var kind = element["type"]!.ToString();
        var value = new JsonObject { ["type"] = kind };
        switch (kind)
        {
            case "datepicker":
                value["selected_date"] = typed?.ToString() ?? element["initial_date"]?.ToString();
                break;
            case "static_select" or "radio_buttons" or "external_select":
                value["selected_option"] = typed is not null ? new JsonObject { ["value"] = typed.ToString() } : element["initial_option"]?.DeepClone();
                break;
            case "checkboxes" or "multi_static_select" or "multi_external_select":
                value["selected_options"] = typed is not null ? new JsonArray([.. typed.ToString().Split(',', StringSplitOptions.RemoveEmptyEntries).Select(one => new JsonObject { ["value"] = one })]) : element["initial_options"]?.DeepClone() ?? new JsonArray();
                break;
            default:
                value["value"] = typed?.ToString() ?? element["initial_value"]?.ToString();
                break;
        }

        return value;
    }
}

/// <summary>Blocks as somebody has them before their eyes.</summary>
/// <param name="Post">The message; null in a window or on a home page.</param>
sealed record SlackSeen(JsonArray Blocks, SlackPost? Post)
{
    public string? View { get; init; }

    public string Text => string.Join('\n', Blocks.Select(block => Said(block)).Where(said => said.Length > 0));

    public IReadOnlyList<string> Titles => [.. Elements(Blocks).SelectMany(Titled).Select(one => one.Title)];

    public (JsonNode Element, string? Option) Button(string title) =>
        Elements(Blocks).SelectMany(element => Titled(element).Where(one => one.Title.Contains(title, StringComparison.Ordinal)).Select(one => (element, one.Option))).FirstOrDefault() is ({ } found, var option)
            ? (found, option)
            : throw new Xunit.Sdk.XunitException($"No button {title} on:\n{Text}\n{string.Join(", ", Titles)}");

    static IEnumerable<(string Title, string? Option)> Titled(JsonNode element) => element["type"]!.ToString() == "overflow"
        ? element["options"]!.AsArray().Select(option => (option!["text"]!["text"]!.ToString(), (string?)option["value"]!.ToString()))
        : [(element["text"]!["text"]!.ToString(), null)];

    static IEnumerable<JsonNode> Elements(JsonNode? node) => node switch
    {
        JsonArray list => list.SelectMany(Elements),
        JsonObject part when part["type"]?.ToString() is "button" or "overflow" => [part],
        JsonObject part => part.SelectMany(one => Elements(one.Value)),
        _ => [],
    };

    static string Said(JsonNode? node) => node switch
    {
        JsonArray list => string.Concat(list.Select(Said)),
        JsonObject part when part["type"]?.ToString() is "plain_text" or "mrkdwn" or "text" => part["text"]!.ToString(),
        JsonObject part when part["type"]?.ToString() == "user" => $"@{part["user_id"]}",
        JsonObject part when part["type"]?.ToString() is "button" or "overflow" => "",
        JsonObject part when part["type"]?.ToString() == "context" => string.Join('\n', part["elements"]!.AsArray().Select(Said)),
        JsonObject part when part["fields"] is JsonArray fields => string.Join('\n', fields.Select(Said)),
        JsonObject part when part["type"]?.ToString() == "rich_text_list" => string.Concat(part["elements"]!.AsArray().Select(item => $"• {Said(item)}\n")),
        JsonObject part => string.Concat(part.Where(one => one.Key is "text" or "elements" or "label").Select(one => Said(one.Value))),
        _ => "",
    };
}
