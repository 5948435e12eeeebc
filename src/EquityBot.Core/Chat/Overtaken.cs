using System.Text.Json;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using NodaTime.Text;

namespace EquityBot.Chat;

/// <summary>An edit that came second: what others changed since its card was written, and what its author filled in, so that with the current card all three sides are seen.</summary>
/// <param name="Title">Of the button that was pressed.</param>
/// <param name="Typed">What was filled in, screened; by input.</param>
/// <param name="Asked">The inputs as the author had them; empty where nobody knows any more.</param>
public sealed record Overtaken(string Title, IReadOnlyDictionary<string, string> Typed, IReadOnlyList<Input> Asked)
{
    const int Most = 5;

    /// <summary>What of it the author had touched: what still stands as it was filled in beforehand is nobody's edit.</summary>
    public IReadOnlyDictionary<string, string> Touched { get; } = Typed
        .Select(typed => (typed.Key, typed.Value, Input: Asked.FirstOrDefault(input => input.Id == typed.Key)))
        .Where(typed => typed.Value != (typed.Input?.Value ?? (typed.Input?.Type == InputType.Toggle ? "false" : "")))
        .ToDictionary(typed => typed.Key, typed => typed.Value);

    /// <summary>Who changed the subject since this version, oldest first.</summary>
    public static async Task<Section?> TheirsAsync(EquityDb db, ISubject subject, int version, Reader reader, CancellationToken ct)
    {
        var entries = await db.Set<AuditEntry>().AsNoTracking().Where(one => one.Subject == subject.Ref && one.Outcome == "done" && one.Detail != null).OrderByDescending(one => one.Seq).Take(4 * Most).ToListAsync(ct);
        var lines = entries
            .SelectMany(entry => Change.Read(entry.Detail!).Where(change => change.Ref == subject.Ref && change.Version > version).Select(change => Line(entry, change.What, reader)))
            .Take(Most).Reverse().ToList();
        return lines.Count == 0 ? null : new(reader.Words["superseded.theirs"], [new Bullets(lines)]);
    }

    static string Line(AuditEntry entry, string what, Reader reader) => reader.Words[
        reader.Words.Has($"changed.{what}") ? $"changed.{what}" : "changed",
        ("name", entry.ActorId is { } who ? reader.Roster[who].Name : reader.Words["superseded.nobody"]),
        ("day", reader.Day(entry.At.InZone(reader.Roster.ZoneOf(reader.Person)).Date))];

    /// <summary>What the author filled in; the button's title alone where it was a plain press.</summary>
    /// <param name="now">The same button as it is offered now; null when it no longer is.</param>
    public Section Mine(Button? now, Phrases words)
    {
        var rows = Touched.Select(typed => (Input: Asked.FirstOrDefault(input => input.Id == typed.Key), typed.Value)).ToList();
        return new(
            words["superseded.mine", ("title", Title)],
            [
                .. rows.Any(row => row.Input is not null) ? new Block[] { new Facts(rows.Where(row => row.Input is not null).Select(row => new Fact(row.Input!.Label, Side(row.Input, row.Value, now, words)))) } : [],
                .. rows.Any(row => row.Input is null) ? new Block[] { new Bullets([.. rows.Where(row => row.Input is null).Select(row => row.Value)]) } : [],
                .. rows.Count > 0 && now is not null ? new Block[] { new Quiet(words["superseded.again", ("title", now.Title)]) } : [],
            ]);
    }

    /// <summary>Mine, what it was and what it is now, where the form knows these.</summary>
    static string Side(Input input, string mine, Button? now, Phrases words)
    {
        var (was, current) = (input.Value, now?.Inputs.FirstOrDefault(other => other.Id == input.Id)?.Value);
        return (was, current) switch
        {
            (null, null) => Shown(input, mine, words),
            _ when was == current => words["superseded.was", ("mine", Shown(input, mine, words)), ("was", Shown(input, was, words))],
            _ => words["superseded.was-now", ("mine", Shown(input, mine, words)), ("was", Shown(input, was, words)), ("now", Shown(input, current, words))],
        };
    }

    static string Shown(Input input, string? value, Phrases words) =>
        string.IsNullOrEmpty(value) ? words["superseded.empty"] : input.Choices.FirstOrDefault(choice => choice.Value == value)?.Title ?? value;

    /// <summary>The current button with the author's own words filled in; the rest is as it stands now, so that pressing it again takes nothing of theirs back.</summary>
    public Button Again(Button now) =>
        now with { Inputs = [.. now.Inputs.Select(input => Touched.TryGetValue(input.Id, out var mine) && Fits(input, mine) ? input with { Value = mine } : input)] };

    static bool Fits(Input input, string mine) => input.Type switch
    {
        InputType.Choice or InputType.Choices => mine.Split(',').All(one => input.Choices.Any(choice => choice.Value == one)),
        InputType.Date => LocalDatePattern.Iso.Parse(mine).Success,
        _ => true,
    };
}
