using EquityBot.Access;
using EquityBot.Chat;
using EquityBot.Escalation.Auditing;
using EquityBot.Sweeps;
using NodaTime;
using NodaTime.Text;

namespace EquityBot.Pages;

/// <summary>The operations page as markup: what needs somebody first, then how everything else stands.</summary>
static class OperationsHtml
{
    static readonly LocalTimePattern Clock = LocalTimePattern.CreateWithInvariantCulture("HH:mm");

    public static Html Of(OperationsRecord record, SignedIn who, string? news, string? mistake)
    {
        var words = who.Words;
        return Html.Of($"""
            <link rel="stylesheet" href="/pages/operations.css">
            <h1>{words["operations.title"]}</h1>
            {Html.Of($"""<p class="note" role="status">{news}</p>""").When(news is not null)}
            {Html.Of($"""<p class="note wrong" role="alert">{mistake}</p>""").When(mistake is not null)}
            {Letters(record, who)}
            {Findings(record, who)}
            {Sweeps(record, who)}
            {Deliveries(record, words)}
            {Clocks(record, who)}
            """);
    }

    static Html Letters(OperationsRecord record, SignedIn who)
    {
        var (words, may) = (who.Words, who.Reader.May("attend-operations", null));
        return Section("letters", words["operations.letters"], record.Letters.Count == 0 ? Html.Of($"<p>{words["operations.no-letters"]}</p>") : Html.Of($"""
            <p>{words["operations.letters-intro"]}</p>
            <ul class="rows">{Html.Join(record.Letters.Select(letter => Letter(letter, may, who)))}</ul>
            """));
    }

    static Html Letter(DeadLetter letter, bool may, SignedIn who)
    {
        var words = who.Words;
        var state = words[$"operations.letter.{letter.State}"];
        return Html.Of($"""
            <li><h3>{letter.Name}</h3>
            <p><span class="state missed">{state}</span> {words["operations.since", ("when", At(letter.Since, who))]}</p>
            {Html.Of($"""<p class="quiet">{letter.Reason}</p>""").When(letter.Reason is not null)}
            {(may ? Forms(letter, who) : Html.Nothing)}</li>
            """);
    }

    /// <summary>Two forms, so that the enter key in the reason cannot mean the other one.</summary>
    static Html Forms(DeadLetter letter, SignedIn who)
    {
        var words = who.Words;
        var about = Html.Of($"""{who.FormToken}<input type="hidden" name="key" value="{letter.Key}"><input type="hidden" name="occurrence" value="{letter.Occurrence}">""");
        return Html.Of($"""
            <div class="forms">
            <form method="post" action="/operations/retry">{about}<button class="primary" type="submit" aria-label="{words["operations.retry-this", ("name", letter.Name)]}">{words["operations.retry"]}</button></form>
            <details><summary aria-label="{words["operations.discard-this", ("name", letter.Name)]}">{words["operations.discard"]}</summary>
            <form method="post" action="/operations/discard">{about}
            <label>{words["operations.reason"]} <input name="reason" required maxlength="{DiscardedLetter.LongestReason}" autocomplete="off"></label>
            <button type="submit">{words["operations.discard-now"]}</button></form></details>
            </div>
            """);
    }

    static Html Findings(OperationsRecord record, SignedIn who)
    {
        var words = who.Words;
        var last = record.Watch is { } watch ? words["operations.last-audit", ("when", At(watch.LastAuditAt, who))] : words["operations.never-audited"];
        return Section("auditor", words["operations.auditor"], Html.Of($"""
            <p>{last} {Html.Of($"{words["operations.no-findings"]}").When(record.Findings.Count == 0)}</p>
            {Html.Of($"""<ul class="rows">{Html.Join(record.Findings.Select(finding => Found(finding, who)))}</ul>""").When(record.Findings.Count > 0)}
            """));
    }

    static Html Found(Finding finding, SignedIn who)
    {
        var words = who.Words;
        var (mood, state) = finding.ResolvedAt is { } at ? ("kept", words["operations.resolved", ("when", At(at, who))]) : ("missed", words["operations.open"]);
        return Html.Of($"""<li><p><span class="state {mood}">{state}</span> {words["operations.found", ("when", At(finding.FoundAt!.Value, who))]}</p><p>{FindingNotice.Line(finding, who.Reader)}</p></li>""");
    }

    static Html Sweeps(OperationsRecord record, SignedIn who)
    {
        var words = who.Words;
        return Section("sweeps", words["operations.sweeps"], Html.Of($"""<ul class="rows">{Html.Join(record.Sweeps.Select(line => Html.Of($"""
            <li><h3>{line.Ring.Sweep}</h3><dl>
            <dt>{words["operations.last-run"]}</dt><dd>{(line.Last is { } run ? Run(run, who) : Html.Of($"{words["operations.no-run"]}"))}</dd>
            <dt>{words["operations.next-due"]}</dt><dd>{(line.NextDue is { } at ? At(at, who) : words["operations.nothing-due"])}</dd>
            <dt>{words["operations.rhythm"]}</dt><dd>{words.Count("operations.every", (int)line.Ring.Every.TotalMinutes)}</dd>
            </dl></li>
            """)))}</ul>"""));
    }

    static Html Run(SweepRun run, SignedIn who)
    {
        var (words, when) = (who.Words, At(run.StartedAt, who));
        if (!run.WentWrong)
        {
            return Html.Of($"""<span class="state kept">{words.Count("operations.run.done", run.Done)}</span> {when}""");
        }

        var how = run.Outcome == SweepOutcome.Finished ? words["operations.run.rows-failed", ("failed", run.Failed)] : words[$"operations.run.{run.Outcome}"];
        return Html.Of($"""<span class="state missed">{how}</span> {when}{Html.Of($" · {run.Incident}").When(run.Incident is not null)}""");
    }

    static Html Deliveries(OperationsRecord record, Phrases words)
    {
        var lines = record.Deliveries.Select(one => (State: words[$"operations.state.{one.State}"], one.Count)).Select(one => Html.Of($"<dt>{one.State}</dt><dd>{one.Count}</dd>"));
        return Section("deliveries", words.Count("operations.deliveries", OperationsRecord.Days), record.Deliveries.Count == 0
            ? Html.Of($"<p>{words["operations.no-deliveries"]}</p>")
            : Html.Of($"""<dl class="counts">{Html.Join(lines)}</dl>"""));
    }

    static Html Clocks(OperationsRecord record, SignedIn who)
    {
        var words = who.Words;
        var state = record.ClocksApart is { } apart
            ? Html.Of($"""<span class="state missed">{words["operations.clocks-apart", ("minutes", (int)apart.TotalMinutes)]}</span>""")
            : Html.Of($"""<span class="state kept">{words["operations.clocks-agree"]}</span>""");
        return Section("clock", words["operations.clock"], Html.Of($"<p>{words["operations.now", ("when", At(who.Reader.Now, who))]} {state}</p>"));
    }

    static Html Section(string id, string heading, Html content) => Html.Of($"""<section aria-labelledby="{id}"><h2 id="{id}">{heading}</h2>{content}</section>""");

    /// <summary>Day and time where the reader is.</summary>
    static string At(Instant at, SignedIn who)
    {
        var local = at.InZone(who.Reader.Roster.ZoneOf(who.Reader.Person));
        return who.Words["operations.at", ("day", who.Reader.Day(local.Date)), ("time", Clock.Format(local.TimeOfDay))];
    }
}
