using EquityBot.Chat;
using EquityBot.Doubles;
using EquityBot.People;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace EquityBot.Scenarios;

/// <summary>People whom mail reaches: trustees without chat, and whoever chat does not reach.</summary>
public sealed class EmailStories
{
    const string Promise = "we'll offer an interpreter at every discharge by 2026-03-06";
    const string Trustee = "ruth.okafor@riverbend.example";
    const string Owner = "dana.reyes@riverbend.example";

    internal static Task<Hospital> OpenAsync(Engine engine, MailServer server, params (string Key, string Value)[] more) => Hospital.OpenAsync(engine, new Dictionary<string, string?>
    {
        ["Smtp:Host"] = "127.0.0.1",
        ["Smtp:Port"] = $"{server.Port}",
        ["Smtp:From"] = "equitybot@riverbend.example",
    }.Concat(more.ToDictionary(one => one.Key, one => (string?)one.Value)).ToDictionary());

    /// <summary>Somebody outside the chat systems.</summary>
    internal static async Task TakeChatFromAsync(Hospital hospital, string handle)
    {
        var store = hospital.Get<EquityStore>();
        await using var everywhere = store.AcrossOrganizations();
        var person = await everywhere.Rows<Person>().SingleAsync(one => one.Handle == handle);
        await store.WriteAsync(person.OrganizationId, Urgency.Inbound, db => db.Set<ChatAddress>().Where(one => one.PersonId == person.Id && one.Channel == "browser").ExecuteDeleteAsync(), CancellationToken.None);
    }

    /// <summary>A promise that nobody answers, up to the board owner, who has no chat.</summary>
    internal static async Task<Mail> BoardStepAsync(Hospital hospital, MailServer server, string promise = Promise)
    {
        await TakeChatFromAsync(hospital, "ruth.okafor");
        await hospital.As("dana.reyes").PromisesAsync(promise);
        await hospital.MoveAsync("2026-04-08T17:00");
        return server.To(Trustee).Last(mail => mail.Text.Contains("C-12", StringComparison.Ordinal) && mail.Text.Contains("Decide", StringComparison.Ordinal));
    }

    /// <summary>The day after a promise fell due whose owner has no chat any more.</summary>
    internal static async Task<Mail> OwnerStepAsync(Hospital hospital, MailServer server, string promise = Promise)
    {
        await hospital.As("dana.reyes").PromisesAsync(promise);
        await TakeChatFromAsync(hospital, "dana.reyes");
        await hospital.MoveAsync("2026-03-09T12:00");
        return server.To(Owner).Last(mail => mail.Text.Contains("was due", StringComparison.Ordinal));
    }

    /// <summary>The owner at the page that the mail leads to.</summary>
    static async Task<Visitor> EnterAsync(Hospital hospital, Mail mail)
    {
        var visitor = new Visitor(hospital);
        await visitor.OpenAsync(Path(mail));
        await visitor.SubmitAsync("Open");
        Assert.Equal(200, visitor.Status);
        return visitor;
    }

    internal static string Path(Mail mail) => new Uri(mail.Link).PathAndQuery;

    [Theory, OnOneDatabase]
    public async Task A_trustee_without_chat_decides_by_mail(Engine engine)
    {
        await using var server = new MailServer();
        await using var hospital = await OpenAsync(engine, server);
        var mail = await BoardStepAsync(hospital, server);
        var step = Assert.Single(await hospital.LedgerAsync(), row => row.Step == "board");
        Assert.Equal(("sent", $"<{Guid.Parse(step.MessageId!):N}@riverbend.example>"), (step.State, mail.Header("Message-ID")));

        for (var prefetch = 0; prefetch < 3; prefetch++)
        {
            using var scanner = new Visitor(hospital);
            await scanner.OpenAsync(Path(mail));
            Assert.Equal(200, scanner.Status);
        }

        using var trustee = new Visitor(hospital);
        await trustee.OpenAsync(Path(mail));
        await trustee.SubmitAsync("Open");
        Assert.Equal((200, $"/messages/{Guid.Parse(step.MessageId!)}"), (trustee.Status, trustee.At.AbsolutePath));
        Assert.Contains("interpreter at every discharge", trustee.Text, StringComparison.Ordinal);
        Assert.Contains("You read and answer this as Ruth Okafor", trustee.Text, StringComparison.Ordinal);

        // Without a rationale nothing is decided, and what was filled in stands there still.
        await trustee.SubmitAsync("Decide", ("v.decision", "resources"), ("v.rationale", ""), ("v.due", "2026-06-30"));
        Assert.Equal(422, trustee.Status);
        Assert.Contains("is missing", trustee.Page.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("2026-06-30", trustee.Page.QuerySelector("input[type=date]")!.GetAttribute("value"));
        Assert.Equal("exhausted", (await hospital.StateAsync("C-12")).GetProperty("case").GetProperty("status").GetString());

        await trustee.SubmitAsync("Decide", ("v.rationale", "The budget of May pays for two interpreters."));
        Assert.Equal(200, trustee.Status);
        Assert.StartsWith("/messages/", trustee.At.AbsolutePath, StringComparison.Ordinal);
        Assert.Equal("decided", (await hospital.StateAsync("C-12")).GetProperty("case").GetProperty("status").GetString());
        Assert.Equal("2026-06-30", (await hospital.StateAsync("C-12")).GetProperty("due").GetString());

        // Pressed again, the same button shows what was answered, and decides nothing anew.
        var answer = trustee.At;
        await trustee.OpenAsync($"/messages/{step.MessageId}");
        await trustee.SubmitAsync("Decide", ("v.decision", "recovery-plan"), ("v.rationale", "Another mind."));
        Assert.Equal(answer, trustee.At);
        Assert.DoesNotContain(await hospital.StoredTextsAsync(), text => text.Contains("Another mind.", StringComparison.Ordinal));
    }

    [Theory, OnOneDatabase]
    public async Task What_chat_refuses_for_good_comes_by_mail_the_same_day(Engine engine)
    {
        await using var server = new MailServer();
        await using var hospital = await OpenAsync(engine, server);
        await hospital.As("dana.reyes").PromisesAsync(Promise);
        await hospital.MoveAsync("2026-03-08T12:00");
        await hospital.FailsAsync("dana.reyes", "permanent");
        Assert.Equal("2026-03-09T12:00:00Z dana.reyes escalation C-12 owner sent", Assert.Single(await hospital.MoveAsync("2026-03-09T17:00")).ToString());
        var mail = Assert.Single(server.To(Owner));
        Assert.Contains("C-12 was due Friday, March 6", mail.Text, StringComparison.Ordinal);
        Assert.Equal("EquityBot: one item needs you", mail.Subject);
        await hospital.As("imani.brooks").NeverSeesAsync("could not be reached");
    }

    [Theory, OnOneDatabase]
    public async Task What_neither_chat_nor_mail_takes_is_the_officers_task(Engine engine)
    {
        await using var server = new MailServer();
        server.Answer(Owner, 550);
        await using var hospital = await OpenAsync(engine, server);
        await hospital.As("dana.reyes").PromisesAsync(Promise);
        await hospital.MoveAsync("2026-03-08T12:00");
        await hospital.FailsAsync("dana.reyes", "permanent");
        Assert.Contains(await hospital.MoveAsync("2026-03-09T17:00"), row => row is { To: "dana.reyes", State: "failed" });
        await hospital.As("imani.brooks").SeesAsync("Dana Reyes could not be reached about C-12");
    }

    [Fact]
    public async Task A_server_that_cannot_take_it_now_is_asked_again_and_one_mail_comes() // R20
    {
        await using var server = new MailServer();
        await using var hospital = await OpenAsync(Engine.Sqlite, server);
        await hospital.As("dana.reyes").PromisesAsync(Promise);
        await TakeChatFromAsync(hospital, "dana.reyes");
        await hospital.MoveAsync("2026-03-08T12:00");
        server.Fail(MailFault.NoGreeting);
        server.Fail(MailFault.DropBeforeBody);
        server.Answer(Owner, 451);
        Assert.Equal(" dana.reyes escalation C-12 owner retry-at", Assert.Single(await hospital.MoveAsync("2026-03-09T08:30")).ToString());
        Assert.DoesNotContain(server.To(Owner), IsAboutTheDueDay);
        Assert.True(server.Conversations >= 3, $"{server.Conversations} conversations");
        server.Answer(Owner, 250);
        Assert.Equal("sent", Assert.Single(await hospital.MoveAsync("2026-03-09T12:00")).State);
        Assert.Single(server.To(Owner), IsAboutTheDueDay);

        static bool IsAboutTheDueDay(Mail mail) => mail.Text.Contains("was due", StringComparison.Ordinal);
    }

    [Theory, OnOneDatabase]
    public async Task A_mail_that_may_have_arrived_is_known_to_have_when_its_reader_opens_it(Engine engine)
    {
        await using var server = new MailServer();
        await using var hospital = await OpenAsync(engine, server);
        await TakeChatFromAsync(hospital, "dana.reyes");
        await hospital.As("ben.kowalski").PromisesAsync(Promise);
        await hospital.MoveAsync("2026-03-12T17:00");
        server.Fail(MailFault.DropAfterBody);
        await hospital.MoveAsync("2026-03-13T12:00");
        var lead = Assert.Single(await hospital.LedgerAsync(), row => row.Step == "lead");
        Assert.Equal("unknown", lead.State);

        using var visitor = new Visitor(hospital);
        await visitor.OpenAsync(Path(Assert.Single(server.To(Owner))));
        await visitor.SubmitAsync("Open");
        Assert.Contains("has been open since March 6", visitor.Text, StringComparison.Ordinal);
        Assert.Equal("sent", Assert.Single(await hospital.LedgerAsync(), row => row.Step == "lead").State);

        // It can be answered, and no second one says that they may already have it.
        await visitor.SubmitAsync("Show");
        Assert.Equal(200, visitor.Status);
        await hospital.MoveAsync("2026-03-16T12:00");
        Assert.Single(server.To(Owner), mail => mail.Text.Contains("C-12", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_mail_that_may_have_arrived_is_followed_up_once()
    {
        await using var server = new MailServer();
        await using var hospital = await OpenAsync(Engine.Sqlite, server);
        await TakeChatFromAsync(hospital, "dana.reyes");
        await hospital.As("ben.kowalski").PromisesAsync(Promise);
        await hospital.MoveAsync("2026-03-12T17:00");
        server.Fail(MailFault.DropAfterBody);
        await hospital.MoveAsync("2026-03-16T12:00");
        Assert.Equal([false, true], server.To(Owner).Where(mail => mail.Text.Contains("C-12", StringComparison.Ordinal)).Select(mail => mail.Text.Contains("may already have this", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_used_link_sends_its_person_a_new_one_and_not_twice_within_minutes()
    {
        await using var server = new MailServer();
        await using var hospital = await OpenAsync(Engine.Sqlite, server);
        var first = await OwnerStepAsync(hospital, server);
        (await EnterAsync(hospital, first)).Dispose();
        await AgeLinksAsync(hospital);
        using var later = new Visitor(hospital);
        await later.OpenAsync(Path(first));
        Assert.Equal((410, "This link has been used"), (later.Status, later.Page.QuerySelector("h1")!.TextContent));
        var before = server.Mails.Count;
        await later.SubmitAsync("Send me a new link");
        Assert.Contains("A new link is on its way", later.Text, StringComparison.Ordinal);
        await later.OpenAsync(Path(first));
        await later.SubmitAsync("Send me a new link");
        Assert.Equal(before + 1, server.Mails.Count);
        var second = server.To(Owner)[^1];
        Assert.Equal(first.Header("Message-ID"), second.Header("Message-ID"));
        (await EnterAsync(hospital, second)).Dispose();

        // Where the server does not take it, that is said, and a second try is a try.
        await AgeLinksAsync(hospital);
        server.Answer(Owner, 451);
        await later.OpenAsync(Path(second));
        await later.SubmitAsync("Send me a new link");
        Assert.Equal((503, "That could not be sent just now"), (later.Status, later.Page.QuerySelector("h1")!.TextContent));
        server.Answer(Owner, 250);
        await later.OpenAsync(Path(second));
        await later.SubmitAsync("Send me a new link");
        Assert.Equal((200, before + 2), (later.Status, server.Mails.Count));
    }

    /// <summary>As if an hour had passed on the machine's clock since every link was made.</summary>
    static async Task AgeLinksAsync(Hospital hospital)
    {
        var store = hospital.Get<EquityStore>();
        await using var everywhere = store.AcrossOrganizations();
        var organization = await everywhere.Rows<Organization>().Select(one => one.Id).SingleAsync();
        await store.WriteAsync(organization, Urgency.Inbound, db => db.Set<Access.OneTimeLink>().ExecuteUpdateAsync(set => set.SetProperty(one => one.IssuedAt, Instant.FromUtc(2020, 1, 1, 0, 0))), CancellationToken.None);
    }

    [Theory, OnOneDatabase]
    public async Task Somebody_elses_message_is_none_and_their_button_does_nothing(Engine engine) // P2, I6, I8
    {
        await using var server = new MailServer();
        await using var hospital = await OpenAsync(engine, server);
        using var owner = await EnterAsync(hospital, await OwnerStepAsync(hospital, server));
        var (theirs, button) = (owner.At.AbsolutePath, owner.Page.QuerySelector("input[name=button]")!.GetAttribute("value")!);
        using var other = new Visitor(hospital);
        await other.OpenAsync($"{theirs}?as=ben.kowalski");
        Assert.Equal(404, other.Status);

        // A page of their own, with the owner's button put into its form.
        var own = (await hospital.As("ben.kowalski").SaysAsync("log")).Id;
        await other.OpenAsync($"/messages/{own}?as=ben.kowalski");
        var token = other.Page.QuerySelector("input[name=form]") is { } field ? field.GetAttribute("value")! : throw new InvalidOperationException(other.Text);
        foreach (var page in new[] { theirs, $"/messages/{own}" })
        {
            await other.GoAsync(new(HttpMethod.Post, page)
            {
                Content = new FormUrlEncodedContent(new Dictionary<string, string> { ["form"] = token, ["button"] = button, ["v.status"] = "on-track", ["v.note"] = "mine now" }),
            });
            Assert.Equal(404, other.Status);
        }

        Assert.DoesNotContain(await hospital.StoredTextsAsync(), text => text.Contains("mine now", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_looks_like_a_patients_number_is_turned_away_on_the_page_as_in_chat()
    {
        await using var server = new MailServer();
        await using var hospital = await OpenAsync(Engine.Sqlite, server);
        using var owner = await EnterAsync(hospital, await OwnerStepAsync(hospital, server));
        await owner.SubmitAsync("Acknowledge", ("v.due", "2026-03-20"), ("v.reason", "because of MRN 12345678"), ("v.need", "a signature"));
        Assert.Equal(422, owner.Status);
        Assert.Contains("looks like a medical record number", owner.Page.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain(await hospital.StoredTextsAsync(), text => text.Contains("MRN 12345678", StringComparison.Ordinal));
        Assert.DoesNotContain(hospital.Errors.Lines, line => line.Contains("12345678", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_card_that_was_overtaken_says_so_and_shows_how_things_stand() // I7
    {
        await using var server = new MailServer();
        await using var hospital = await OpenAsync(Engine.Sqlite, server);
        var mail = await OwnerStepAsync(hospital, server);
        using var owner = await EnterAsync(hospital, mail);
        var stale = owner.At.AbsolutePath;
        await owner.SubmitAsync("Acknowledge", ("v.due", "2026-03-20"), ("v.reason", "the contract is late"), ("v.need", "a signature"));
        Assert.Equal(200, owner.Status);
        Assert.Equal("2026-03-20", (await hospital.StateAsync("C-12")).GetProperty("due").GetString());
        await owner.OpenAsync(stale);
        Assert.Contains("C-12 has changed since", owner.Text, StringComparison.Ordinal);
        await owner.SubmitAsync("Show C-12 as it is now");
        Assert.Contains("March 20", owner.Text, StringComparison.Ordinal);
        Assert.Contains(owner.Page.QuerySelectorAll("button"), button => button.TextContent == "Report progress");
    }
}
