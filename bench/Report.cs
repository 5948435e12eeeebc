using System.Globalization;
using System.Text;

namespace EquityBot.Bench;

/// <summary>Collects readings and writes artifacts/bench.md: medians and ranges, ratios first.</summary>
sealed class Report
{
    readonly List<(string Who, int Items, Reading Reading, Seen Seen, int? Open, int? Unknown)> bursts = [];
    readonly List<(string What, int Count, int Due, Reading Reading)> grown = [];
    readonly List<(string Goal, string What, IReadOnlyList<double> Values, string Unit)> measured = [];
    readonly StringBuilder paced = new();
    readonly string load = File.ReadAllText("/proc/loadavg").Split(' ')[0];

    public void Burst(string who, int items, Reading reading, Seen seen, int? open, int? unknown)
    {
        if (seen.Accepted == 0 || (who != "EquityBot" && seen.Accepted != items))
        {
            throw new InvalidOperationException($"{who} sent {seen.Accepted} messages of {items} items; this run is no measurement.");
        }

        bursts.Add((who, items, reading, seen, open, unknown));
        Say($"G5 {who}: {reading.Seconds:F1} s, {reading.Client:F1} s of processor in the client and {reading.Server:F1} s in PostgreSQL, {reading.Commits} commits, {seen.Accepted} messages");
    }

    public void Paced(int messages, Seen seen)
    {
        // Thirty at once, and thirty more whenever a second has passed.
        var least = (double)((messages - 1) / 30);
        paced.AppendLine(CultureInfo.InvariantCulture, $"{messages} messages at 30 a second and Teams' limits per conversation took {seen.Seconds:F1} s from the first to the last; the least possible is {least:F1} s, so {seen.Seconds / least:F3} of it. Answered with 429: {seen.Refused} of {seen.Accepted + seen.Refused} ({100.0 * seen.Refused / (seen.Accepted + seen.Refused):F2} %).");
        Console.WriteLine(paced);
    }

    public void Grown(string what, int count, int due, Reading reading)
    {
        grown.Add((what, count, due, reading));
        Say($"G7 {count} {what}: {1000 * reading.Seconds / due:F2} ms and {1000 * reading.Cpu / due:F2} ms of processor a due item");
    }

    /// <summary>Values of one run or of many, in the unit; what is measured under the same words goes together.</summary>
    public void Measured(string goal, string what, IReadOnlyList<double> values, string unit)
    {
        measured.Add((goal, what, values, unit));
        Say($"{goal} {what}: {Median(values):F1} {unit}{(values.Count > 1 ? $", at most {values.Max():F1}" : "")}");
    }

    static double Percentile(IEnumerable<double> values, double part)
    {
        var all = values.Order().ToList();
        return all[Math.Min(all.Count - 1, (int)Math.Ceiling(part * all.Count) - 1)];
    }

    static void Say(FormattableString words) => Console.WriteLine(words.ToString(CultureInfo.InvariantCulture));

    public void Write()
    {
        var text = new StringBuilder();
        if (bursts.Count > 0)
        {
            text.AppendLine("\n## G5, G8: a burst of items owned by 500 people\n");
            text.AppendLine("| | rounds | seconds | processor a item, client (µs) | PostgreSQL (µs) | commits a item | messages | twice | unknown | most open |\n|---|---|---|---|---|---|---|---|---|---|");
            foreach (var one in bursts.GroupBy(one => one.Who))
            {
                var items = one.First().Items;
                text.AppendLine(CultureInfo.InvariantCulture, $"| {one.Key} | {one.Count()} | {Range(one.Select(run => run.Reading.Seconds), "F2")} | {Range(one.Select(run => 1e6 * run.Reading.Client / items), "F0")} | {Range(one.Select(run => 1e6 * run.Reading.Server / items), "F0")} | {Range(one.Select(run => (double)run.Reading.Commits / items), "F3")} | {one.First().Seen.Accepted} | {one.Max(run => run.Seen.Twice)} | {one.Max(run => run.Unknown)?.ToString(CultureInfo.InvariantCulture) ?? "–"} | {one.Max(run => run.Open)?.ToString(CultureInfo.InvariantCulture) ?? "–"} |");
            }

            var (ours, peers) = (bursts.Where(one => one.Who == "EquityBot").ToList(), bursts.Where(one => one.Who != "EquityBot").GroupBy(one => one.Who).ToList());
            if (ours.Count > 0 && peers.Count > 0)
            {
                text.AppendLine(CultureInfo.InvariantCulture, $"\nOurs to the better peer: time {Median(ours.Select(one => one.Reading.Seconds)) / peers.Min(peer => Median(peer.Select(one => one.Reading.Seconds))):F2}, processor {Median(ours.Select(one => one.Reading.Cpu)) / peers.Min(peer => Median(peer.Select(one => one.Reading.Cpu))):F2} (goal: 0.33).");
            }
        }

        if (paced.Length > 0)
        {
            text.AppendLine("\n## G6: at the pace of a platform\n").Append(paced);
        }

        if (grown.Count > 0)
        {
            text.AppendLine("\n## G7: what a due item costs as others grow\n\n| beside | rows | ms a due item | processor, ms | to the first row |\n|---|---|---|---|---|");
            foreach (var one in grown.GroupBy(one => (one.What, one.Count)))
            {
                var first = Median(grown.Where(other => other.What == one.Key.What && other.Count == grown.First(same => same.What == one.Key.What).Count).Select(run => run.Reading.Cpu));
                text.AppendLine(CultureInfo.InvariantCulture, $"| {one.Key.What} | {one.Key.Count:N0} | {Range(one.Select(run => 1000 * run.Reading.Seconds / run.Due), "F2")} | {Range(one.Select(run => 1000 * run.Reading.Cpu / run.Due), "F2")} | {Median(one.Select(run => run.Reading.Cpu)) / first:F2} |");
            }
        }

        if (measured.Count > 0)
        {
            text.AppendLine("\n## G1 to G4, G9 to G12\n\n| goal | what | values | median | 99 of 100 | most |\n|---|---|---|---|---|---|");
            foreach (var one in measured.GroupBy(one => (one.Goal, one.What, one.Unit)))
            {
                var values = one.SelectMany(some => some.Values).ToList();
                text.AppendLine(CultureInfo.InvariantCulture, $"| {one.Key.Goal} | {one.Key.What} | {values.Count} | {Median(values):F1} {one.Key.Unit} | {Percentile(values, 0.99):F1} | {values.Max():F1} |");
            }
        }

        Directory.CreateDirectory("artifacts");
        File.WriteAllText(Path.Combine("artifacts", "bench.md"), $"Load before: {load}; {Environment.ProcessorCount} processors; .NET {Environment.Version}; PostgreSQL with fsync on.\n{text}");
        Console.WriteLine(text);
    }

    static string Range(IEnumerable<double> values, string format)
    {
        var all = values.Order().ToList();
        string Of(double value) => value.ToString(format, CultureInfo.InvariantCulture);
        return all.Count == 1 ? Of(all[0]) : $"{Of(Median(all))} ({Of(all[0])}–{Of(all[^1])})";
    }

    static double Median(IEnumerable<double> values)
    {
        var all = values.Order().ToList();
        return all.Count % 2 == 1 ? all[all.Count / 2] : (all[(all.Count / 2) - 1] + all[all.Count / 2]) / 2;
    }
}
