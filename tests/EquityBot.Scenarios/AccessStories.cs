using EquityBot.Access;
using EquityBot.Doubles;
using EquityBot.People;
using EquityBot.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace EquityBot.Scenarios;

/// <summary>How people come to signed-in pages: by a link, once, for an hour, as themselves.</summary>
public sealed class AccessStories
{
    static Task<Hospital> OpenAsync(Engine engine) => Hospital.OpenAsync(engine, pages: app =>
    {
        Probe(app, "/probe", Area.Everything);
        Probe(app, "/messages/probe", Area.Messages);
    });

    /// <summary>A page of which only this matters: who may read it, and who may change something on it.</summary>
    static void Probe(WebApplication app, string path, Area area)
    {
        var probe = app.MapGroup(path).RequireSignIn(area);
        probe.MapGet("", (SignedIn who) => Page.Of(who.Words, "Probe", Html.Of($"""<h1>{who.Reader.Person.Name} reads</h1><form method="post" action="{path}">{who.FormToken}<button>Change</button></form>""")));
        probe.MapPost("", (SignedIn who) => Results.Text($"{who.Reader.Person.Handle} changed it"));
    }

    static async Task<Guid> IdOfAsync(Hospital hospital, string handle)
    {
        await using var everywhere = hospital.Get<EquityStore>().AcrossOrganizations();
        return await everywhere.Rows<Person>().Where(one => one.Handle == handle).Select(one => one.Id).SingleAsync();
    }

    static async Task<Guid> OrganizationAsync(Hospital hospital)
    {
        await using var everywhere = hospital.Get<EquityStore>().AcrossOrganizations();
        return await everywhere.Rows<Organization>().Select(one => one.Id).SingleAsync();
    }

    static async Task<string> LinkAsync(Hospital hospital, string handle, string opens, Duration? lifetime = null)
    {
        var person = await IdOfAsync(hospital, handle);
        return (await hospital.Get<EquityStore>().WriteAsync(
            await OrganizationAsync(hospital), Urgency.Inbound, db => hospital.Get<Links>().IssueAsync(db, person, opens, lifetime ?? Links.WhileLooking, CancellationToken.None), CancellationToken.None)).PathAndQuery;
    }

    [Theory, OnBothDatabases]
    public async Task A_link_that_scanners_opened_three_times_still_opens_once_for_its_person(Engine engine)
    {
        await using var hospital = await OpenAsync(engine);
        var link = await LinkAsync(hospital, "imani.brooks", "/probe");
        for (var prefetch = 0; prefetch < 3; prefetch++)
        {
            using var scanner = new Visitor(hospital);
            await scanner.OpenAsync(link);
            Assert.Equal((200, "One item waits for you"), (scanner.Status, scanner.Page.QuerySelector("h1")!.TextContent));
            Assert.DoesNotContain(scanner.Cookies.GetAllCookies(), cookie => cookie.Name == "equitybot-pages");
        }

        using var officer = new Visitor(hospital);
        await officer.OpenAsync(link);
        await officer.SubmitAsync("Open");
        Assert.Equal((200, "/probe", "Imani Brooks reads"), (officer.Status, officer.At.AbsolutePath, officer.Page.QuerySelector("h1")!.TextContent));
        var cookie = Assert.Single(officer.Cookies.GetAllCookies(), cookie => cookie.Name == "equitybot-pages");
        Assert.True(cookie.HttpOnly);
        await officer.SubmitAsync("Change");
        Assert.Equal("imani.brooks changed it", officer.Text);
    }

    [Theory, OnBothDatabases]
    public async Task A_link_works_once_and_says_in_words_how_to_get_another(Engine engine)
    {
        await using var hospital = await OpenAsync(engine);
        var link = await LinkAsync(hospital, "imani.brooks", "/probe");
        using var first = new Visitor(hospital);
        using var second = new Visitor(hospital);
        await first.OpenAsync(link);
        await second.OpenAsync(link);
        await Task.WhenAll(first.SubmitAsync("Open"), second.SubmitAsync("Open"));
        Assert.Equal([200, 410], new[] { first.Status, second.Status }.Order());
        var late = first.Status == 410 ? first : second;
        Assert.Contains("This link has been used", late.Text, StringComparison.Ordinal);
        Assert.Contains("Ask me for a new one in chat", late.Text, StringComparison.Ordinal);
        await late.OpenAsync("/probe");
        Assert.Equal(401, late.Status);
    }

    [Fact]
    public async Task An_expired_link_and_one_that_never_was_open_nothing()
    {
        await using var hospital = await OpenAsync(Engine.Sqlite);
        using var officer = new Visitor(hospital);
        await officer.OpenAsync(await LinkAsync(hospital, "imani.brooks", "/probe", -Duration.FromMinutes(1)));
        Assert.Equal(410, officer.Status);
        Assert.Contains("This link has expired", officer.Text, StringComparison.Ordinal);
        await officer.OpenAsync("/enter/" + new string('a', 43));
        Assert.Equal((404, "There is no such link"), (officer.Status, officer.Page.QuerySelector("h1")!.TextContent));
        await officer.OpenAsync("/enter/short");
        Assert.Equal(404, officer.Status);
    }

    [Fact]
    public async Task A_link_for_messages_opens_messages_alone_and_a_link_from_chat_both()
    {
        await using var hospital = await OpenAsync(Engine.Sqlite);
        using var byMail = new Visitor(hospital);
        await byMail.OpenAsync(await LinkAsync(hospital, "imani.brooks", "/messages/probe"));
        await byMail.SubmitAsync("Open");
        Assert.Equal((200, "/messages/probe"), (byMail.Status, byMail.At.AbsolutePath));
        await byMail.OpenAsync("/probe");
        Assert.Equal(401, byMail.Status);

        // Nor does its cookie under the other name.
        var forged = new HttpRequestMessage(HttpMethod.Get, "/probe");
        forged.Headers.Add("Cookie", $"equitybot-pages={byMail.Cookies.GetAllCookies().Single(cookie => cookie.Name == "equitybot-messages").Value}");
        using var clever = new Visitor(hospital);
        await clever.GoAsync(forged);
        Assert.Equal(401, clever.Status);

        using var byChat = new Visitor(hospital);
        await byChat.OpenAsync(await LinkAsync(hospital, "imani.brooks", "/probe"));
        await byChat.SubmitAsync("Open");
        await byChat.OpenAsync("/messages/probe");
        Assert.Equal(200, byChat.Status);
    }

    [Fact]
    public async Task Whoever_has_left_is_nobody_from_the_next_request_on() // P3
    {
        await using var hospital = await OpenAsync(Engine.Sqlite);
        var unused = await LinkAsync(hospital, "wei.zhang", "/probe");
        using var visitor = new Visitor(hospital);
        await visitor.OpenAsync(await LinkAsync(hospital, "wei.zhang", "/probe"));
        await visitor.SubmitAsync("Open");
        Assert.Equal(200, visitor.Status);
        await hospital.PostAsync("/practice/api/people/wei.zhang", new { leaves = "2026-03-01" });
        await visitor.OpenAsync("/probe");
        Assert.Equal(401, visitor.Status);
        await visitor.OpenAsync(unused);
        Assert.Equal(404, visitor.Status);
    }

    [Fact]
    public async Task A_form_from_elsewhere_changes_nothing()
    {
        await using var hospital = await OpenAsync(Engine.Sqlite);
        using var officer = new Visitor(hospital);
        await officer.OpenAsync("/probe?as=imani.brooks");
        await officer.GoAsync(new(HttpMethod.Post, "/probe") { Content = new FormUrlEncodedContent([]) });
        Assert.Equal(400, officer.Status);
        Assert.DoesNotContain("changed it", officer.Text, StringComparison.Ordinal);

        // Nor does somebody else's form.
        using var lead = new Visitor(hospital);
        await lead.OpenAsync("/probe?as=dana.reyes");
        var theirs = lead.Page.QuerySelector("input[name=form]")!.GetAttribute("value")!;
        await officer.GoAsync(new(HttpMethod.Post, "/probe") { Content = new FormUrlEncodedContent([KeyValuePair.Create("form", theirs)]) });
        Assert.Equal(400, officer.Status);

        await officer.OpenAsync("/probe");
        await officer.SubmitAsync("Change");
        Assert.Equal("imani.brooks changed it", officer.Text);
    }

    [Fact]
    public async Task In_practice_mode_a_page_opens_as_whoever_is_named()
    {
        await using var hospital = await OpenAsync(Engine.Sqlite);
        using var visitor = new Visitor(hospital);
        await visitor.OpenAsync("/probe");
        Assert.Equal(401, visitor.Status);
        Assert.Contains("?as=dana.reyes", visitor.Text, StringComparison.Ordinal);
        await visitor.OpenAsync("/probe?as=dana.reyes");
        Assert.Contains("Dana Reyes reads", visitor.Text, StringComparison.Ordinal);
        await visitor.OpenAsync("/probe?as=nobody.here");
        Assert.Equal(401, visitor.Status);
    }

    [Fact]
    public async Task A_token_is_neither_stored_nor_logged() // I14
    {
        await using var hospital = await OpenAsync(Engine.Sqlite);
        var link = await LinkAsync(hospital, "imani.brooks", "/probe");
        using var officer = new Visitor(hospital);
        await officer.OpenAsync(link);
        await officer.SubmitAsync("Open");
        await officer.OpenAsync(link);
        var token = link["/enter/".Length..];
        Assert.Equal(43, token.Length);
        Assert.DoesNotContain(hospital.Errors.Lines, line => line.Contains(token, StringComparison.Ordinal));
        Assert.DoesNotContain(await hospital.StoredTextsAsync(), text => text.Contains(token, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Signed_in_pages_answer_plainly_and_are_kept_by_nobody()
    {
        await using var hospital = await OpenAsync(Engine.Sqlite);
        using var officer = new Visitor(hospital);
        await officer.OpenAsync("/probe?as=imani.brooks");
        Assert.True(officer.Response.Headers.CacheControl!.NoStore);
        Assert.Equal("no-referrer", Assert.Single(officer.Response.Headers.GetValues("Referrer-Policy")));
        Assert.DoesNotContain("script", officer.Page.ToHtml(), StringComparison.OrdinalIgnoreCase);
    }
}

file static class Markup
{
    public static string ToHtml(this AngleSharp.Html.Dom.IHtmlDocument page) => page.DocumentElement.OuterHtml;
}
