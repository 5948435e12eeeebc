using EquityBot.Chat;
using EquityBot.Commitments;

namespace EquityBot.Scenarios.Nodes;

/// <summary>One line of a promise's own record, in the order of the database.</summary>
/// <param name="Word">What was typed; null where nothing is.</param>
sealed record Line(Kind Kind, string Who, string? Word);

/// <summary>
/// Compares what people were told of one promise with a single thread that does the same things one after another. The order is the one the product claims, which
/// its row locks force, and it is believed nothing: each step must be allowed after the one before it, nothing may stand before what had ended before it began, and for every
/// answer, refusal and look there must be a moment between question and answer at which it was true.
/// </summary>
static class History
{
    /// <summary>What no order explains, a sentence each.</summary>
    public static IEnumerable<string> Problems(IReadOnlyList<Deed> deeds, IReadOnlyList<Line> trail, Promise? row)
    {
        var (states, order) = (new List<Promise?> { null }, new List<Deed>());
        foreach (var line in trail)
        {
            if (Doer(line, deeds.Except(order)) is not { } deed)
            {
                return [$"nobody did what the record says: {line}"];
            }

            if (Promise.After(states[^1], deed) is not { } after || (deed.OnVersion ?? Version(states[^1])) != Version(states[^1]))
            {
                return [$"{deed} cannot have come after {states[^1]}"];
            }

            states.Add(after);
            order.Add(deed);
        }

        return
        [
            .. deeds.Where(deed => deed.IsAcknowledged && !order.Contains(deed)).Select(deed => $"acknowledged and lost: {deed}"),
            .. order.Where(deed => deed.Outcome is PressOutcome.Refused or PressOutcome.Superseded).Select(deed => $"turned away and done: {deed}"),
            .. order.SelectMany((later, place) => order.Take(place).Where(earlier => later.Ended < earlier.Began).Select(earlier => $"{later} had ended before {earlier} began, and stands after it")),
            .. order.Where((deed, place) => deed is { Outcome: PressOutcome.Done, Seen: { } seen } && Shows(deed, states[place + 1]!) && !states[place + 1]!.Fits(seen)).Select(deed => $"{deed} was answered with another state than it made: {deed.Seen}"),
            .. Misplaced([.. deeds.Except(order).Where(deed => deed.Ended is not null && !deed.IsAcknowledged)], order, states),
            .. row == states[^1] ? Array.Empty<string>() : [$"the row is {row}, the record ends with {states[^1]}"],
        ];
    }

    static int Version(Promise? promise) => promise?.Version ?? 1;

    /// <summary>The receipt of a new promise and the answer about a sponsor show no state.</summary>
    static bool Shows(Deed deed, Promise after) => deed.Kind != Kind.Create && !(deed.Kind == Kind.Edit && after.HasAsked);

    /// <summary>By the word; a confirmation has none, and where several were without an answer it was the first.</summary>
    static Deed? Doer(Line line, IEnumerable<Deed> deeds) => deeds
        .Where(deed => deed.Kind == line.Kind && deed.Who == line.Who && (line.Word is null ? deed.Outcome is null or PressOutcome.Done : deed.Word == line.Word))
        .OrderByDescending(deed => deed.IsAcknowledged).ThenBy(deed => deed.Began).FirstOrDefault();

    /// <summary>Each of these changed nothing. Taken as they began, each at the first moment at which it fits: that leaves the most room to those after it.</summary>
    static IEnumerable<string> Misplaced(List<Deed> idle, List<Deed> order, List<Promise?> states)
    {
        var placed = new List<(Deed Deed, int Place)>();
        foreach (var deed in idle.OrderBy(deed => deed.Began))
        {
            var first = Math.Max(order.FindLastIndex(write => write.Ended < deed.Began) + 1, placed.Where(other => other.Deed.Ended < deed.Began).Select(other => other.Place).DefaultIfEmpty().Max());
            var next = order.FindIndex(write => write.Began > deed.Ended);
            var last = next < 0 ? states.Count - 1 : next;
            var place = Enumerable.Range(first, Math.Max(0, last - first + 1)).Where(at => Explains(states[at], deed)).Select(at => (int?)at).FirstOrDefault();
            if (place is null)
            {
                yield return $"no moment explains {deed} {deed.Seen}, between {states[first]} and {states[last]}";
            }

            placed.Add((deed, place ?? first));
        }
    }

    static bool Explains(Promise? state, Deed deed)
    {
        var isCurrent = Version(state) == (deed.OnVersion ?? Version(state));
        return deed.Outcome switch
        {
            PressOutcome.Done => state!.Fits(deed.Seen!.Value),
            PressOutcome.Superseded => !isCurrent,
            PressOutcome.Refused => isCurrent && Promise.After(state, deed) is null,

            // Taken before, under the same event id, and it changed nothing.
            _ => deed.Kind == Kind.Look || !isCurrent || Promise.After(state, deed) is null,
        };
    }
}
