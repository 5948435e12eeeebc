using System.Text;
using System.Text.Json;
using EquityBot.Chat;
using EquityBot.Doubles;
using Microsoft.EntityFrameworkCore;

namespace EquityBot.Scenarios;

/// <summary>Calls that bear a key are made again, or the key is used for something else. // R21</summary>
public sealed class KeyStories
{
    const string Promise = "we'll offer an interpreter at every discharge by 2026-03-31";

    static async Task<RawAnswer> CallAsync(Hospital hospital, string path, string key, object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json") };
        request.Headers.Add("Idempotency-Key", key);
        using var response = await hospital.Http.SendAsync(request);
        return new((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType ?? "", await response.Content.ReadAsStringAsync());
    }

    static Task<RawAnswer> SayAsync(Hospital hospital, string key, string text, string @as = "dana.reyes") => CallAsync(hospital, "/practice/api/say", key, new { @as, text });

    // R21
    [Theory, OnOneDatabase]
    public async Task The_same_call_with_the_same_key_has_one_effect_and_one_answer_and_another_call_with_it_has_none(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var said = await SayAsync(hospital, "key-1", Promise);
        Assert.Equal(200, said.Status);
        Assert.Equal(said.Body, (await SayAsync(hospital, "key-1", Promise)).Body);
        var draft = new Seen(said.Json.GetProperty("replies")[0]);
        object Confirm(object values) => new { @as = "dana.reyes", messageId = draft.Id, action = draft.Action("Confirm").GetProperty("id").GetString(), values };
        var pressed = await CallAsync(hospital, "/practice/api/press", "key-2", Confirm(new { }));
        Assert.Equal("done", pressed.Json.GetProperty("outcome").GetString());

        var inbox = (await hospital.As("dana.reyes").InboxAsync()).Select(message => message.Json.GetRawText()).ToList();
        var state = (await hospital.StateAsync("C-12")).GetRawText();
        await hospital.RestartAsync();
        Assert.Equal(pressed.Body, (await CallAsync(hospital, "/practice/api/press", "key-2", Confirm(new { }))).Body);
        foreach (var other in new[]
        {
            await SayAsync(hospital, "key-1", "we'll offer rides home by 2026-04-30"),
            await SayAsync(hospital, "key-1", Promise, @as: "ben.kowalski"),
            await SayAsync(hospital, "key-2", Promise),
            await CallAsync(hospital, "/practice/api/press", "key-2", Confirm(new { due = "2026-04-30" })),
            await CallAsync(hospital, "/practice/api/say", "key-1", new { @as = "dana.reyes", text = Promise, @in = "cardiology" }),
        })
        {
            Assert.Equal((422, "application/problem+json"), (other.Status, other.MediaType));
            Assert.Contains("Use a new key", other.Body, StringComparison.Ordinal);
        }

        Assert.Equal(inbox, (await hospital.As("dana.reyes").InboxAsync()).Select(message => message.Json.GetRawText()));
        Assert.Equal(state, (await hospital.StateAsync("C-12")).GetRawText());
        Assert.Empty(await hospital.As("ben.kowalski").InboxAsync());
    }

    // R21
    [Theory, OnOneDatabase]
    public async Task Calls_with_one_key_at_once_have_one_effect_and_what_was_refused_is_refused_again(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var together = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => SayAsync(hospital, "key-1", Promise)));
        Assert.All(together, answer => Assert.Contains(answer.Status, (int[])[200, 503]));
        Assert.Single(together.Where(answer => answer.Status == 200).Select(answer => answer.Body).Distinct());
        Assert.Single(await hospital.As("dana.reyes").InboxAsync());

        // Of what the screen turned away nothing is kept, not even a digest.
        var refused = await SayAsync(hospital, "key-2", "call MRN 12345678 back");
        Assert.Contains("medical record number", refused.Body, StringComparison.Ordinal);
        Assert.Equal(refused.Body, (await SayAsync(hospital, "key-2", "call MRN 12345678 back")).Body);
        await using var everywhere = hospital.Store.AcrossOrganizations();
        Assert.Null((await everywhere.Rows<ReceivedEvent>().SingleAsync(one => one.EventId == "key-2")).Digest);
        Assert.Equal(400, (await SayAsync(hospital, new string('k', 201), Promise)).Status);
    }
}
