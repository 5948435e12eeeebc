using System.Text.Json;
using EquityBot.Doubles;

namespace EquityBot.Scenarios;

/// <summary>The practice contract, word for word: shapes, words and statuses of every call.</summary>
public sealed class ContractStories
{
    static readonly string[] Kinds = ["reply", "reminder", "check-in", "request", "escalation", "digest", "correction", "task"];
    static readonly string[] Steps = ["reminder", "owner", "lead", "officer", "sponsor", "board", "board-deputy"];
    static readonly string[] DeliveryStates = ["due", "claimed", "sending", "sent", "retry-at", "failed", "unknown", "superseded"];
    static readonly string[] InputTypes = ["text", "number", "date", "choice", "choices", "toggle"];
    static readonly string[] Roles = ["DepartmentLead", "EquityOfficer", "BoardOwner", "Executive", "Contributor", "CoreTeamMember", "CommunityRepresentative", "DataSteward", "Admin", "Auditor"];

    /// <summary>Asserts that the required fields are there, null or not, and none but those and the optional ones.</summary>
    static void Has(JsonElement json, string required, string optional = "")
    {
        var names = json.EnumerateObject().Select(one => one.Name).ToList();
        Assert.True(required.Split(' ').All(names.Contains), $"{string.Join(' ', required.Split(' ').Except(names))} missing in {json}");
        Assert.Empty(names.Except(required.Split(' ')).Except(optional.Split(' ')));
        Assert.Equal(names.Count, names.Distinct().Count());
    }

    static void IsInstant(JsonElement json) => Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$", json.GetString());

    static void IsDate(JsonElement json) => Assert.Matches(@"^\d{4}-\d\d-\d\d$", json.GetString());

    static void IsMessage(JsonElement message, string seenBy)
    {
        Has(message, "id rev at from to in kind preview text actions state", "ref step card items");
        IsInstant(message.GetProperty("at"));
        Assert.True(message.GetProperty("rev").GetInt32() >= 1);
        Assert.Contains(message.GetProperty("kind").GetString(), Kinds);
        Assert.Contains(message.GetProperty("state").GetString(), (string[])["current", "superseded"]);
        Assert.NotEqual("", message.GetProperty("text").GetString()!.Trim());
        Assert.StartsWith("EquityBot: ", message.GetProperty("preview").GetString());
        Assert.Contains(message.GetProperty("in").GetString(), (string[])["personal", "cardiology", "equity-council", "board-quality-committee"]);
        Assert.Equal(message.GetProperty("in").GetString() is "personal" ? seenBy : message.GetProperty("in").GetString(), message.GetProperty("to").GetString());
        if (message.TryGetProperty("step", out var step))
        {
            Assert.Contains(step.GetString(), Steps);
        }

        if (message.TryGetProperty("card", out var card))
        {
            Assert.Equal(("AdaptiveCard", "1.5"), (card.GetProperty("type").GetString(), card.GetProperty("version").GetString()));
        }

        foreach (var item in message.TryGetProperty("items", out var items) ? items.EnumerateArray().ToList() : [])
        {
            Has(item, "kind ref", "step");
            Assert.Contains(item.GetProperty("kind").GetString(), Kinds);
        }

        foreach (var action in message.GetProperty("actions").EnumerateArray())
        {
            Has(action, "id title inputs", "ref");
            foreach (var input in action.GetProperty("inputs").EnumerateArray())
            {
                Has(input, "id label type required", "value choices");
                Assert.Contains(input.GetProperty("type").GetString(), InputTypes);
                Assert.Contains(input.GetProperty("required").ValueKind, (JsonValueKind[])[JsonValueKind.True, JsonValueKind.False]);
                foreach (var choice in input.TryGetProperty("choices", out var choices) ? choices.EnumerateArray().ToList() : [])
                {
                    Has(choice, "title value");
                }
            }
        }
    }

    static void IsClock(JsonElement clock)
    {
        Has(clock, "now zone nextDue sent");
        IsInstant(clock.GetProperty("now"));
        Assert.Equal("America/New_York", clock.GetProperty("zone").GetString());
        if (clock.GetProperty("nextDue").ValueKind != JsonValueKind.Null)
        {
            IsInstant(clock.GetProperty("nextDue"));
        }

        foreach (var row in clock.GetProperty("sent").EnumerateArray())
        {
            Has(row, "at to kind ref step messageId state");
            Assert.Contains(row.GetProperty("kind").GetString(), Kinds);
            Assert.Contains(row.GetProperty("state").GetString(), DeliveryStates);
            Assert.Equal(row.GetProperty("state").GetString() == "sent", row.GetProperty("at").ValueKind == JsonValueKind.String);
            Assert.Equal(row.GetProperty("state").GetString() == "sent", row.GetProperty("messageId").ValueKind == JsonValueKind.String);
            if (row.GetProperty("at").ValueKind == JsonValueKind.String)
            {
                IsInstant(row.GetProperty("at"));
            }
        }
    }

    static void IsState(JsonElement state)
    {
        Has(state, "ref status owner due version", "case");
        if (state.GetProperty("due").ValueKind != JsonValueKind.Null)
        {
            IsDate(state.GetProperty("due"));
        }

        if (state.TryGetProperty("case", out var found))
        {
            Has(found, "ref status step nextAt");
            Assert.Contains(found.GetProperty("status").GetString(), (string[])["open", "acknowledged", "waiting-for-cover", "resolved", "waived", "exhausted", "decided"]);
        }
    }

    [Theory, OnBothDatabases]
    public async Task People_are_as_the_contract_shows_them(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var answer = await hospital.GetAsync("/practice/api/people");
        Has(answer, "people rooms holidays cycle");
        Assert.Equal(32, answer.GetProperty("people").GetArrayLength());
        foreach (var person in answer.GetProperty("people").EnumerateArray())
        {
            IsPerson(person);
        }

        var dana = answer.GetProperty("people").EnumerateArray().Single(person => person.GetProperty("handle").GetString() == "dana.reyes");
        Assert.Equal(
            """{"handle":"dana.reyes","name":"Dana Reyes","roles":["DepartmentLead"],"department":"Cardiology","site":"Riverbend Main","title":"Director of Cardiology","zone":"America/New_York","hours":{"days":[1,2,3,4,5],"from":"08:00","to":"17:00"},"supervisor":"anil.deshmukh","deputy":"aisha.rahman","sponsor":"colleen.fitzgerald"}""",
            dana.GetRawText());
        Assert.Equal(["board-quality-committee", "cardiology", "equity-council"], answer.GetProperty("rooms").EnumerateArray().Select(room => room.GetProperty("name").GetString()).Order());
        Assert.Contains("dana.reyes", answer.GetProperty("rooms").EnumerateArray().Single(room => room.GetProperty("name").GetString() == "cardiology").GetProperty("members").EnumerateArray().Select(member => member.GetString()));
        Assert.Contains(answer.GetProperty("holidays").EnumerateArray(), day => day.GetRawText() == """{"site":"Mesa Valley","date":"2026-03-31"}""");
        Assert.Equal("""{"start":"2026-03-02"}""", answer.GetProperty("cycle").GetRawText());
    }

    static void IsPerson(JsonElement person)
    {
        Has(person, "handle name roles department site title zone hours", "supervisor deputy sponsor delegate awayUntil leaves");
        Assert.All(person.GetProperty("roles").EnumerateArray(), role => Assert.Contains(role.GetString(), Roles));
        Has(person.GetProperty("hours"), "days from to");
        Assert.All(person.GetProperty("hours").GetProperty("days").EnumerateArray(), day => Assert.InRange(day.GetInt32(), 1, 7));
        Assert.Matches(@"^\d\d:\d\d$", person.GetProperty("hours").GetProperty("from").GetString());
    }

    [Theory, OnBothDatabases]
    public async Task Every_answer_of_a_whole_story_has_its_shape(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var said = await hospital.PostAsync("/practice/api/say", new { @as = "dana.reyes", text = "we'll offer an interpreter at every discharge by 2026-03-06" });
        Has(said, "replies");
        var draft = new Seen(said.GetProperty("replies").EnumerateArray().Single());
        IsMessage(draft.Json, "dana.reyes");
        await hospital.As("marcus.hale").SaysAsync("we'll offer rides to everybody");
        IsState(await hospital.StateAsync("C-13"));
        IsState(await hospital.StateAsync("C-12"));
        foreach (var form in new[] { "log", "help", "show C-1", "mine", "no such thing" })
        {
            IsMessage((await hospital.As("dana.reyes").SaysAsync(form)).Json, "dana.reyes");
        }

        var pressed = await hospital.PostAsync("/practice/api/press", new { @as = "dana.reyes", messageId = draft.Id, action = draft.Action("Confirm").GetProperty("id").GetString() });
        Has(pressed, "outcome replies");
        Assert.Equal("done", pressed.GetProperty("outcome").GetString());
        IsMessage(pressed.GetProperty("replies").EnumerateArray().Single(), "dana.reyes");

        // A refused delivery, one still waiting and one sent: rows with and without instants.
        await hospital.FailsAsync("dana.reyes", "refused");
        var moved = await hospital.PostAsync("/practice/api/clock", new { to = "2026-03-03T08:00" });
        IsClock(moved);
        Assert.Equal("retry-at", Assert.Single(moved.GetProperty("sent").EnumerateArray()).GetProperty("state").GetString());
        IsState(await hospital.StateAsync("C-12"));
        await hospital.As("dana.reyes").PromisesAsync("log for ben.kowalski: call every patient after discharge by 2026-04-17");
        foreach (var time in new[] { "2026-03-07T09:00", "2026-03-09T17:00", "2026-04-30T17:00" })
        {
            IsClock(await hospital.PostAsync("/practice/api/clock", new { to = time }));
            IsState(await hospital.StateAsync("C-12"));
            IsState(await hospital.StateAsync("E-1"));
        }

        IsClock(await hospital.GetAsync("/practice/api/clock"));
        foreach (var handle in new[] { "dana.reyes", "anil.deshmukh", "imani.brooks", "colleen.fitzgerald", "ruth.okafor", "samuel.lindqvist" })
        {
            var inbox = await hospital.GetAsync($"/practice/api/inbox?as={handle}");
            Has(inbox, "messages cursor");
            Assert.NotEmpty(inbox.GetProperty("messages").EnumerateArray());
            Assert.All(inbox.GetProperty("messages").EnumerateArray(), message => IsMessage(message, handle));
            var times = inbox.GetProperty("messages").EnumerateArray().Select(message => message.GetProperty("at").GetString()).ToList();
            Assert.Equal(times.Order(StringComparer.Ordinal), times);
        }

        var away = await hospital.PostAsync("/practice/api/people/dana.reyes", new { awayUntil = "2026-05-08", @delegate = "aisha.rahman", leaves = "2026-12-31" });
        IsPerson(away);
        Assert.Equal(("2026-05-08", "aisha.rahman", "2026-12-31"), (away.GetProperty("awayUntil").GetString(), away.GetProperty("delegate").GetString(), away.GetProperty("leaves").GetString()));
        IsClock(await hospital.PostAsync("/practice/api/reset", new { }));
    }

    [Theory, OnBothDatabases]
    public async Task Fixed_titles_and_inputs_are_the_contracts(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var lead = hospital.As("dana.reyes");
        await lead.PromisesAsync("we'll offer an interpreter at every discharge by 2026-03-06");
        string[] titles =
        [
            "Confirm", "Edit", "Undo", "Report progress", "No change", "I'm blocked", "Snooze", "Done", "Not yet", "Push", "Withdraw", "Hand over", "Acknowledge", "Waive", "Approve", "Offer help", "Accept", "Decline", "Decide", "Show",
        ];
        var card = await lead.LooksAtAsync("C-12");
        Assert.Empty(card.Titles.Except(titles));
        Assert.Equal(["status", "note", "evidence"], card.Asks("Report progress"));
        Assert.Equal(["due", "reason", "need"], card.Asks("Push"));
        Assert.All(card.Json.GetProperty("actions").EnumerateArray(), action => Assert.Equal("C-12", action.GetProperty("ref").GetString()));
        await hospital.MoveAsync("2026-04-30T17:00");
        foreach (var handle in new[] { "dana.reyes", "anil.deshmukh", "imani.brooks", "ruth.okafor" })
        {
            Assert.Empty((await hospital.As(handle).LooksAtAsync("C-12")).Titles.Except(titles));
            Assert.Empty((await hospital.As(handle).InboxAsync()).SelectMany(message => message.Titles).Except(titles));
        }
    }

    [Theory, OnBothDatabases]
    public async Task The_cursor_gives_what_is_new_or_changed_and_nothing_twice(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var lead = hospital.As("dana.reyes");
        var (none, start) = await InboxAsync("0");
        Assert.Empty(none);
        var draft = await lead.SaysAsync("we'll offer an interpreter at every discharge by March 31");
        var (first, one) = await InboxAsync(start);
        Assert.Equal([(draft.Id, 1)], first);
        Assert.Empty((await InboxAsync(one)).Messages);
        await lead.PressesAsync(draft, "Confirm");
        var card = await lead.LooksAtAsync("C-12");
        var (second, two) = await InboxAsync(one);
        Assert.Equal([(draft.Id, 2), (card.Id, 1)], second);
        await lead.SaysAsync("progress C-12 at risk: the contract is late");
        var (third, three) = await InboxAsync(two);
        Assert.Contains((card.Id, 2), third);
        Assert.Equal("superseded", (await lead.InboxAsync()).Single(message => message.Id == card.Id).State);
        Assert.DoesNotContain((await lead.InboxAsync()).Single(message => message.Id == card.Id).Titles, title => title != "Show");
        Assert.Empty((await InboxAsync(three)).Messages);

        async Task<(List<(string Id, int Rev)> Messages, string Cursor)> InboxAsync(string after)
        {
            var answer = await hospital.GetAsync($"/practice/api/inbox?as=dana.reyes&after={after}");
            return ([.. answer.GetProperty("messages").EnumerateArray().Select(message => (message.GetProperty("id").GetString()!, message.GetProperty("rev").GetInt32()))], answer.GetProperty("cursor").GetString()!);
        }
    }
}
