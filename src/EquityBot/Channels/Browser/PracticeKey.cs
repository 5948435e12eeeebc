using EquityBot.Chat;

namespace EquityBot.Channels.Browser;

/// <summary>
/// The header <c>Idempotency-Key</c> (draft-ietf-httpapi-idempotency-key-header): the event id of what somebody says or presses, so that a call that broke off may be made again.
/// The same call with the same key has one effect and one answer; another call with it has none.
/// </summary>
static class PracticeKey
{
    const string Header = "Idempotency-Key";

    /// <summary>The caller's key, or a new one where none was sent; null where what was sent is none.</summary>
    public static string? Of(HttpRequest request) => request.Headers[Header] switch
    {
        [] => Guid.NewGuid().ToString(),
        [{ Length: > 0 and <= ReceivedEvent.LongestId } key] => key,
        _ => null,
    };

    /// <summary>What was answered before is the answer again.</summary>
    public static Handled Replayed(Handled handled) => handled is Handled.Duplicate { Outcome: { } outcome } before ? new Handled.Answered(outcome, before.Messages) : handled;

    public static IResult Malformed() => PracticeJson.Problem(400, "Not a key", $"{Header} is sent once and has at most {ReceivedEvent.LongestId} characters.");

    public static IResult Mismatch() => PracticeJson.Problem(422, "Key used before", $"Something else was said or pressed with this {Header}, and nothing was done. Use a new key for a new call.");
}
