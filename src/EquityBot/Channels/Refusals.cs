using System.Collections.Concurrent;
using EquityBot.Chat;
using NodaTime;
using NodaTime.Extensions;

namespace EquityBot.Channels;

/// <summary>Turns requests away and says so in the log; a flood of them does not become a flood of lines.</summary>
sealed class Refusals(MachineClock clock, ILogger<Refusals> log)
{
    static readonly Duration Rest = Duration.FromSeconds(10);

    readonly ConcurrentDictionary<(string, string), Instant> loggedAt = new();

    /// <param name="path">Of the endpoint.</param>
    /// <param name="doubt">One of a few fixed texts; nothing of the request.</param>
    public IResult Refuse(string path, string doubt, int status)
    {
        Note(path, doubt, status);
        return Results.StatusCode(status);
    }

    public void Note(string path, string doubt, int status)
    {
        var now = clock.GetUtcNow().ToInstant();
        if (!loggedAt.TryGetValue((path, doubt), out var last) || now - last >= Rest || now < last)
        {
            loggedAt[(path, doubt)] = now;
            log.LogWarning("A request to {Path} was answered with {Status} and nothing came of it: {Doubt}", path, status, doubt);
        }
    }
}
