using EquityBot.Doubles;

namespace EquityBot.Scenarios;

/// <summary>Schedules in the browser: the same words, buttons and rules as in chat.</summary>
public sealed class EscalationPageStories
{
    const string Officer = "imani.brooks";
    const string Promise = "we'll train every nurse on interpreter phones by 2026-03-06";

    [Theory, OnOneDatabase]
    public async Task A_schedule_is_made_changed_and_proposed_on_the_page_and_approved_in_chat(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        using var officer = new Visitor(hospital);
        await officer.OpenAsync($"/escalation?as={Officer}");
        Assert.Contains("S-1 · Standard", officer.Text, StringComparison.Ordinal);
        await officer.SubmitAsync("New schedule", ("v.template", "community"), ("v.department", "Cardiology"));
        Assert.Equal("/escalation/S-2", officer.At.AbsolutePath);
        Assert.Contains("Version 1 is a draft", officer.Text, StringComparison.Ordinal);

        await officer.SubmitAsync("Change a step", ("v.step", "lead"), ("v.offset", "12"));
        Assert.Equal(422, officer.Status);
        Assert.Contains("must come on a later day than", officer.Text, StringComparison.Ordinal);
        await officer.SubmitAsync("Change a step", ("v.step", "lead"), ("v.offset", "4"));
        Assert.Equal(200, officer.Status);
        await officer.SubmitAsync("Ask for approval", ("v.reason", "promises to the community come first"));
        Assert.Contains("waits for a second pair of eyes", officer.Text, StringComparison.Ordinal);
        (await hospital.As("anil.deshmukh").SaysAsync("approve S-2")).Says("From then on");
        await officer.OpenAsync("/escalation/S-2");
        Assert.Contains("Version 1, approved", officer.Text, StringComparison.Ordinal);
    }

    [Theory, OnOneDatabase]
    public async Task A_file_comes_back_as_a_draft_with_its_differences_and_a_mistake_says_where(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        using var officer = new Visitor(hospital);
        await officer.OpenAsync($"/escalation/S-1/schedule.yaml?as={Officer}");
        var yaml = await officer.Response.Content.ReadAsStringAsync();
        Assert.Contains("checkInsStopAt: lead", yaml, StringComparison.Ordinal);

        await officer.OpenAsync("/escalation/S-1");
        await officer.SubmitAsync("Make this the draft", ("yaml", yaml.Replace("offset: 5", "offset: soon", StringComparison.Ordinal)));
        Assert.Equal(422, officer.Status);
        Assert.Contains("That cannot be read: line", officer.Text, StringComparison.Ordinal);
        await officer.SubmitAsync("Make this the draft", ("yaml", yaml.Replace("to: board\n", "to: lead\n", StringComparison.Ordinal)));
        Assert.Contains("the board is asked to decide, and nobody else is", officer.Text, StringComparison.Ordinal);
        await officer.SubmitAsync("Make this the draft", ("yaml", yaml.Replace("offset: 5", "offset: 6", StringComparison.Ordinal)));
        Assert.Contains("Department lead: day +5 → +6", officer.Text, StringComparison.Ordinal);
    }

    [Theory, OnOneDatabase]
    public async Task A_page_that_is_out_of_date_changes_nothing_and_shows_how_it_stands(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        using var officer = new Visitor(hospital);
        await officer.OpenAsync($"/escalation/S-1?as={Officer}");
        await hospital.As(Officer).PressesAsync(await hospital.As(Officer).SaysAsync("show S-1"), "Change a step", new { step = "lead", offset = "6" });
        await officer.SubmitAsync("Change a step", ("v.step", "lead"), ("v.offset", "7"));
        Assert.Contains("Somebody has changed it meanwhile", officer.Text, StringComparison.Ordinal);
        Assert.Contains("Department lead: day +5 → +6", officer.Text, StringComparison.Ordinal);
    }

    [Theory, OnOneDatabase]
    public async Task The_page_opens_from_chat_once_and_shows_each_what_their_role_allows(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        var answer = await hospital.As(Officer).SaysAsync("escalation page");
        var link = answer.Text[answer.Text.IndexOf("http", StringComparison.Ordinal)..];
        using var officer = new Visitor(hospital);
        await officer.OpenAsync(link);
        await officer.SubmitAsync("Open");
        Assert.Equal("/escalation", officer.At.AbsolutePath);
        Assert.Contains("New schedule", officer.Text, StringComparison.Ordinal);
        (await hospital.As("ben.kowalski").SaysAsync("escalation page")).Says("Schedules are shown to");

        using var lead = new Visitor(hospital);
        await lead.OpenAsync("/escalation?as=dana.reyes");
        Assert.DoesNotContain("New schedule", lead.Text, StringComparison.Ordinal);
        await lead.OpenAsync("/escalation/S-1");
        Assert.DoesNotContain("Change a step", lead.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Make this the draft", lead.Text, StringComparison.Ordinal);
        using var member = new Visitor(hospital);
        await member.OpenAsync("/escalation?as=ben.kowalski");
        Assert.Equal(403, member.Status);
        using var nobody = new Visitor(hospital);
        await nobody.OpenAsync("/escalation/S-1");
        Assert.Equal(401, nobody.Status);
    }

    [Theory, OnOneDatabase]
    public async Task A_draft_is_previewed_beside_what_is_in_force(Engine engine)
    {
        await using var hospital = await Hospital.OpenAsync(engine);
        await hospital.As("ben.kowalski").PromisesAsync(Promise);
        await hospital.MoveAsync("2026-03-10T12:00");
        await hospital.As(Officer).PressesAsync(await hospital.As(Officer).SaysAsync("show S-1"), "Change a step", new { step = "lead", offset = "3" });
        using var officer = new Visitor(hospital);
        await officer.OpenAsync($"/escalation/preview?as={Officer}");
        Assert.Contains(Lines(officer), line => line.StartsWith("Friday, March 13", StringComparison.Ordinal) && line.EndsWith("Dana Reyes | C-12, as Department lead", StringComparison.Ordinal));
        await officer.OpenAsync("/escalation/preview?with=S-1");
        Assert.Contains(Lines(officer), line => line.StartsWith("Friday, March 13", StringComparison.Ordinal) && line.EndsWith("Dana Reyes | C-12, as Department lead", StringComparison.Ordinal));
        await officer.OpenAsync("/escalation/preview?with=S-1&open=true");
        Assert.Contains(Lines(officer), line => line.StartsWith("Wednesday, March 11", StringComparison.Ordinal) && line.EndsWith("Dana Reyes | C-12, as Department lead", StringComparison.Ordinal));
    }

    static IReadOnlyList<string> Lines(Visitor visitor) => [.. visitor.Page.QuerySelectorAll("tbody tr").Select(row => string.Join(" | ", row.Children.Select(cell => cell.TextContent)))];
}
