using System.Net;
using EquityBot.Doubles;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;

namespace EquityBot.Scenarios;

/// <summary>What the program writes down about itself when an operator asks for all of it.</summary>
public sealed class LogStories
{
    const string Token = "tokenthatopensapagetokenthatopensapagetoken";

    [Theory, OnOneDatabase] // I14
    public async Task At_its_most_talkative_it_says_neither_what_people_wrote_nor_where_a_link_leads(Engine engine)
    {
        await using var database = await Database.OpenAsync(engine);
        await using var host = await HostProcess.StartAsync(
            database.ConnectionString, null, ("Serilog__MinimumLevel__Default", "Verbose"), ("Serilog__WriteTo__1__Name", "Console"), ("Serilog__WriteTo__1__Args__formatter", "Serilog.Formatting.Json.JsonFormatter, Serilog"));
        await host.PostAsync("/practice/api/say", new { @as = "dana.reyes", text = "we'll offer armadillos at every visit by 2026-06-30" });
        await using (var db = new EquityStore(database.ConnectionString).For(Guid.Empty))
        {
            await db.Database.ExecuteSqlRawAsync("ALTER TABLE \"OneTimeLinks\" RENAME TO \"Gone\"");
        }

        using var page = await host.Http.GetAsync($"/enter/{Token}?state={Token}");
        Assert.Equal(HttpStatusCode.InternalServerError, page.StatusCode);
        var (_, said) = await host.TerminateAsync();

        // Of what went wrong there is a line for people, and one for machines that says in which request.
        Assert.Contains("ERR EquityBot.Http Request GET HTTP: GET /enter/{token:length(43)}/ failed, incident", said, StringComparison.Ordinal);
        Assert.Contains("\"RequestId\"", said, StringComparison.Ordinal);
        Assert.DoesNotContain(Token, said, StringComparison.Ordinal);
        Assert.DoesNotContain("armadillo", said, StringComparison.OrdinalIgnoreCase);
    }
}
