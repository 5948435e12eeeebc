using System.Globalization;
using EquityBot.Chat;
using EquityBot.Escalation;

namespace EquityBot.Digests;

/// <summary>One digest as its reader has it: numbers with their change, what changed, what needs them; nothing else.</summary>
static class DigestCard
{
    /// <summary>So many cases an executive is asked to help with at once.</summary>
    const int AtHand = 5;

    /// <summary>So many decisions have their form at hand: more do not fit into what a chat takes as one message. The others are named all the same.</summary>
    const int FormsAtHand = 10;

    public static Card Of(Digest digest, Waiting waiting, Reader reader)
    {
        var plan = reader.Words["digest.title", ("day", reader.Day(digest.AsOf))];
        return digest.Audience == Audience.Executive
            ? new(plan, ForAnExecutive(digest, waiting, reader))
            : new(waiting.Cases.Count == 0 ? plan : reader.Words.Count("digest.decide", waiting.Cases.Count), ForTheBoard(digest, waiting, plan, reader));
    }

    static IEnumerable<Block?> ForAnExecutive(Digest digest, Waiting waiting, Reader reader)
    {
        var (figures, words) = (Figures.FromJson(digest.Figures), reader.Words);
        return
        [
            Numbers(figures, words),
            .. Changes(figures, digest, reader),
            waiting switch
            {
                { Cases.Count: > 0 } => new Words(words["digest.needs-you"], Strong: true),
                { IsMoreOnItsWay: false } => new Words(words["digest.nothing-needs-you"]),
                _ => null,
            },
            .. waiting.Cases.Take(AtHand).Select(one => Part(one, null, reader.Buttons(one.Subject, "offer-help", "show"), reader)),
            waiting.Cases.Count > AtHand ? new Quiet(words["digest.more", ("count", waiting.Cases.Count - AtHand)]) : null,
        ];
    }

    static IEnumerable<Block?> ForTheBoard(Digest digest, Waiting waiting, string plan, Reader reader)
    {
        var (figures, words) = (Figures.FromJson(digest.Figures), reader.Words);
        var further = waiting.Cases.Skip(FormsAtHand).Select(one => Line(one, reader)).ToList();
        return
        [
            waiting is { Cases.Count: 0, IsMoreOnItsWay: false } ? new Words(words["digest.nothing-to-decide"]) : null,
            .. waiting.Cases.Take(FormsAtHand).Select(one => Part(one, Unanswered(one, words), Decide(one, reader), reader)),
            further.Count > 0 ? new Words(words["digest.decide-more"]) : null,
            further.Count > 0 ? new Bullets(further) : null,
            waiting.Cases.Count > 0 ? new Words(plan, Strong: true) : null,
            Numbers(figures, words),
            new Quiet(digest.Since is not { } since ? words["digest.first"] : words[figures.Lines.Count > 0 ? "digest.since" : "digest.nothing-changed", ("day", reader.Day(since))]),
        ];
    }

    static Facts Numbers(Figures figures, Phrases words) => new(
        new Fact(words["digest.kept"], Number(figures.Kept, figures, words)),
        new Fact(words["digest.past"], Number(figures.Past, figures, words)),
        new Fact(words["digest.open"], Number(figures.Open, figures, words)));

    /// <summary>With its change, unless nothing changed anywhere, which is said once below.</summary>
    static string Number(Figure figure, Figures figures, Phrases words) => (figure.Now - figure.Before) switch
    {
        > 0 and var more => words["digest.more-than", ("count", figure.Now), ("by", more)],
        < 0 and var fewer => words["digest.fewer-than", ("count", figure.Now), ("by", -fewer)],
        0 when figures.Lines.Count > 0 => words["digest.same", ("count", figure.Now)],
        _ => figure.Now.ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>What is newly past its day comes first.</summary>
    static IEnumerable<Block> Changes(Figures figures, Digest digest, Reader reader)
    {
        var words = reader.Words;
        if (digest.Since is not { } since)
        {
            return [new Quiet(words["digest.first"])];
        }

        var lines = figures.Lines
            .Select(line => (Line: line, Name: reader.Roster.Department(line.Department).Name))
            .OrderByDescending(one => one.Line.NewlyPast).ThenBy(one => one.Name, StringComparer.Ordinal)
            .Select(one => words["digest.department", ("department", one.Name), ("changes", string.Join(", ", Parts(one.Line, words)))]).ToList();
        return lines.Count == 0
            ? [new Words(words["digest.nothing-changed", ("day", reader.Day(since))])]
            : [new Words(words["digest.changed", ("day", reader.Day(since))], Strong: true), new Bullets(lines)];
    }

    static IEnumerable<string> Parts(DepartmentLine line, Phrases words)
    {
        yield return line switch
        {
            { Open: 0 } => words["digest.line.nothing-open"],
            { Past: 0 } => words.Count("digest.line.none-past", line.Open),
            _ => words.Count("digest.line.past", line.Past, ("open", line.Open)),
        };
        if (line.Waiting > 0)
        {
            yield return words.Count("digest.line.waiting", line.Waiting);
        }

        foreach (var (key, count) in new[] { ("new", line.NewlyPast), ("no-longer", line.NoLongerPast), ("kept", line.Kept), ("added", line.Added), ("removed", line.Removed) })
        {
            if (count > 0)
            {
                yield return words.Count($"digest.change.{key}", count);
            }
        }
    }

    static Section Part(WaitingCase one, string? unanswered, ButtonRow? buttons, Reader reader) => new(
        reader.Words["digest.case", ("reference", one.Subject.Subject.Ref), ("department", Department(one, reader))],
        [.. new Block?[] { new Quiet(reader.Words["digest.case-since", ("day", reader.Day(one.Case.BaseDay))]), OnAgenda(one, reader) is { } agenda ? new Words(agenda) : null, unanswered is null ? null : new Words(unanswered), buttons }.OfType<Block>()]);

    static string Line(WaitingCase one, Reader reader) => string.Join("; ", new[]
    {
        reader.Words["digest.case-line", ("reference", one.Subject.Subject.Ref), ("department", Department(one, reader)), ("day", reader.Day(one.Case.BaseDay))],
        OnAgenda(one, reader),
        Unanswered(one, reader.Words),
    }.OfType<string>());

    static string? OnAgenda(WaitingCase one, Reader reader) => one.Case.AgendaSince is { } since ? CaseBlocks.OnAgenda(since, reader) : null;

    static string Department(WaitingCase one, Reader reader) => reader.Roster.Department(one.Case.DepartmentId).Name;

    /// <summary>The decision is about the promise, or about the case where an answer is what is missing.</summary>
    static ButtonRow? Decide(WaitingCase one, Reader reader) => ButtonRow.Of(
        reader.Button(one.Case.Line == Lines.Promise ? one.Subject : one.Own, "decide-case", primary: true),
        reader.Button(one.Subject, "show"));

    static string? Unanswered(WaitingCase one, Phrases words)
    {
        var said = new[]
        {
            one.Heard.Count == 0 ? null : words["digest.heard", ("roles", Roles(one.Heard))],
            one.Unreached.Count == 0 ? null : words["digest.unreached", ("roles", Roles(one.Unreached))],
        }.OfType<string>().ToList();
        return said.Count == 0 ? null : string.Join("; ", said);

        string Roles(IEnumerable<string> roles) => string.Join(", ", roles.Select(role => words[role]));
    }
}
