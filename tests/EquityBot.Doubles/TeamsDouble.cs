using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;

namespace EquityBot.Doubles;

/// <summary>One request that came to Microsoft, byte for byte.</summary>
public sealed record TeamsRequest(string Method, string Path, string? Authorization, byte[] Body)
{
    /// <summary>As it was sent, with its question mark; empty without.</summary>
    public string Query { get; init; } = "";

    public string? IdentityHeader { get; init; }

    public string Text => Encoding.UTF8.GetString(Body);

    public JsonNode? Json => Body.Length == 0 ? null : JsonNode.Parse(Body);
}

/// <inheritdoc/>
public sealed record TeamsReply(int Status, string Body = "{}", string? RetryAfter = null, bool Takes = false, string? Location = null) : PlatformReply(Status, Body, RetryAfter, Takes, Location);

/// <summary>A message as it stands in a conversation.</summary>
public sealed record TeamsPost(string Conversation, string Id, JsonNode Activity);

/// <summary>
/// Microsoft's side of Teams on loopback: the OpenID document and its keys, the directory that gives tokens, and the Connector. Records every request, answers as it
/// is told, and signs what is sent to the bot.
/// </summary>
public sealed class TeamsDouble : Platform<TeamsRequest, TeamsReply>
{
    public const string Issuer = "https://api.botframework.test";
    public const string Secret = "the bot's own secret";
    public const string IdentityHeader = "the machine's own word";

    readonly RSA key = RSA.Create(2048);
    readonly ConcurrentDictionary<string, TeamsPost> posts = new();
    readonly List<string> order = [];
    int ids;

    TeamsDouble()
    {
    }

    public Guid AppId { get; } = Guid.Parse("5f1a3f3e-0a1b-4c6d-9e7f-1234567890ab");

    public Guid TenantId { get; } = Guid.Parse("9a2b3c4d-1111-4222-8333-abcdefabcdef");

    /// <summary>As activities name it.</summary>
    public string ServiceUrl => $"{Url}/teams/";

    public string KeyId { get; set; } = "key-1";

    public string[] Endorsements { get; set; } = ["msteams"];

    /// <summary>What the directory says about its members, by the id that the bot knows them by.</summary>
    public ConcurrentDictionary<string, JsonObject> Members { get; } = new();

    /// <summary>Whether a request for a token proves who asks; a form as it was sent.</summary>
    public Func<string, bool> Proves { get; set; } = form => form.Contains("client_secret=" + Uri.EscapeDataString(Secret).Replace("%20", "+", StringComparison.Ordinal), StringComparison.Ordinal);

    /// <summary>Tokens that the machine gives for its own identity, by what they are for, under <c>/identity</c>.</summary>
    public ConcurrentDictionary<string, string> Managed { get; } = new();

    /// <summary>Those to the Connector.</summary>
    public IReadOnlyList<TeamsRequest> Calls => [.. Requests.Where(one => one.Path.StartsWith("/teams/", StringComparison.Ordinal))];

    /// <summary>Everything that stands anywhere.</summary>
    public IReadOnlyCollection<TeamsPost> Posts => [.. posts.Values];

    /// <summary>What a conversation shows, oldest first, as it is now.</summary>
    public IReadOnlyList<TeamsPost> In(string conversation)
    {
        lock (order)
        {
            return [.. order.Select(id => posts[id]).Where(one => one.Conversation == conversation)];
        }
    }

    /// <summary>Settings with which the product takes this for Microsoft.</summary>
    public IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>
    {
        ["Teams:AppId"] = AppId.ToString(),
        ["Teams:TenantId"] = TenantId.ToString(),
        ["Teams:ClientSecret"] = Secret,
        ["Teams:OpenIdMetadata"] = $"{Url}/openid",
        ["Teams:Issuer"] = Issuer,
        ["Teams:TokenEndpoint"] = $"{Url}/token",
        ["Teams:ServiceUrl"] = $"{Url}/teams",
        ["Teams:AllowedServiceHosts"] = "127.0.0.1",
    };

    public static Task<TeamsDouble> StartAsync() => ListeningAsync(new TeamsDouble());

    protected override TeamsRequest Read(HttpRequest request, byte[] body) =>
        new(request.Method, request.Path.Value!, request.Headers.Authorization, body) { Query = request.QueryString.Value!, IdentityHeader = request.Headers["X-IDENTITY-HEADER"] };

    protected override TeamsReply Does(TeamsRequest request) => (request.Method, request.Path.Split('/', StringSplitOptions.RemoveEmptyEntries)) switch
    {
        ("GET", ["openid"]) => new(200, new JsonObject { ["issuer"] = Issuer, ["jwks_uri"] = $"{Url}/keys" }.ToJsonString()),
        ("GET", ["keys"]) => new(200, Keys().ToJsonString()),
        ("POST", ["token"]) => Proves(request.Text)
            ? new(200, """{"token_type":"Bearer","expires_in":3600,"access_token":"the bot's token"}""")
            : new(401, """{"error":"invalid_client","error_description":"AADSTS7000215: Invalid client secret provided."}"""),
        ("GET", ["identity"]) => request.IdentityHeader == IdentityHeader && Managed.TryGetValue(QueryHelpers.ParseQuery(request.Query)["resource"].ToString(), out var token)
            ? new(200, new JsonObject { ["access_token"] = token, ["expires_on"] = "4102444800", ["token_type"] = "Bearer" }.ToJsonString())
            : new(400, """{"statusCode":400,"message":"no such identity"}"""),
        ("POST", ["teams", "v3", "conversations"]) => Created(request),
        ("POST", ["teams", "v3", "conversations", var conversation, "activities"]) => Posted(conversation, request),
        ("POST", ["teams", "v3", "conversations", var conversation, "activities", _]) => Posted(conversation, request),
        ("PUT", ["teams", "v3", "conversations", var conversation, "activities", var id]) => Changed(conversation, id, request),
        ("GET", ["teams", "v3", "conversations", _, "members", var member]) => Members.TryGetValue(member, out var found) ? new(200, found.ToJsonString()) : new(404, """{"error":{"code":"MemberNotFoundInConversation"}}"""),
        _ => new(404, "{}"),
    };

    TeamsReply Created(TeamsRequest request)
    {
        if (request.Json!["channelData"]?["channel"]?["id"]?.ToString() is { } channel)
        {
            var activity = Post(id => $"{channel};messageid={id}", request.Json["activity"]!);
            return new(201, new JsonObject { ["id"] = activity.Conversation, ["activityId"] = activity.Id }.ToJsonString());
        }

        var member = request.Json["members"]![0]!["id"]!.ToString();
        return WithoutApp.ContainsKey(member)
            ? new(403, """{"error":{"code":"ForbiddenOperationException","message":"The bot is not installed in user's personal scope"}}""")
            : new(201, new JsonObject { ["id"] = Accounts.TryGetValue(member, out var account) ? Conversation(account) : $"a:{member}" }.ToJsonString());
    }

    /// <summary>Ids of the directory of people in whose private scope the app is not.</summary>
    public ConcurrentDictionary<string, bool> WithoutApp { get; } = new();

    ConcurrentDictionary<string, string> Accounts { get; } = new();

    TeamsPost Post(Func<string, string> conversation, JsonNode activity)
    {
        var id = Interlocked.Increment(ref ids).ToString(CultureInfo.InvariantCulture);
        posts[id] = new(conversation(id), id, activity);
        lock (order)
        {
            order.Add(id);
        }

        return posts[id];
    }

    TeamsReply Posted(string conversation, TeamsRequest request) => new(201, new JsonObject { ["id"] = Post(_ => conversation, request.Json!).Id }.ToJsonString());

    TeamsReply Changed(string conversation, string id, TeamsRequest request)
    {
        if (!posts.TryGetValue(id, out var post) || post.Conversation != conversation)
        {
            return new(404, """{"error":{"code":"ActivityNotFoundInConversation"}}""");
        }

        posts[id] = post with { Activity = request.Json! };
        return new(200, new JsonObject { ["id"] = id }.ToJsonString());
    }

    /// <summary>The public half of the key, as it is published.</summary>
    public JsonObject Keys()
    {
        var parameters = key.ExportParameters(false);
        return new()
        {
            ["keys"] = new JsonArray(new JsonObject
            {
                ["kty"] = "RSA", ["use"] = "sig", ["kid"] = KeyId, ["n"] = Url64(parameters.Modulus!), ["e"] = Url64(parameters.Exponent!),
                ["endorsements"] = new JsonArray([.. Endorsements.Select(one => (JsonNode)one)]),
            }),
        };
    }

    /// <summary>The public key as bytes, for whoever tries to use it as a shared secret.</summary>
    public byte[] PublicKey => key.ExportSubjectPublicKeyInfo();

    /// <summary>A token as Microsoft makes them, changed as a test wants it.</summary>
    public string Token(DateTimeOffset now, Action<JsonObject>? header = null, Action<JsonObject>? claims = null, Func<byte[], byte[]>? sign = null)
    {
        var head = new JsonObject { ["alg"] = "RS256", ["kid"] = KeyId, ["typ"] = "JWT" };
        var says = new JsonObject
        {
            ["serviceurl"] = ServiceUrl, ["nbf"] = now.AddMinutes(-1).ToUnixTimeSeconds(), ["exp"] = now.AddHours(1).ToUnixTimeSeconds(), ["iss"] = Issuer, ["aud"] = AppId.ToString(),
        };
        header?.Invoke(head);
        claims?.Invoke(says);
        var signed = $"{Url64(Encoding.UTF8.GetBytes(head.ToJsonString()))}.{Url64(Encoding.UTF8.GetBytes(says.ToJsonString()))}";
        var bytes = Encoding.ASCII.GetBytes(signed);
        return $"{signed}.{Url64(sign is null ? key.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1) : sign(bytes))}";
    }

    public static string Url64(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    /// <summary>An activity of a person in a private conversation, as Teams sends it.</summary>
    public JsonObject Activity(string type, string account, string? id = null) => new()
    {
        ["type"] = type,
        ["id"] = id ?? Guid.NewGuid().ToString(),
        ["timestamp"] = "2026-03-02T14:00:00.000Z",
        ["serviceUrl"] = ServiceUrl,
        ["channelId"] = "msteams",
        ["from"] = new JsonObject { ["id"] = $"29:{account}", ["name"] = account, ["aadObjectId"] = DirectoryId(account) },
        ["recipient"] = new JsonObject { ["id"] = $"28:{AppId}", ["name"] = "EquityBot" },
        ["conversation"] = new JsonObject { ["id"] = Conversation(account), ["conversationType"] = "personal", ["tenantId"] = TenantId.ToString() },
        ["channelData"] = new JsonObject { ["tenant"] = new JsonObject { ["id"] = TenantId.ToString() } },
    };

    /// <summary>The same in a group chat, or in a channel whose conversations are threads.</summary>
    /// <param name="conversation"><c>19:…@thread.v2</c> is a chat, <c>19:…@thread.tacv2;messageid=…</c> a thread of a channel.</param>
    public JsonObject InRoom(string type, string account, string conversation, string? team = null, string? id = null)
    {
        var activity = Activity(type, account, id);
        activity["conversation"] = new JsonObject { ["id"] = conversation, ["conversationType"] = team is null ? "groupChat" : "channel", ["isGroup"] = true, ["tenantId"] = TenantId.ToString() };
        if (team is not null)
        {
            activity["channelData"]!["team"] = new JsonObject { ["id"] = $"19:{team}@thread.tacv2", ["name"] = team };
            activity["channelData"]!["channel"] = new JsonObject { ["id"] = conversation.Split(';')[0], ["name"] = "General" };
        }

        return activity;
    }

    /// <summary>Says something to the bot, which has to be called by name where others are.</summary>
    public JsonObject Asks(string account, string text, string conversation, string? team = null)
    {
        var activity = InRoom("message", account, conversation, team);
        activity["text"] = $"<at>EquityBot</at> {text}";
        activity["entities"] = new JsonArray(new JsonObject { ["type"] = "mention", ["text"] = "<at>EquityBot</at>", ["mentioned"] = new JsonObject { ["id"] = $"28:{AppId}", ["name"] = "EquityBot" } });
        return activity;
    }

    public static string Conversation(string account) => $"a:chat-of-{account}";

    /// <summary>The same for the same account.</summary>
    public static string DirectoryId(string account) => new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(account)).AsSpan(0, 16)).ToString();

    /// <summary>Puts somebody into the directory.</summary>
    public void Employ(string account, string email, Action<JsonObject>? change = null)
    {
        var member = new JsonObject
        {
            ["id"] = $"29:{account}", ["name"] = account, ["objectId"] = DirectoryId(account), ["email"] = email, ["userPrincipalName"] = email, ["tenantId"] = TenantId.ToString(), ["userRole"] = "user",
        };
        change?.Invoke(member);
        Members[$"29:{account}"] = member;
        Accounts[DirectoryId(account)] = account;
    }

    protected override void Close() => key.Dispose();
}
