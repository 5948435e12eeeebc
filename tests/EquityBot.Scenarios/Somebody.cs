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

    /// <summary>Fails the story when a message contains all of these words.</summary>
    public async Task NeverSeesAsync(params string[] words) =>
        Assert.DoesNotContain(await InboxAsync(), message => words.All(word => message.Text.Contains(word, StringComparison.Ordinal)));

    /// <summary>How a promise looks to this person now.</summary>
    public Task<Seen> LooksAtAsync(string reference) => SaysAsync($"show {reference}");

    /// <summary>The status, code and body of a press with any ids.</summary>
    public Task<RawAnswer> TriesAsync(string messageId, string action, object? values = null) =>
        hospital.AskAsync(HttpMethod.Post, "/practice/api/press", JsonSerializer.Serialize(new { @as = handle, messageId, action, values = values ?? new { } }));

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
public sealed record Pressed(string Outcome, IReadOnlyList<Seen> Replies)
{
    /// <summary>The first answer, after asserting that the press had this outcome.</summary>
    public Seen Was(string outcome)
    {
        Assert.True(outcome == Outcome, $"{Outcome} instead of {outcome}: {string.Join("\n", Replies.Select(reply => reply.Text))}");
        return Replies[0];
    }

    /// <summary>The first answer of a press that did what it says.</summary>
    public Seen Done() => Was("done");
}

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

    public string Preview => message.GetProperty("preview").GetString()!;

    public DateTimeOffset At => message.GetProperty("at").GetDateTimeOffset();

    /// <summary>The parts of a bundle as "kind ref step".</summary>
    public IReadOnlyList<string> Items => message.TryGetProperty("items", out var items)
        ? [.. items.EnumerateArray().Select(item => $"{item.GetProperty("kind").GetString()} {item.GetProperty("ref").GetString()} {(item.TryGetProperty("step", out var step) ? step.GetString() : "")}".TrimEnd())]
        : [];

    /// <summary>Ids of what the button with this title asks for.</summary>
    public IReadOnlyList<string> Asks(string title, string? reference = null) => [.. Action(title, reference).GetProperty("inputs").EnumerateArray().Select(input => input.GetProperty("id").GetString()!)];

    /// <summary>Asserts that all of these words are in the text.</summary>
    public Seen Says(params string[] words)
    {
        Assert.All(words, word => Assert.Contains(word, Text, StringComparison.Ordinal));
        return this;
    }

    public Seen DoesNotSay(params string[] words)
    {
        Assert.All(words, word => Assert.DoesNotContain(word, Text, StringComparison.Ordinal));
        return this;
    }

    public Seen DoesNotOffer(params string[] titles)
    {
        Assert.All(titles, title => Assert.DoesNotContain(title, Titles));
        return this;
    }

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
