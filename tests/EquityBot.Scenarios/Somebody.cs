using System.Text.Json;

namespace EquityBot.Scenarios;

/// <summary>One person at the practice page: says, presses, sees.</summary>
public sealed class Somebody(Hospital hospital, string handle)
{
    public string Handle => handle;

    /// <summary>Says it and returns the last answer.</summary>
    public async Task<Seen> SaysAsync(string text, string? room = null)
    {
        var answer = await hospital.PostAsync("/practice/api/say", room is null ? new { @as = handle, text } : new { @as = handle, text, @in = room } as object);
        return new Seen(answer.GetProperty("replies").EnumerateArray().Last());
    }

    /// <summary>Presses the button with this title and returns what came of it.</summary>
    public async Task<Pressed> PressesAsync(Seen message, string title, object? values = null, string? reference = null)
    {
        var answer = await hospital.PostAsync("/practice/api/press", new { @as = handle, messageId = message.Id, action = message.Action(title, reference).GetProperty("id").GetString(), values = values ?? new { } });
        return new Pressed(answer.GetProperty("outcome").GetString()!, [.. answer.GetProperty("replies").EnumerateArray().Select(reply => new Seen(reply))]);
    }

    public async Task<IReadOnlyList<Seen>> InboxAsync()
    {
        var answer = await hospital.GetAsync($"/practice/api/inbox?as={handle}");
        return [.. answer.GetProperty("messages").EnumerateArray().Select(message => new Seen(message))];
    }

    /// <summary>The newest message that contains all of these words; fails the story when there is none.</summary>
    public async Task<Seen> SeesAsync(params string[] words)
    {
        var inbox = await InboxAsync();
        return inbox.LastOrDefault(message => words.All(word => message.Text.Contains(word, StringComparison.Ordinal)))
            ?? throw new Xunit.Sdk.XunitException($"{handle} sees nothing with “{string.Join("”, “", words)}”, but:\n\n{string.Join("\n\n", inbox.Select(message => message.Text))}");
    }

    public async Task HasSeenNothingAsync() => Assert.Empty(await InboxAsync());

    /// <summary>Logs a promise with one sentence and one tap; returns its reference.</summary>
    public async Task<string> PromisesAsync(string sentence)
    {
        var draft = await SaysAsync(sentence);
        var receipt = await PressesAsync(draft, "Confirm");
        Assert.Equal("done", receipt.Outcome);
        return receipt.Replies[0].Ref!;
    }
}

/// <summary>What came of a press.</summary>
public sealed record Pressed(string Outcome, IReadOnlyList<Seen> Replies);

/// <summary>One message as its reader has it.</summary>
public sealed class Seen(JsonElement message)
{
    public JsonElement Json => message;

    public string Id => message.GetProperty("id").GetString()!;

    public int Rev => message.GetProperty("rev").GetInt32();

    public string Kind => message.GetProperty("kind").GetString()!;

    public string Text => message.GetProperty("text").GetString()!;

    public string State => message.GetProperty("state").GetString()!;

    public string? Ref => message.TryGetProperty("ref", out var reference) ? reference.GetString() : null;

    public string? Step => message.TryGetProperty("step", out var step) ? step.GetString() : null;

    public IReadOnlyList<string> Titles => [.. message.GetProperty("actions").EnumerateArray().Select(action => action.GetProperty("title").GetString()!)];

    public JsonElement Action(string title, string? reference = null) =>
        message.GetProperty("actions").EnumerateArray().Single(action =>
            action.GetProperty("title").GetString() == title && (reference is null || action.GetProperty("ref").GetString() == reference));

    /// <summary>Asserts that these buttons are there.</summary>
    public Seen Offers(params string[] titles)
    {
        Assert.All(titles, title => Assert.Contains(title, Titles));
        return this;
    }
}
