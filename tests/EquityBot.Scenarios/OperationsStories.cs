using System.Net;
using System.Text.RegularExpressions;
using EquityBot.Doubles;
using EquityBot.Escalation.Auditing;
using EquityBot.People;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;

namespace EquityBot.Scenarios;

/// <summary>Whoever looks after the machinery sees how it stands, and tries again or lets go what it gave up.</summary>
public partial class OperationsStories
{
    /// <summary>Everybody's browser keeps its own cookies.</summary>
    static HttpClient Browser(Hospital hospital) =>
        new(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = new() }) { BaseAddress = new Uri(hospital.Url) };

    static async Task<(HttpStatusCode Status, string Text)> OpensAsync(HttpClient browser, string path)
    {
        using var answer = await browser.GetAsync(path);
        return (answer.StatusCode, WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync()));
    }

    /// <summary>Sends the form of this address on the page as a browser does; <paramref name="more"/> fills or overwrites its fields.</summary>
    static async Task<HttpResponseMessage> SendsAsync(HttpClient browser, string page, string action, params (string Name, string Value)[] more)
    {
        var form = Form().Matches(page).First(found => found.Groups["action"].Value == action);
        var fields = Hidden().Matches(form.Value).ToDictionary(found => found.Groups["name"].Value, found => found.Groups["value"].Value);
        foreach (var (name, value) in more)
        {
            fields[name] = value;
        }

        return await browser.PostAsync(action, new FormUrlEncodedContent(fields));
    }

    static async Task<string> FollowsAsync(HttpClient browser, HttpResponseMessage answer)
    {
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        return (await OpensAsync(browser, answer.Headers.Location!.ToString())).Text;
    }

    /// <summary>Two reminders that arrived nowhere.</summary>
    static async Task<Hospital> WithDeadLettersAsync(Engine engine)
    {
        var hospital = await Hospital.OpenAsync(engine);
        foreach (var who in (string[])["dana.reyes", "ben.kowalski"])
        {
            await hospital.As(who).PromisesAsync("we'll offer an interpreter at every discharge by 2026-03-13");
            await hospital.FailsAsync(who, "permanent");
        }

        await hospital.MoveAsync("2026-03-10T12:00");
        return hospital;
    }

    [Theory, OnOneDatabase]
    public async Task A_message_that_was_given_up_is_retried_by_the_officer_and_another_one_discarded_with_a_reason(Engine engine)
    {
        await using var hospital = await WithDeadLettersAsync(engine);
        using var browser = Browser(hospital);
        var page = (await OpensAsync(browser, "/operations?as=imani.brooks")).Text;
        Assert.Equal(2, RetryForm().Count(page));
        Assert.DoesNotContain("interpreter", page, StringComparison.Ordinal);

        using var discarded = await SendsAsync(browser, page, "/operations/discard", ("reason", "I told them in person"));
        page = await FollowsAsync(browser, discarded);
        Assert.Contains("It was discarded, with your reason.", page, StringComparison.Ordinal);
        Assert.Equal(1, RetryForm().Count(page));
        using var retried = await SendsAsync(browser, page, "/operations/retry");
        page = await FollowsAsync(browser, retried);
        Assert.Contains("It is tried again.", page, StringComparison.Ordinal);
        Assert.Contains("None. Everything was delivered or is on its way.", page, StringComparison.Ordinal);

        await hospital.MoveAsync("2026-03-11T12:00");
        var reminders = (await hospital.LedgerAsync()).Where(row => row.Kind == "reminder").Select(row => row.State).Order(StringComparer.Ordinal);
        Assert.Equal(["failed", "sent"], reminders);
    }

    [Theory, OnOneDatabase]
    public async Task A_form_sent_twice_without_its_token_with_patients_in_it_or_without_a_reason_changes_nothing_more(Engine engine)
    {
        await using var hospital = await WithDeadLettersAsync(engine);
        using var browser = Browser(hospital);
        var page = (await OpensAsync(browser, "/operations?as=imani.brooks")).Text;
        foreach (var (reason, said) in new[] { ("", "say in a few words why"), ("asked MRN 12345678", "medical record number"), (new string('x', 301), "longer than 300 characters") })
        {
            using var refused = await SendsAsync(browser, page, "/operations/discard", ("reason", reason));
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
            var answer = WebUtility.HtmlDecode(await refused.Content.ReadAsStringAsync());
            Assert.Contains(said, answer, StringComparison.Ordinal);
            Assert.Equal(2, RetryForm().Count(answer));
        }

        using var forged = await SendsAsync(browser, page, "/operations/retry", ("form", "made up"));
        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
        Assert.Equal(2, RetryForm().Count((await OpensAsync(browser, "/operations")).Text));

        using var first = await SendsAsync(browser, page, "/operations/discard", ("reason", "I told them in person"));
        using var second = await SendsAsync(browser, page, "/operations/discard", ("reason", "I told them in person"));
        Assert.Contains("It was discarded", await FollowsAsync(browser, first), StringComparison.Ordinal);
        Assert.Contains("Nothing was changed: it is no dead letter any more.", await FollowsAsync(browser, second), StringComparison.Ordinal);
        Assert.DoesNotContain(await hospital.StoredTextsAsync(), text => text.Contains("12345678", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Everybody_sees_and_may_do_what_the_table_of_rights_says() // P1
    {
        await using var hospital = await WithDeadLettersAsync(Engine.Sqlite);
        using var officer = Browser(hospital);
        var letters = (await OpensAsync(officer, "/operations?as=imani.brooks")).Text;
        foreach (var person in (await hospital.GetAsync("/practice/api/people")).GetProperty("people").EnumerateArray())
        {
            var (handle, roles) = (person.GetProperty("handle").GetString()!, person.GetProperty("roles").EnumerateArray().Select(role => Enum.Parse<Role>(role.GetString()!)).ToList());
            using var browser = Browser(hospital);
            var (status, page) = await OpensAsync(browser, $"/operations?as={handle}");
            Assert.True(Rights.Allows("read-operations", roles, []) == (status == HttpStatusCode.OK), $"{handle}: {status}");
            Assert.True(status is HttpStatusCode.OK or HttpStatusCode.Forbidden, handle);
            Assert.True(Rights.Allows("attend-operations", roles, []) == RetryForm().IsMatch(page), handle);
        }

        // Whoever may only read has no form to send, and sending the officer's is refused as well.
        var reader = (await hospital.GetAsync("/practice/api/people")).GetProperty("people").EnumerateArray()
            .First(person => person.GetProperty("roles").EnumerateArray().Select(role => role.GetString()).All(role => role is not ("EquityOfficer" or "Admin"))).GetProperty("handle").GetString()!;
        using var other = Browser(hospital);
        await OpensAsync(other, $"/operations?as={reader}");
        using var refused = await SendsAsync(other, letters, "/operations/retry");
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Equal(2, RetryForm().Count((await OpensAsync(officer, "/operations")).Text));
        using var nobody = Browser(hospital);
        Assert.Equal(HttpStatusCode.Unauthorized, (await OpensAsync(nobody, "/operations")).Status);
    }

    [Theory, OnOneDatabase]
    public async Task A_monitor_outside_sees_the_last_audit_and_what_is_missed_and_so_does_the_page(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var beat = await hospital.AskAsync(HttpMethod.Get, "/healthz/escalation");
        Assert.Equal((200, "ok", "2026-03-02T14:00:00Z", 0), (beat.Status, beat.Json.GetProperty("status").GetString(), beat.Json.GetProperty("lastAudit").GetString(), beat.Json.GetProperty("missed").GetInt32()));
        await hospital.As("dana.reyes").PromisesAsync("we'll offer an interpreter at every discharge by 2026-03-06");
        await hospital.MoveAsync("2026-03-09T12:00");

        var store = hospital.Store;
        await using (var everywhere = store.AcrossOrganizations())
        {
            var organization = await everywhere.Rows<Organization>().Select(one => one.Id).SingleAsync();
            await store.WriteAsync(organization, Urgency.Background, db => db.Set<EquityBot.Escalation.CaseStep>().ExecuteDeleteAsync(), CancellationToken.None);
        }

        await hospital.MoveAsync("2026-03-09T13:00");
        beat = await hospital.AskAsync(HttpMethod.Get, "/healthz/escalation");
        Assert.Equal((503, "missed", 1), (beat.Status, beat.Json.GetProperty("status").GetString(), beat.Json.GetProperty("missed").GetInt32()));
        (await hospital.As("imani.brooks").SeesAsync("One step was missed")).Says("A row about a step of E-1 is gone from the ledger");
        using var browser = Browser(hospital);
        Assert.Contains("A row about a step of E-1 is gone from the ledger", (await OpensAsync(browser, "/operations?as=imani.brooks")).Text, StringComparison.Ordinal);
        Assert.Single(hospital.Errors.Forget(), line => line.Contains("The auditor found 1 missed steps", StringComparison.Ordinal));
    }

    [GeneratedRegex("""<form method="post" action="(?<action>[^"]+)">.*?</form>""", RegexOptions.Singleline)]
    private static partial Regex Form();

    [GeneratedRegex("""<input type="hidden" name="(?<name>[^"]+)" value="(?<value>[^"]*)">""")]
    private static partial Regex Hidden();

    [GeneratedRegex("""action="/operations/retry">""")]
    private static partial Regex RetryForm();
}
