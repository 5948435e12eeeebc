using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;

namespace EquityBot.Doubles;

/// <summary>One request that came to Slack, byte for byte.</summary>
public sealed record SlackRequest(string Path, string? Authorization, byte[] Body)
{
    public string Method => Path.Split('/')[^1];

    public string Text => Encoding.UTF8.GetString(Body);

    public string? this[string argument] => QueryHelpers.ParseQuery(Text).TryGetValue(argument, out var value) ? value.ToString() : null;
}

/// <inheritdoc/>
public sealed record SlackReply(int Status, string Body = """{"ok":true}""", string? RetryAfter = null, bool Takes = false) : PlatformReply(Status, Body, RetryAfter, Takes, null)
{
    public static SlackReply Error(string word) => new(200, new JsonObject { ["ok"] = false, ["error"] = word }.ToJsonString());
}

/// <summary>A message as it stands in a conversation.</summary>
/// <param name="For">Whose eyes alone it is for; null for everybody's.</param>
public sealed record SlackPost(string Conversation, string Ts, string Text, JsonArray Blocks, JsonNode? Metadata, string? Thread, string? For);

/// <summary>
/// Slack on loopback: the Web API as far as we use it, the addresses that answers go to, and everything that local-slack leaves out. Records every request, answers as it
/// is told, and signs what is sent to the bot.
/// </summary>
public sealed class SlackDouble : Platform<SlackRequest, SlackReply>
{
    public const string Token = "xoxb-the-bots-own-token";
    public const string SigningSecret = "8f742231b10e8888abcd99yyyzzz85a5";
    public const string Bot = "U0BOT";
    public const string AppId = "A01APP";

    readonly List<SlackPost> posts = [];
    readonly Dictionary<string, JsonObject> views = [];
    readonly Lock gate = new();
    int ids;

    SlackDouble()
    {
    }

    public string Team { get; } = "T01TEAM";

    /// <summary>Accounts by their ids, as <c>users.info</c> tells them.</summary>
    public ConcurrentDictionary<string, JsonObject> Users { get; } = new();

    /// <summary>Windows and home pages that stand open: by window id, or by whose home it is.</summary>
    public IReadOnlyDictionary<string, JsonObject> Views
    {
        get
        {
            lock (gate)
            {
                return new Dictionary<string, JsonObject>(views);
            }
        }
    }

    /// <summary>The id of the window that was opened last.</summary>
    public string? LastView { get; private set; }

    public IReadOnlyList<SlackRequest> Of(string method) => [.. Requests.Where(one => one.Method == method)];

    public IReadOnlyList<SlackPost> Posts
    {
        get
        {
            lock (gate)
            {
                return [.. posts];
            }
        }
    }

    public IReadOnlyList<SlackPost> In(string conversation) => [.. Posts.Where(one => one.Conversation == conversation)];

    /// <summary>Settings with which the product takes this for Slack.</summary>
    public IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>
    {
        ["Slack:SigningSecret"] = SigningSecret, ["Slack:BotToken"] = Token, ["Slack:Teams"] = Team, ["Slack:AppId"] = AppId, ["Slack:ApiBase"] = $"{Url}/api/",
    };

    public static Task<SlackDouble> StartAsync() => ListeningAsync(new SlackDouble());

    protected override SlackRequest Read(HttpRequest request, byte[] body) => new(request.Path.Value!, request.Headers.Authorization, body);

    protected override SlackReply Does(SlackRequest request)
    {
        lock (gate)
        {
            return request.Path.StartsWith("/hooks/", StringComparison.Ordinal) ? Responded(request)
                : request.Method is not ("oauth.v2.access" or "api.test") && request.Authorization != $"Bearer {Token}" ? SlackReply.Error("invalid_auth")
                : Answered(request);
        }
    }

    SlackReply Answered(SlackRequest request) => request.Method switch
    {
        "api.test" or "auth.revoke" => new(200),
        "auth.test" => Fine(new() { ["team_id"] = Team, ["user_id"] = Bot, ["bot_id"] = "B0BOT", ["is_enterprise_install"] = false }),
        "users.info" => Users.TryGetValue(request["user"] ?? "", out var user) ? Fine(new() { ["user"] = user.DeepClone() }) : SlackReply.Error("user_not_found"),
        "users.lookupByEmail" => Users.Values.FirstOrDefault(one => one["profile"]!["email"]?.ToString() == request["email"]) is { } found ? Fine(new() { ["user"] = found.DeepClone() }) : SlackReply.Error("users_not_found"),
        "conversations.open" => Users.ContainsKey(request["users"] ?? "") ? Fine(new() { ["channel"] = new JsonObject { ["id"] = Conversation(request["users"]!) } }) : SlackReply.Error("user_not_found"),
        "conversations.info" => Fine(new() { ["channel"] = new JsonObject { ["id"] = request["channel"], ["name"] = "equity" } }),
        "chat.postMessage" => Posted(request, null),
        "chat.postEphemeral" => Posted(request, request["user"]),
        "chat.update" => Updated(request),
        "views.open" or "views.push" => Opened(request),
        "views.update" => Changed(request["view_id"]!, request),
        "views.publish" => Changed(request["user_id"]!, request),
        _ => SlackReply.Error("unknown_method"),
    };

    SlackReply Posted(SlackRequest request, string? one)
    {
        var post = new SlackPost(
            request["channel"]!, Ts(), request["text"] ?? "", Blocks(request), request["metadata"] is { } metadata ? JsonNode.Parse(metadata) : null, request["thread_ts"], one);
        posts.Add(post);
        return Fine(one is null ? new() { ["channel"] = post.Conversation, ["ts"] = post.Ts } : new() { ["message_ts"] = post.Ts });
    }

    SlackReply Updated(SlackRequest request)
    {
        var at = posts.FindIndex(post => post.Conversation == request["channel"] && post.Ts == request["ts"] && post.For is null);
        if (at < 0)
        {
            return SlackReply.Error("message_not_found");
        }

        posts[at] = posts[at] with { Text = request["text"] ?? "", Blocks = Blocks(request) };
        return Fine(new() { ["channel"] = posts[at].Conversation, ["ts"] = posts[at].Ts });
    }

    SlackReply Opened(SlackRequest request)
    {
        LastView = $"V{Interlocked.Increment(ref ids)}";
        return Changed(LastView, request);
    }

    SlackReply Changed(string name, SlackRequest request)
    {
        views[name] = JsonNode.Parse(request["view"]!)!.AsObject();
        return Fine(new() { ["view"] = new JsonObject { ["id"] = name } });
    }

    /// <summary>What was answered by the address of a press: changes the message that one person alone sees.</summary>
    SlackReply Responded(SlackRequest request)
    {
        var body = JsonNode.Parse(request.Body)!;
        var at = posts.FindIndex(post => post.Ts == request.Method);
        if (at >= 0 && (bool?)body["replace_original"] == true)
        {
            posts[at] = posts[at] with { Text = body["text"]!.ToString(), Blocks = body["blocks"]!.DeepClone().AsArray() };
        }
        else if (at >= 0)
        {
            posts.Add(posts[at] with { Ts = Ts(), Text = body["text"]!.ToString(), Blocks = [], For = "whoever pressed" });
        }

        return new(200, "ok");
    }

    static JsonArray Blocks(SlackRequest request) => request["blocks"] is { } blocks ? JsonNode.Parse(blocks)!.AsArray() : [];

    static SlackReply Fine(JsonObject body)
    {
        body["ok"] = true;
        return new(200, body.ToJsonString());
    }

    /// <summary>A name that no message had yet.</summary>
    public string Ts() => string.Create(CultureInfo.InvariantCulture, $"1770000000.{Interlocked.Increment(ref ids):000000}");

    public static string Conversation(string user) => $"D{user[1..]}";

    /// <summary>Puts somebody into the workspace.</summary>
    /// <returns>Their id.</returns>
    public string Employ(string name, string email, Action<JsonObject>? change = null)
    {
        var id = $"U{Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..9]}";
        var user = new JsonObject
        {
            ["id"] = id, ["team_id"] = Team, ["name"] = name, ["deleted"] = false, ["is_bot"] = false, ["is_restricted"] = false, ["is_ultra_restricted"] = false, ["is_email_confirmed"] = true,
            ["profile"] = new JsonObject { ["email"] = email, ["real_name"] = name },
        };
        change?.Invoke(user);
        Users[id] = user;
        return id;
    }

    /// <summary>A message that only one person sees, as the answer to a command is shown.</summary>
    public SlackPost Show(string conversation, string user, string text, JsonArray blocks)
    {
        lock (gate)
        {
            posts.Add(new(conversation, Ts(), text, blocks, null, null, user));
            return posts[^1];
        }
    }

    /// <summary>Which of our fields a block is around.</summary>
    public static string FieldOf(string block) => block[..block.LastIndexOf('.')];

    /// <summary>The block around one of our fields.</summary>
    public static JsonObject Block(JsonObject view, string field) => view["blocks"]!.AsArray().Select(block => block!.AsObject()).Single(block => block["type"]!.ToString() == "input" && FieldOf(block["block_id"]!.ToString()) == field);

    /// <summary>A window that stands open already.</summary>
    public void Open(string name, JsonObject view)
    {
        lock (gate)
        {
            views[name] = view;
        }
    }
}
