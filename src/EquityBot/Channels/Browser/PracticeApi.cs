using System.Text.Json;
using EquityBot.Chat;
using EquityBot.People;
using NodaTime;
using NodaTime.Text;

namespace EquityBot.Channels.Browser;

/// <summary>The practice contract (design §9), call by call.</summary>
static class PracticeApi
{
    public static void Map(WebApplication app)
    {
        app.MapGet("/practice", (IWebHostEnvironment web) => Results.File(Path.Combine(web.WebRootPath, "practice", "index.html"), "text/html; charset=utf-8"));
        var api = app.MapGroup("/practice/api");
        api.MapGet("/people", async (PracticePeople people, PracticeSample sample, CancellationToken ct) => PracticeJson.Answer(await people.ShowAsync(sample.Organization, ct)));
        api.MapPost("/people/{handle}", ChangePersonAsync);
        api.MapPost("/say", SayAsync);
        api.MapPost("/press", PressAsync);
        api.MapGet("/inbox", InboxAsync);
        api.MapGet("/state/{reference}", PracticeState.ShowAsync);
        api.MapPost("/faults", FailAsync);
        PracticeClockApi.Map(api);
    }

    sealed record Say(string? As, string? Text, string? In);

    static async Task<IResult> SayAsync(HttpRequest request, Switchboard switchboard, PracticeDriver driver, PracticeMessages messages, PracticeSample sample, PracticePeople people, CancellationToken ct)
    {
        var (said, problem) = await PracticeBody.ReadAsync<Say>(request, ct);
        if (problem is not null)
        {
            return problem;
        }

        if (said!.As is null || said.Text is null)
        {
            return PracticeJson.Problem(400, "Who says what?", "Send {\"as\": a handle, \"text\": what they say}.");
        }

        if ((await people.RosterAsync(sample.Organization, ct)).ByHandle(said.As) is not { } person)
        {
            return Unknown("person", said.As);
        }

        if (PracticeKey.Of(request) is not { } key)
        {
            return PracticeKey.Malformed();
        }

        var handled = await switchboard.HandleAsync(Incoming(person, said.In, key) with { Text = said.Text }, ct);
        await driver.SettleAsync();
        return PracticeKey.Replayed(handled) switch
        {
            Handled.Answered answered => PracticeJson.Answer(new { replies = await messages.ByIdAsync(sample.Organization, answered.Messages, ct) }),
            Handled.Stranger => PracticeJson.Problem(404, "Not here any more", $"{said.As} has left the organization."),
            Handled.Busy => Busy(),
            Handled.Mismatch => PracticeKey.Mismatch(),
            _ => Unknown("room", said.In ?? "personal"),
        };
    }

    sealed record PressBody(string? As, string? MessageId, string? Action, Dictionary<string, JsonElement>? Values);

    static async Task<IResult> PressAsync(HttpRequest request, Switchboard switchboard, PracticeDriver driver, PracticeMessages messages, PracticeSample sample, PracticePeople people, CancellationToken ct)
    {
        var (body, problem) = await PracticeBody.ReadAsync<PressBody>(request, ct);
        if (problem is not null)
        {
            return problem;
        }

        if (body!.As is null || body.MessageId is null || body.Action is null)
        {
            return PracticeJson.Problem(400, "Who presses what?", "Send {\"as\": a handle, \"messageId\": …, \"action\": …}.");
        }

        if ((await people.RosterAsync(sample.Organization, ct)).ByHandle(body.As) is not { } person)
        {
            return Unknown("person", body.As);
        }

        if (!Guid.TryParse(body.MessageId, out var message) || !Guid.TryParse(body.Action, out var action))
        {
            return Unknown("message or action", body.Action);
        }

        if (Values(body.Values ?? []) is not { } values)
        {
            return PracticeBody.Malformed();
        }

        if (PracticeKey.Of(request) is not { } key)
        {
            return PracticeKey.Malformed();
        }

        var handled = await switchboard.HandleAsync(Incoming(person, null, key) with { Press = new(message, action, values) }, ct);
        await driver.SettleAsync();
        return PracticeKey.Replayed(handled) switch
        {
            Handled.Answered answered => PracticeJson.Answer(new { outcome = PracticeJson.Word(answered.Outcome), replies = await messages.ByIdAsync(sample.Organization, answered.Messages, ct) }),
            Handled.Busy => Busy(),
            Handled.Mismatch => PracticeKey.Mismatch(),
            _ => Unknown("message or action", body.Action),
        };
    }

    static IResult Busy() => PracticeJson.Problem(503, "Busy", "That took too long and nothing was kept. Try again.");

    /// <summary>Every value as text; null when one is no text at all, such as half a surrogate pair.</summary>
    static Dictionary<string, string>? Values(Dictionary<string, JsonElement> given)
    {
        try
        {
            return given.Where(value => value.Value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Object)).ToDictionary(value => value.Key, value => Text(value.Value));
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Array => string.Join(',', value.EnumerateArray().Select(Text)),
        _ => value.GetRawText(),
    };

    static IncomingMessage Incoming(Person person, string? room, string key) =>
        new(BrowserModule.Channel, BrowserModule.Tenant, person.Handle, key, room is null or "personal" ? null : room);

    static async Task<IResult> InboxAsync(string? @as, string? after, PracticeMessages messages, PracticeSample sample, PracticePeople people, CancellationToken ct)
    {
        if ((await people.RosterAsync(sample.Organization, ct)).ByHandle(@as) is not { } person)
        {
            return Unknown("person", @as ?? "");
        }

        if (!long.TryParse(string.IsNullOrEmpty(after) ? "0" : after, out var cursor))
        {
            return PracticeJson.Problem(400, "Not a cursor", "Leave after out, or send the cursor of an earlier answer.");
        }

        var (found, next) = await messages.InboxAsync(sample.Organization, person, cursor, ct);
        return PracticeJson.Answer(new { messages = found, cursor = next.ToString(System.Globalization.CultureInfo.InvariantCulture) });
    }

    static async Task<IResult> ChangePersonAsync(string handle, HttpRequest request, RosterImport import, PracticeDriver driver, PracticeClock clock, PracticeSample sample, PracticePeople people, CancellationToken ct)
    {
        var (body, problem) = await PracticeBody.ReadAsync<Dictionary<string, JsonElement>>(request, ct);
        if (problem is not null)
        {
            return problem;
        }

        var roster = await people.RosterAsync(sample.Organization, ct);
        if (roster.ByHandle(handle) is not { } person)
        {
            return Unknown("person", handle);
        }

        var (awayUntil, leaves) = (Date(body!, "awayUntil"), Date(body!, "leaves"));
        var named = body!.TryGetValue("delegate", out var value) && value.ValueKind == JsonValueKind.String && Values(new() { ["delegate"] = value }) is { } text ? text["delegate"] : null;
        if (awayUntil.Wrong || leaves.Wrong)
        {
            return PracticeJson.Problem(400, "Not a date", "awayUntil and leaves are dates such as 2026-03-31, or null.");
        }

        if (named is not null && (roster.ByHandle(named) is not { } standIn || standIn.Id == person.Id))
        {
            return Unknown("delegate", named);
        }

        await import.ChangeAsync(sample.Organization, person.Id, Change, clock.Now, ct);
        await driver.SettleAsync();
        roster = await people.RosterAsync(sample.Organization, ct);
        return PracticeJson.Answer(PracticePeople.Show(roster[person.Id], roster));

        void Change(Person changed)
        {
            (changed.AwayFrom, changed.AwayUntil) = awayUntil.Given ? (null, awayUntil.Date) : (changed.AwayFrom, changed.AwayUntil);
            changed.LeavesOn = leaves.Given ? leaves.Date : changed.LeavesOn;
            (changed.DelegateId, changed.DelegateUntil, changed.DelegateById) = body!.ContainsKey("delegate")
                ? (roster.ByHandle(named)?.Id, null, null)
                : (changed.DelegateId, changed.DelegateUntil, changed.DelegateById);
        }
    }

    static (bool Given, bool Wrong, LocalDate? Date) Date(Dictionary<string, JsonElement> body, string key)
    {
        if (!body.TryGetValue(key, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return (value.ValueKind == JsonValueKind.Null, false, null);
        }

        var parsed = LocalDatePattern.Iso.Parse(value.ValueKind == JsonValueKind.String && Values(new() { [key] = value }) is { } text ? text[key] : "");
        return (true, !parsed.Success, parsed.Success ? parsed.Value : null);
    }

    sealed record Fault(string? To, string? Outcome, int? Times);

    static async Task<IResult> FailAsync(HttpRequest request, BrowserChannel channel, PracticeSample sample, PracticePeople people, CancellationToken ct)
    {
        var (fault, problem) = await PracticeBody.ReadAsync<Fault>(request, ct);
        if (problem is not null)
        {
            return problem;
        }

        if ((await people.RosterAsync(sample.Organization, ct)).ByHandle(fault!.To) is not { } person)
        {
            return Unknown("person", fault.To ?? "");
        }

        if (!BrowserChannel.Outcomes.Contains(fault.Outcome) || fault.Times is < 0 or > 1000)
        {
            return PracticeJson.Problem(400, "No such fault", $"outcome is one of {string.Join(", ", BrowserChannel.Outcomes)}; times is between 0 and 1000.");
        }

        channel.Fail(person.Handle, fault.Outcome!, fault.Times ?? 1);
        return PracticeJson.Answer(new { to = person.Handle, outcome = fault.Outcome, times = fault.Times ?? 1 });
    }

    internal static IResult Unknown(string what, string name) => PracticeJson.Problem(404, $"Unknown {what}", $"There is no {what} “{(name.Length > 80 ? name[..80] : name)}” here.");
}
