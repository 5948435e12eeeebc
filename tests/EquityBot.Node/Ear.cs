using EquityBot.Chat;
using EquityBot.Doubles;
using EquityBot.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace EquityBot.Node;

/// <summary>What the stand-in's platform delivers: somebody said something or pressed a button. The same event id is the same event, whichever node it is delivered to.</summary>
public sealed record Heard(string EventId, string As, string? Text = null, Press? Press = null);

/// <summary>One message of the answer, with what can be pressed on it.</summary>
/// <param name="Version">For which version of its subject its buttons were made; null where it has none that say so. A real platform is not told.</param>
public sealed record Said(Guid Id, string? Ref, string Text, int? Version, Dictionary<string, Guid> Buttons);

/// <param name="Outcome">How the press or sentence ended; null where the event had been taken before.</param>
public sealed record Told(PressOutcome? Outcome, IReadOnlyList<Said> Said);

/// <summary>The stand-in's way in: the host's own pipeline and switchboard, answered as the platforms' channels answer, 200 for what is committed and 503 for what is to come again.</summary>
static class Ear
{
    public static void Map(WebApplication app) => app.MapPost("/hear", HearAsync);

    static async Task<IResult> HearAsync(Heard heard, Switchboard switchboard, EquityStore store, CancellationToken ct)
    {
        var handled = await switchboard.HandleAsync(new(StandInChannel.Channel, Town.Tenant, heard.As, heard.EventId) { Text = heard.Text, Press = heard.Press }, ct);
        return handled switch
        {
            Handled.Answered answered => Results.Json(new Told(answered.Outcome, await ReadAsync(store, answered.Messages, ct))),
            Handled.Duplicate => Results.Json(new Told(null, [])),
            Handled.Busy => Results.Problem(statusCode: 503, title: "Busy"),
            _ => Results.Problem(statusCode: 404, title: handled.GetType().Name),
        };
    }

    static async Task<IReadOnlyList<Said>> ReadAsync(EquityStore store, IReadOnlyList<Guid> ids, CancellationToken ct)
    {
        await using var everywhere = store.AcrossOrganizations();
        var messages = await everywhere.Rows<Message>().Where(one => ids.Contains(one.Id)).ToListAsync(ct);
        var versions = await everywhere.Rows<ButtonRecord>().Where(one => ids.Contains(one.MessageId)).ToDictionaryAsync(one => one.Id, one => one.Version, ct);
        return [.. messages.Select(message => Show(message, versions))];
    }

    static Said Show(Message message, Dictionary<Guid, int?> versions)
    {
        var card = Card.FromJson(message.Card);
        var buttons = card.Buttons.DistinctBy(button => button.Title).ToDictionary(button => button.Title, button => button.Id);
        return new(message.Id, message.Ref, PlainText.Of(card), buttons.Values.Max(id => versions.GetValueOrDefault(id)), buttons);
    }
}
