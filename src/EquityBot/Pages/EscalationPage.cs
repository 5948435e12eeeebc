using System.Security.Cryptography;
using System.Text;
using EquityBot.Access;
using EquityBot.Channels.Browser;
using EquityBot.Channels.Email;
using EquityBot.Chat;
using EquityBot.Escalation;
using EquityBot.People;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace EquityBot.Pages;

/// <summary>
/// The schedules as pages: the same cards and buttons as in chat, a preview as long as it is, and the schedule as a file. Whatever is pressed goes through the
/// switchboard, so that rights, the screen and the audit trail are those of the conversation.
/// </summary>
sealed class EscalationPage(EquityStore store, Switchboard switchboard, ScheduleFile file, IEnumerable<IEscalationAction> actions)
{
    public const string Path = "/escalation";

    readonly Dictionary<string, IEscalationAction> actions = actions.ToDictionary(action => action.Kind);

    public static void Map(WebApplication app)
    {
        var pages = app.MapGroup(Path).RequireSignIn(Area.Everything);
        pages.MapGet("", (SignedIn who, EscalationPage page, CancellationToken ct) => page.ListAsync(who, null, ct));
        pages.MapPost("", (SignedIn who, HttpContext context, EscalationPage page) => page.PressAsync(who, context, null));
        pages.MapGet("/preview", (SignedIn who, HttpContext context, EscalationPage page) => page.PreviewAsync(who, context));
        pages.MapGet("/{reference}", (string reference, SignedIn who, EscalationPage page, CancellationToken ct) => page.ShowAsync(reference, who, null, null, ct));
        pages.MapPost("/{reference}", (string reference, SignedIn who, HttpContext context, EscalationPage page) => page.PressAsync(who, context, reference));
        pages.MapGet("/{reference}/schedule.yaml", (string reference, int? version, SignedIn who, EscalationPage page, CancellationToken ct) => page.DownloadAsync(reference, version, who, ct));
        pages.MapPost("/{reference}/file", (string reference, SignedIn who, HttpContext context, EscalationPage page) => page.ImportAsync(reference, who, context));
    }

    static IResult Denied(SignedIn who, string action) => Page.Say(who.Words, who.Words["escalation-page.title"], who.Words[$"denied.{action}"], StatusCodes.Status403Forbidden);

    async Task<IResult> ListAsync(SignedIn who, Refusal? refusal, CancellationToken ct)
    {
        if (!who.Reader.May("read-schedule", null))
        {
            return Denied(who, "read-schedule");
        }

        await using var db = store.For(who.OrganizationId);
        var schedules = new List<ScheduleStory>();
        foreach (var schedule in await db.Set<EscalationSchedule>().AsNoTracking().OrderBy(one => one.Number).ToListAsync(ct))
        {
            schedules.Add((await who.Reader.ViewAsync(db, schedule.Ref, ct))!.Aspect<ScheduleStory>()!);
        }

        return Page.Of(who.Words, who.Words["escalation-page.title"], EscalationHtml.List(schedules, NewSchedule(who), who, refusal), refusal is null ? 200 : 422);
    }

    /// <summary>The button that starts a schedule; null for whoever may not.</summary>
    static Button? NewSchedule(SignedIn who) => who.Reader.May("edit-schedule", null)
        ? Keyed(who.Reader.Catalogue.Command("new-schedule").ButtonFor(null, new Offer(who.Words["button.new-schedule"], [.. Escalation.NewSchedule.Inputs(who.Reader)])))
        : null;

    async Task<IResult> ShowAsync(string reference, SignedIn who, Refusal? refusal, string? notice, CancellationToken ct)
    {
        await using var db = store.For(who.OrganizationId);
        if (!who.Reader.May("read-schedule", null))
        {
            return Denied(who, "read-schedule");
        }

        if (await who.Reader.ViewAsync(db, reference, ct) is not { Subject: EscalationSchedule } view)
        {
            return Page.Say(who.Words, who.Words["escalation-page.title"], who.Words["refusal.no-such-reference", ("reference", reference.ToUpperInvariant())], StatusCodes.Status404NotFound);
        }

        var card = who.Reader.Subjects.Card(view, who.Reader);
        return Page.Of(
            who.Words,
            who.Words["escalation-page.title"],
            EscalationHtml.One(view.Aspect<ScheduleStory>()!, card.With(Keyed), who, refusal, notice),
            refusal is null && notice is null ? 200 : 422);
    }

    /// <summary>What is drawn before it is stored has buttons that bear the hash of their title, so that the press can be matched with the stored one.</summary>
    static Button Keyed(Button button) => button with { Id = KeyOf(button) };

    static Guid KeyOf(Button button) => new(SHA256.HashData(Encoding.UTF8.GetBytes(button.Title)).AsSpan(0, 16));

    /// <summary>Says in the reader's name what shows the button, and presses it with what was filled in.</summary>
    async Task<IResult> PressAsync(SignedIn who, HttpContext context, string? reference)
    {
        var (ct, form) = (context.RequestAborted, await context.Request.ReadFormAsync(context.RequestAborted));
        if (await IncomingAsync(who, ct) is not { } incoming)
        {
            return Page.Say(who.Words, who.Words["message.address-title"], who.Words["message.address-words"], 409);
        }

        if (reference is not null && await OvertakenAsync(reference, form, who, ct) is { } overtaken)
        {
            return await ShowAsync(reference, who, overtaken, null, ct);
        }

        var shown = await switchboard.HandleAsync(incoming() with { Text = reference is null ? "schedules" : $"show {reference}" }, ct);
        if (await AnswerAsync(shown, who, ct) is not { } message || Card.FromJson(message.Card).Buttons.FirstOrDefault(button => KeyOf(button).ToString() == form["button"]) is not { } pressed)
        {
            return reference is null ? await ListAsync(who, null, ct) : await ShowAsync(reference, who, null, who.Words["escalation-page.changed"], ct);
        }

        var typed = MessageForm.Read(pressed, form);
        var handled = await switchboard.HandleAsync(incoming() with { Press = new(message.Id, pressed.Id, typed) }, ct);
        var answer = await AnswerAsync(handled, who, ct);
        if (handled is not Handled.Answered { Outcome: PressOutcome.Done } || answer is null)
        {
            var refusal = new Refusal(KeyOf(pressed), typed, answer is null ? new(who.Words["escalation-page.refused"]) : Card.FromJson(answer.Card));
            return reference is null ? await ListAsync(who, refusal, ct) : await ShowAsync(reference, who, refusal, null, ct);
        }

        await SettleAsync(context);
        return EnterPage.SeeOther(context, $"{Path}/{answer.Ref ?? reference}");
    }

    /// <summary>Where somebody saved since this page was drawn: what they changed, and what was filled in here, in the form again; null where nobody did.</summary>
    async Task<Refusal?> OvertakenAsync(string reference, IFormCollection form, SignedIn who, CancellationToken ct)
    {
        await using var db = store.For(who.OrganizationId);
        if (await who.Reader.ViewAsync(db, reference, ct) is not { } view || form["version"] == $"{view.Subject.Version}")
        {
            return null;
        }

        var now = who.Reader.Subjects.Card(view, who.Reader).Buttons.FirstOrDefault(button => KeyOf(button).ToString() == form["button"]);
        var typed = Form.Screened(now is null ? MessageForm.Typed(form) : MessageForm.Read(now, form), now?.Inputs ?? []);
        var mine = new Overtaken(now?.Title ?? who.Words["escalation-page.refused"], typed, now is null ? [] : MessageForm.Asked(now, form));
        var theirs = await Overtaken.TheirsAsync(db, view.Subject, int.TryParse(form["version"], out var seen) ? seen : 0, who.Reader, ct);
        return new(now is null ? Guid.Empty : KeyOf(now), mine.Touched, new Card(who.Words["escalation-page.changed"], theirs, mine.Mine(now, who.Words)));
    }

    /// <summary>In the conversation that the reader has with us, whichever it is; null where they have none.</summary>
    async Task<Func<IncomingMessage>?> IncomingAsync(SignedIn who, CancellationToken ct)
    {
        await using var db = store.For(who.OrganizationId);
        var found = await (
            from address in db.Set<ChatAddress>().AsNoTracking()
            join workspace in db.Set<Workspace>().AsNoTracking() on address.Channel equals workspace.Channel
            where address.PersonId == who.Reader.Person.Id
            orderby address.Rank
            select new { address.Channel, workspace.Tenant, address.Address }).FirstOrDefaultAsync(ct);
        return found is null ? null : () => new(found.Channel, found.Tenant, found.Address, Guid.NewGuid().ToString());
    }

    async Task<Message?> AnswerAsync(Handled handled, SignedIn who, CancellationToken ct)
    {
        if (handled is not Handled.Answered { Messages: [.., var last] })
        {
            return null;
        }

        await using var db = store.For(who.OrganizationId);
        return await db.Set<Message>().AsNoTracking().SingleOrDefaultAsync(one => one.Id == last && one.PersonId == who.Reader.Person.Id, ct);
    }

    /// <summary>In practice mode nobody rings: what follows is done now.</summary>
    static async Task SettleAsync(HttpContext context)
    {
        if (context.RequestServices.GetService<PracticeDriver>() is { } driver)
        {
            await driver.SettleAsync();
        }
    }

    async Task<IResult> DownloadAsync(string reference, int? version, SignedIn who, CancellationToken ct)
    {
        await using var db = store.For(who.OrganizationId);
        if (!who.Reader.May("read-schedule", null))
        {
            return Denied(who, "read-schedule");
        }

        var story = (await who.Reader.ViewAsync(db, reference, ct))?.Aspect<ScheduleStory>();
        return story?.Versions.FirstOrDefault(one => version is null ? one == EscalationHtml.Shown(story, who) : one.Number == version) is { } found
            ? Results.Text(ScheduleYaml.Write(Plan.FromJson(found.Plan)), "application/yaml", Encoding.UTF8)
            : Page.Say(who.Words, who.Words["escalation-page.title"], who.Words["escalation-page.no-file"], StatusCodes.Status404NotFound);
    }

    async Task<IResult> ImportAsync(string reference, SignedIn who, HttpContext context)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        if (!who.Reader.May("edit-schedule", null))
        {
            return Denied(who, "edit-schedule");
        }

        var yaml = form["yaml"].ToString();
        if (await file.ImportAsync(who, reference, form["version"].ToString(), yaml, context.RequestAborted) is { } refusal)
        {
            return await ShowAsync(reference, who, new Refusal(EscalationHtml.FileKey, new Dictionary<string, string> { ["yaml"] = yaml }, refusal), null, context.RequestAborted);
        }

        return EnterPage.SeeOther(context, $"{Path}/{reference}");
    }

    async Task<IResult> PreviewAsync(SignedIn who, HttpContext context)
    {
        var (query, ct, reader) = (context.Request.Query, context.RequestAborted, who.Reader);
        if (!reader.May("preview", null))
        {
            return Denied(who, "preview");
        }

        await using var db = store.For(who.OrganizationId);
        var department = reader.Roster.Departments.FirstOrDefault(one => one.Id.ToString() == query["of"]);
        var draft = query["with"].ToString() is { Length: > 0 } with ? (await reader.ViewAsync(db, with, ct))?.Aspect<ScheduleStory>() : null;
        var about = query["about"].ToString() is { Length: > 0 } reference ? reference.Trim() : null;
        var subject = about is null ? null : (await reader.ViewAsync(db, about, ct))?.Subject;
        if ((about is not null && subject is null) || PreviewEscalation.ScopeOf(subject, department) is not { } scope)
        {
            return Page.Say(who.Words, who.Words["escalation-page.preview"], who.Words["preview.whose"], StatusCodes.Status404NotFound);
        }

        var until = PreviewEscalation.Until(subject, reader.Roster.TodayAt(reader.Now));
        var ends = reader.Roster.Zone.AtStartOfDay(until.PlusDays(1)).ToInstant();
        var trial = draft?.Open is { } open ? new ScheduleTrial(draft.Schedule, Plan.FromJson(open.Plan), query["open"] == "true") : null;
        var preview = await Preview.OfAsync(db, actions, scope, reader.Roster, reader.Now, ends, trial, ct);
        return Page.Of(who.Words, who.Words["escalation-page.preview"], EscalationHtml.Preview(preview, until, subject?.Ref ?? department?.Name, draft?.Schedule, who));
    }
}
