using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using EquityBot.Doubles;

namespace EquityBot.Scenarios.Teams;

/// <summary>The same requests to Microsoft's own adapter for JavaScript and to us: what it refuses we refuse, and where it falls over or lets somebody in, we say 401.</summary>
public sealed class TeamsOracleStories
{
    /// <param name="Theirs">Their verdict; it may change with their version, and then somebody looks at this table again.</param>
    sealed record Case(string Name, int Theirs, int Ours)
    {
        public Action<JsonObject>? Activity { get; init; }

        public Func<TeamsDouble, DateTimeOffset, string?> Authorization { get; init; } = (teams, now) => $"Bearer {teams.Token(now)}";

        public static Func<TeamsDouble, DateTimeOffset, string?> Claims(Action<JsonObject, DateTimeOffset> change) => (teams, now) => $"Bearer {teams.Token(now, claims: says => change(says, now))}";
    }

    static readonly Case[] Cases =
    [
        new("valid", 200, 200),
        new("no header", 401, 401) { Authorization = (_, _) => null },
        new("another scheme", 401, 401) { Authorization = (_, _) => "Basic dXNlcjpwYXNz" },
        new("garbage", 401, 401) { Authorization = (_, _) => "Bearer garbage" },
        new("expired four minutes ago", 200, 200) { Authorization = Case.Claims((says, now) => (says["nbf"], says["exp"]) = (now.AddHours(-1).ToUnixTimeSeconds(), now.AddMinutes(-4).ToUnixTimeSeconds())) },
        new("expired ten minutes ago", 401, 401) { Authorization = Case.Claims((says, now) => (says["nbf"], says["exp"]) = (now.AddHours(-1).ToUnixTimeSeconds(), now.AddMinutes(-10).ToUnixTimeSeconds())) },
        new("valid in ten minutes", 500, 401) { Authorization = Case.Claims((says, now) => says["nbf"] = now.AddMinutes(10).ToUnixTimeSeconds()) },
        new("another audience", 401, 401) { Authorization = Case.Claims((says, _) => says["aud"] = "11111111-2222-3333-4444-555555555555") },
        new("no audience", 401, 401) { Authorization = Case.Claims((says, _) => says["aud"] = null) },
        new("another issuer", 401, 401) { Authorization = Case.Claims((says, _) => says["iss"] = "https://sts.windows.net/x/") },
        new("another service", 401, 401) { Authorization = Case.Claims((says, _) => says["serviceurl"] = "https://other.test/") },
        new("a service in other letters", 401, 401) { Authorization = Case.Claims((says, _) => says["serviceurl"] = says["serviceurl"]!.ToString().ToUpperInvariant()) },
        new("a service without its slash", 401, 401) { Authorization = Case.Claims((says, _) => says["serviceurl"] = says["serviceurl"]!.ToString().TrimEnd('/')) },
        new("no service", 401, 401) { Authorization = Case.Claims((says, _) => says.Remove("serviceurl")) },
        new("channel webchat", 401, 401) { Activity = activity => activity["channelId"] = "webchat" },
        new("channel emulator", 401, 401) { Activity = activity => activity["channelId"] = "emulator" },
        new("no channel", 500, 401) { Activity = activity => activity.Remove("channelId") },
        new("signed with a shared secret", 500, 401) { Authorization = (teams, now) => $"Bearer {teams.Token(now, head => head["alg"] = "HS256", sign: text => HMACSHA256.HashData(teams.PublicKey, text))}" },
        new("not signed", 500, 401) { Authorization = (teams, now) => $"Bearer {teams.Token(now, head => head["alg"] = "none", sign: _ => [])}" },
        new("signature changed", 500, 401) { Authorization = (teams, now) => $"Bearer {teams.Token(now, sign: _ => new byte[256])}" },
        new("another tenant", 200, 401) { Activity = activity => activity["conversation"]!["tenantId"] = "11111111-2222-3333-4444-555555555555" },
    ];

    [Fact]
    public async Task Row_by_row_the_verdicts_are_the_required_ones()
    {
        await using var world = await InTeams.OpenAsync(Engine.Sqlite);
        using var theirs = await Peer.StartAsync("botbuilder.mjs", world.Teams.AppId.ToString(), world.Teams.TenantId.ToString(), TeamsDouble.Issuer, $"{world.Teams.Url}/openid");
        var verdicts = new List<string>();
        foreach (var row in Cases)
        {
            var activity = world.Teams.Activity("message", "dana.reyes");
            activity["text"] = "help";
            row.Activity?.Invoke(activity);
            var authorization = row.Authorization(world.Teams, DateTimeOffset.UtcNow);
            verdicts.Add($"{row.Name}: theirs {await AskAsync($"{theirs.Url}/api/messages", activity, authorization)}, ours {await AskAsync($"{world.Hospital.Url}/api/messages", activity, authorization)}");
        }

        Assert.Equal(Cases.Select(row => $"{row.Name}: theirs {row.Theirs}, ours {row.Ours}"), verdicts);
    }

    static async Task<int> AskAsync(string url, JsonObject activity, string? authorization)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new StringContent(activity.ToJsonString(), Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation("Authorization", authorization);
        using var response = await http.SendAsync(request);
        return (int)response.StatusCode;
    }
}
