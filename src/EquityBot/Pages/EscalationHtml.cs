using EquityBot.Access;
using EquityBot.Channels.Email;
using EquityBot.Chat;
using EquityBot.Escalation;
using EquityBot.People;
using NodaTime;

namespace EquityBot.Pages;

/// <summary>The escalation pages as markup.</summary>
static class EscalationHtml
{
    /// <summary>More lines than this nobody reads; the number of all stands above.</summary>
    const int LinesShown = 300;

    /// <summary>Marks the form that takes a file, among the buttons of the card.</summary>
    public static readonly Guid FileKey = new("5c1e6f1e-0000-4000-8000-000000000001");

    /// <summary>The version that a page shows: the open one, else what is in force.</summary>
    public static ScheduleVersion? Shown(ScheduleStory story, SignedIn who) => story.Open ?? story.InForce(who.Reader.Roster.TodayAt(who.Reader.Now));

    public static Html List(IReadOnlyList<ScheduleStory> schedules, Button? create, SignedIn who, Refusal? refusal)
    {
        var (words, reader) = (who.Words, who.Reader);
        var today = reader.Roster.TodayAt(reader.Now);
        return Html.Of($"""
            <h1>{words["escalation-page.title"]}</h1>
            <p>{words["escalation-page.intro"]}</p>
            <section class="card" aria-labelledby="schedules"><h2 id="schedules">{words["escalation-page.schedules"]}</h2>
            <ul>{Html.Join(schedules.Select(story => Html.Of($"""
                <li><p><a href="{EscalationPage.Path}/{story.Schedule.Ref}">{words["schedule.title", ("reference", story.Schedule.Ref), ("name", story.Schedule.Name)]}</a><br>
                {ScheduleCard.ScopeOf(story.Schedule, reader)}<br><span class="quiet">{words.Count("schedule.in-list", story.OpenCases.Count, ("version", story.InForce(today)?.Number ?? 0))}</span></p></li>
                """)))}</ul>
            {Html.Join(reader.Roster.PausesFrom(today).Select(pause => Html.Of($"""<p class="banner waiting">{words["pause.line", ("scope", PauseEscalation.ScopeOf(pause.DepartmentId, reader)), ("from", reader.Day(pause.From)), ("until", reader.Day(pause.Until))]}</p>""")))}
            </section>
            {(create is null ? null : new MessageForm(EscalationPage.Path, who.FormToken, words, refusal) { Folded = true, HeadingLevel = 2 }.Draw(new Card(words["escalation-page.new"], new ButtonRow([create]))))}
            {(reader.May("preview", null) ? PreviewForm(schedules, who) : null)}
            """);
    }

    static Html PreviewForm(IReadOnlyList<ScheduleStory> schedules, SignedIn who)
    {
        var words = who.Words;
        var drafts = schedules.Where(story => story.Open is not null).ToList();
        return Html.Of($"""
            <section class="card" aria-labelledby="preview"><h2 id="preview">{words["escalation-page.preview"]}</h2>
            <p>{words["escalation-page.preview-words"]}</p>
            <form method="get" action="{EscalationPage.Path}/preview">
            <div class="field"><label for="of">{words["escalation-page.preview-of"]}</label><select id="of" name="of"><option value="">{words["escalation-page.preview-all"]}</option>{Html.Join(who.Reader.Roster.Departments.Select(one => Html.Of($"""<option value="{one.Id}">{one.Name}</option>""")))}</select></div>
            <div class="field"><label for="about">{words["escalation-page.preview-about"]} <span class="quiet">{words["message.optional"]}</span></label><input id="about" name="about" type="text" maxlength="20"></div>
            {Html.Of($"""
                <div class="field"><label for="with">{words["escalation-page.preview-with"]}</label><select id="with" name="with"><option value="">{words["escalation-page.preview-now"]}</option>{Html.Join(drafts.Select(story => Html.Of($"""<option value="{story.Schedule.Ref}">{words["escalation-page.preview-draft", ("reference", story.Schedule.Ref)]}</option>""")))}</select></div>
                <div class="field tick"><input type="checkbox" id="open" name="open" value="true"><label for="open">{words["escalation-page.preview-open"]}</label></div>
                """).When(drafts.Count > 0)}
            <div class="buttons"><button type="submit" class="primary">{words["escalation-page.preview-go"]}</button></div>
            </form></section>
            """);
    }

    public static Html One(ScheduleStory story, Card card, SignedIn who, Refusal? refusal, string? notice)
    {
        var (words, reader, path) = (who.Words, who.Reader, $"{EscalationPage.Path}/{story.Schedule.Ref}");
        var fields = Html.Of($"""{who.FormToken}<input type="hidden" name="version" value="{story.Schedule.Version}">""");
        return Html.Of($"""
            <p><a href="{EscalationPage.Path}">{words["escalation-page.back"]}</a></p>
            {(notice is null ? null : Html.Of($"""<p class="banner at-risk" role="alert">{notice}</p>"""))}
            {new MessageForm(path, fields, words, refusal) { Folded = true }.Draw(card)}
            {(reader.May("edit-schedule", story.Schedule) ? FileForm(story, path, fields, who, refusal) : null)}
            <section class="card" aria-labelledby="versions"><h2 id="versions">{words["escalation-page.versions"]}</h2>
            <ul>{Html.Join(story.Versions.Reverse().Select(version => Html.Of($"""
                <li><p>{words["escalation-page.version", ("number", version.Number), ("status", words[$"escalation-page.version.{version.Status}"]), ("name", reader.Name(version.ById)), ("day", reader.Day(version.At.InZone(reader.Roster.Zone).Date))]}
                · <a href="{path}/schedule.yaml?version={version.Number}">{words["escalation-page.download"]}</a>{(version.Reason is null ? null : Html.Of($"""<br><span class="quiet">“{version.Reason}”</span>"""))}</p></li>
                """)))}</ul></section>
            """);
    }

    static Html FileForm(ScheduleStory story, string path, Html fields, SignedIn who, Refusal? refusal)
    {
        var words = who.Words;
        var refused = refusal?.Button == FileKey;
        var yaml = refused ? refusal!.Typed["yaml"] : Shown(story, who) is { } version ? ScheduleYaml.Write(Plan.FromJson(version.Plan)) : "";
        return Html.Of($"""
            <section class="card" aria-labelledby="file"><h2 id="file">{words["escalation-page.file"]}</h2>
            <details{Html.Of($" open").When(refused)}><summary>{words["escalation-page.file-open"]}</summary>
            <form method="post" action="{path}/file">{fields}
            <p>{words["escalation-page.file-words"]}</p>
            <div class="field"><label for="yaml">{words["escalation-page.yaml"]}</label><textarea id="yaml" name="yaml" rows="18" maxlength="{ScheduleYaml.Longest}" spellcheck="false" required>{yaml}</textarea></div>
            <button type="submit">{words["escalation-page.import"]}</button></form></details></section>
            """);
    }

    public static Html Preview(Preview preview, LocalDate until, string? scope, EscalationSchedule? draft, SignedIn who)
    {
        var (words, reader) = (who.Words, who.Reader);
        var (load, bundles) = (preview.Load, PreviewEscalation.Bundles(preview, reader).ToList());
        return Html.Of($"""
            <p><a href="{EscalationPage.Path}">{words["escalation-page.back"]}</a></p>
            <h1>{words["preview.title", ("scope", scope ?? words["preview.everything"])]}</h1>
            <p>{words.Count("escalation-page.preview-count", preview.Messages.Count)}{(draft is null ? null : Html.Of($" · {words["escalation-page.preview-draft", ("reference", draft.Ref)]}"))}</p>
            <p class="quiet">{words["preview.until", ("day", reader.Day(until))]}</p>
            {(load.Count == 0 ? null : Html.Of($"""
                <section class="card" aria-labelledby="load"><h2 id="load">{words["escalation-page.load"]}</h2>
                {Table([words["escalation-page.load-who"], words["escalation-page.load-count"], words["escalation-page.load-day"]], load.Select(one => new[] { reader.Roster[one.Person].Name, $"{one.Count}", reader.Day(one.On) }))}</section>
                """))}
            {(preview.Gaps.Count == 0 ? null : Html.Of($"""
                <section class="card" aria-labelledby="gaps"><h2 id="gaps">{words["escalation-page.gaps"]}</h2>
                <ul>{Html.Join(preview.Gaps.Take(LinesShown).Select(gap => Html.Of($"<li>{words["preview.gap", ("day", reader.Day(gap.On)), ("reference", gap.About), ("step", gap.Step)]}</li>")))}</ul></section>
                """))}
            <section class="card" aria-labelledby="timeline"><h2 id="timeline">{words["escalation-page.preview"]}</h2>
            {(bundles.Count > LinesShown ? Html.Of($"<p>{words["escalation-page.preview-rest", ("count", LinesShown)]}</p>") : null)}
            {(preview.Messages.Count == 0 ? Html.Of($"<p>{words["preview.nothing"]}</p>") : Table([words["preview.day"], words["preview.who"], words["preview.what"]], bundles.Take(LinesShown)))}
            </section>
            """);
    }

    static Html Table(IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows) => Html.Of($"""
        <div class="wide"><table><thead><tr>{Html.Join(columns.Select(column => Html.Of($"""<th scope="col">{column}</th>""")))}</tr></thead>
        <tbody>{Html.Join(rows.Select(row => Html.Of($"<tr>{Html.Join(row.Select(cell => Html.Of($"<td>{cell}</td>")))}</tr>")))}</tbody></table></div>
        """);
}
