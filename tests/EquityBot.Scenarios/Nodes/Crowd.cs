using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Json;
using EquityBot.Chat;
using EquityBot.Node;
using NodaTime;

namespace EquityBot.Scenarios.Nodes;

/// <summary>
/// Clients that make, acknowledge, move, close and reopen the same few promises, each at whatever node it finds, and write down what they did and were told. What is
/// not answered is delivered again as platforms do it, under the same event id or, where a button was pressed, under a new one; or the client gives up and never knows.
/// </summary>
sealed class Crowd(IReadOnlyList<string> owners, Func<IReadOnlyList<NodeProcess>> nodes, int promises, int seed)
{
    const string Boss = "boss";
    const int Deliveries = 6;
    static readonly LocalDate Day = LocalDate.FromDateTime(DateTime.UnixEpoch.AddDays(Installation.Now.ToUnixTimeSeconds() / 86_400)).PlusDays(100);

    readonly string?[] places = new string?[promises];
    readonly ConcurrentQueue<Deed> deeds = new();
    readonly long started = Stopwatch.GetTimestamp();
    int words;

    public IReadOnlyCollection<Deed> Deeds => deeds;

    TimeSpan Elapsed => Stopwatch.GetElapsedTime(started);

    /// <summary>Until then; what has no answer by that time gets none.</summary>
    public Task ActAsync(int clients, CancellationToken until) => Task.WhenAll(Enumerable.Range(0, clients).Select(client => Task.Run(() => ActAsync(new Random(seed + client), until))));

    async Task ActAsync(Random random, CancellationToken until)
    {
        var cards = new Dictionary<string, Said>();
        while (!until.IsCancellationRequested)
        {
            var place = random.Next(places.Length);
            var owner = owners[place % owners.Count];
            if (places[place] is not { } reference)
            {
                await CreateAsync(place, owner, random, until);
                continue;
            }

            var deed = Wish(reference, owner, random);
            var told = deed is { Who: not Boss, Kind: not Kind.Look } && random.Next(2) == 0 && cards.GetValueOrDefault(reference) is { } card && Press(card, deed) is { } press
                ? await DoAsync(deed with { OnVersion = card.Version }, new(NewId(), owner, Press: press), random, until)
                : await DoAsync(deed, new(NewId(), deed.Who, Sentence(deed)), random, until);
            if (told?.Said is [.., var shown] && deed.Who != Boss && shown.Ref == reference)
            {
                cards[reference] = shown;
            }

            if (told?.Said.Any(said => said.Text.Contains("✔ Kept", StringComparison.Ordinal)) == true)
            {
                // It is over; somebody makes a new one in its place.
                Interlocked.CompareExchange(ref places[place], null, reference);
            }
        }
    }

    Deed Wish(string reference, string owner, Random random)
    {
        var (kind, who) = random.Next(100) switch
        {
            < 30 => (Kind.Acknowledge, owner),
            < 45 => (Kind.Edit, owner),
            < 60 => (Kind.Close, owner),
            < 70 => (Kind.Reopen, Boss),
            < 75 => (Kind.Confirm, Boss),
            _ => (Kind.Look, owner),
        };
        return new(reference, kind, who, NewWord(), Elapsed, kind == Kind.Edit ? Day.PlusDays(random.Next(300)) : null, kind == Kind.Acknowledge && random.Next(2) == 0);
    }

    async Task CreateAsync(int place, string owner, Random random, CancellationToken until)
    {
        var (word, due) = (NewWord(), Day);
        var draft = await TellAsync(new(NewId(), owner, $"log: offer tea in the {word} room by {due:yyyy-MM-dd}"), random, until);
        if (draft?.Said is not [{ Ref: { } reference } card])
        {
            return;
        }

        var told = await DoAsync(new(reference, Kind.Create, owner, word, Elapsed, due, OnVersion: 1), new(NewId(), owner, Press: new(card.Id, card.Buttons["Confirm"], new Dictionary<string, string>())), random, until);
        if (told is not null)
        {
            Interlocked.CompareExchange(ref places[place], reference, null);
        }
    }

    static string Sentence(Deed deed) => deed.Kind switch
    {
        Kind.Acknowledge => $"progress {deed.Ref} {(deed.AtRisk ? "at risk" : "on track")}: {deed.Word}",
        Kind.Edit => $"push {deed.Ref} to {deed.Due:yyyy-MM-dd} because {deed.Word}",
        Kind.Close => $"done {deed.Ref}: {deed.Word}",
        Kind.Reopen => $"not yet {deed.Ref}: {deed.Word}",
        Kind.Confirm => $"confirm {deed.Ref}",
        _ => $"show {deed.Ref}",
    };

    /// <summary>Null where the card has no such button, or does not say for which version it is.</summary>
    static Press? Press(Said card, Deed deed)
    {
        var (title, values) = deed.Kind switch
        {
            Kind.Acknowledge => ("Report progress", new Dictionary<string, string> { ["status"] = deed.AtRisk ? "at-risk" : "on-track", ["note"] = deed.Word }),
            Kind.Edit => ("Push", new() { ["due"] = $"{deed.Due:yyyy-MM-dd}", ["reason"] = deed.Word, ["need"] = "time" }),
            _ => ("Done", new() { ["evidence"] = deed.Word }),
        };
        return card.Version is not null && card.Buttons.TryGetValue(title, out var button) ? new(card.Id, button, values) : null;
    }

    async Task<Told?> DoAsync(Deed deed, Heard heard, Random random, CancellationToken until)
    {
        deed = deed with { Began = Elapsed };
        var told = await TellAsync(heard, random, until);
        deeds.Enqueue(told is null ? deed : deed with { Ended = Elapsed, Outcome = told.Outcome, Seen = told.Said is [.., var said] ? (said.Text, said.Version) : null });
        return told;
    }

    /// <summary>Null where nobody answered.</summary>
    async Task<Told?> TellAsync(Heard heard, Random random, CancellationToken until)
    {
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        for (var delivery = 1; delivery <= Deliveries && !until.IsCancellationRequested; delivery++)
        {
            var all = nodes();
            try
            {
                using var answer = await all[random.Next(all.Count)].HearAsync(heard, ct: until);
                if (answer.IsSuccessStatusCode)
                {
                    return await answer.Content.ReadFromJsonAsync<Told>(until);
                }

                Assert.True((int)answer.StatusCode >= 500, $"{answer.StatusCode} to {heard}");
            }
            catch (Exception failure) when (failure is HttpRequestException or TaskCanceledException or IOException)
            {
                if (random.Next(4) == 0)
                {
                    return null;
                }
            }

            heard = heard.Press is not null && random.Next(2) == 0 ? heard with { EventId = NewId() } : heard;
            await pause.WaitForNextTickAsync(CancellationToken.None);
        }

        return null;
    }

    static string NewId() => Guid.NewGuid().ToString();

    /// <summary>Letters alone, which no screen and no reader of dates takes for anything.</summary>
    string NewWord() => "q" + string.Concat(Interlocked.Increment(ref words).ToString("D5", System.Globalization.CultureInfo.InvariantCulture).Select(digit => (char)('a' + digit - '0')));

    /// <summary>The word in what was promised.</summary>
    public static string? WordIn(string statement) => statement.Split(' ').FirstOrDefault(part => part.Length == 6 && part[0] == 'q');
}
