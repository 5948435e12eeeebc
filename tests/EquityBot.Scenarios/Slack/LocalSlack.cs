using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using EquityBot.Doubles;

namespace EquityBot.Scenarios.Slack;

/// <summary>A Slack that we did not write (npm local-slack): it calls the bot with signed requests, has a control interface and a page for a browser.</summary>
sealed class LocalSlack : IAsyncDisposable
{
    readonly Process process;
    readonly DirectoryInfo folder;
    readonly HttpClient http = new();

    LocalSlack(Process process, DirectoryInfo folder, string url)
    {
        (this.process, this.folder, Url) = (process, folder, url);
        http.DefaultRequestHeaders.Authorization = new("Bearer", SlackDouble.Token);
    }

    public string Url { get; }

    public static string Account(string handle) => $"U{string.Concat(handle.ToUpperInvariant().Where(char.IsAsciiLetterOrDigit))}";

    /// <summary>A port that was free a moment ago: the bot must be told of it before it listens there.</summary>
    public static int Port()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Settings with which the product takes it for Slack.</summary>
    public static Dictionary<string, string?> Settings(int port) => new()
    {
        ["Slack:SigningSecret"] = SlackDouble.SigningSecret, ["Slack:BotToken"] = SlackDouble.Token, ["Slack:Teams"] = "T01TEST", ["Slack:ApiBase"] = $"http://127.0.0.1:{port}/api/",
    };

    public static async Task<LocalSlack> StartAsync(int port, string bot, IEnumerable<(string Handle, string Email)> people)
    {
        var folder = Directory.CreateTempSubdirectory("equitybot-test-");
        var users = people.Select(one => new { id = Account(one.Handle), name = one.Handle, email = one.Email }).ToList();
        var config = new
        {
            apps = new[] { new { appId = SlackDouble.AppId, botUserId = SlackDouble.Bot, botName = "equitybot", botToken = SlackDouble.Token, signingSecret = SlackDouble.SigningSecret, mode = "events", requestUrl = $"{bot}/slack/events" } },
            users,
            channels = new[] { new { id = "C01ROOM", name = "equity", members = users.Select(one => one.id).Append(SlackDouble.Bot) } },
        };
        var file = Path.Combine(folder.FullName, "config.json");
        await File.WriteAllTextAsync(file, System.Text.Json.JsonSerializer.Serialize(config));
        var program = Path.Combine(Shell.Root, "tests", "clients", "node_modules", "local-slack-linux-x64", "bin", "local-slack");
        var process = Process.Start(new ProcessStartInfo(program, ["--config", file, "--port", $"{port}", "--base-host", "127.0.0.1", "--files-dir", folder.FullName]) { RedirectStandardOutput = true })!;
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.Contains("Apps:", StringComparison.Ordinal))
            {
                _ = process.StandardOutput.ReadToEndAsync();
                return new(process, folder, $"http://127.0.0.1:{port}");
            }
        }

        throw new InvalidOperationException("local-slack did not start.");
    }

    public async Task<JsonNode> ControlAsync(string what, object body)
    {
        using var answer = await http.PostAsJsonAsync($"{Url}/_control/{what}", body);
        var said = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        Assert.True((bool?)said["ok"] == true, said.ToJsonString());
        return said;
    }

    /// <summary>The private conversation of somebody with the bot.</summary>
    public async Task<string> ConversationAsync(string account)
    {
        using var form = new FormUrlEncodedContent([new("users", account)]);
        using var answer = await http.PostAsync($"{Url}/api/conversations.open", form);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["channel"]!["id"]!.ToString();
    }

    /// <summary>What the bot said there, as it stands now.</summary>
    public async Task<IReadOnlyList<SlackSeen>> InAsync(string conversation)
    {
        var messages = JsonNode.Parse(await http.GetStringAsync($"{Url}/_control/messages/{conversation}"))!["messages"]!.AsArray();
        return [.. messages.Where(one => one!["user"]?.ToString() == SlackDouble.Bot).Select(one => (one!["blocks"]?.DeepClone().AsArray() ?? []) is var blocks
            ? new SlackSeen(blocks, new(conversation, one["ts"]!.ToString(), one["text"]!.ToString(), blocks, null, one["thread_ts"]?.ToString(), null))
            : null!)];
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
        http.Dispose();
        folder.Delete(recursive: true);
    }
}
