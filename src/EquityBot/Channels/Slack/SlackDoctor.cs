using EquityBot.Chat;
using EquityBot.People;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using NodaTime.Extensions;

namespace EquityBot.Channels.Slack;

/// <summary>Looks at everything that has to be right for Slack to work, and says in words what is not. Sends nothing to anybody.</summary>
sealed class SlackDoctor(SlackSettings settings, SlackInstallations installations, SlackTurns turns, SlackApi api, IHttpClientFactory clients, EquityStore store, MachineClock clock)
{
    public async Task<IReadOnlyList<Symptom>> ExamineAsync(CancellationToken ct)
    {
        var found = new List<Symptom>
        {
            new("configuration", true, $"workspaces {string.Join(", ", settings.Teams)}, {(settings.BotToken is null ? "installed by OAuth" : "a token from the settings")}{(settings.Signing.Count > 1 ? ", two signing secrets: take the former one away when the rotation is over" : "")}"),
            await ClockAsync(ct),
        };
        foreach (var tenant in settings.Teams)
        {
            found.AddRange(await WorkspaceAsync(tenant, ct));
        }

        // A token that was due is fetched by whoever comes first, and is not to be lost with this program.
        await turns.StopAsync(ct);

        return found;
    }

    async Task<Symptom> ClockAsync(CancellationToken ct)
    {
        try
        {
            using var client = clients.CreateClient(nameof(SlackApi));
            using var response = await client.GetAsync(new Uri(settings.ApiBase, "api.test"), ct);
            var apart = response.Headers.Date is { } theirs ? clock.GetUtcNow().ToInstant() - theirs.ToInstant() : Duration.Zero;
            return Math.Abs(apart.TotalSeconds) > SlackSignature.Skew
                ? new("clock", false, $"this machine is {Math.Abs(apart.TotalMinutes):F0} minutes {(apart > Duration.Zero ? "ahead of" : "behind")} Slack: every request will be refused; set its clock")
                : new("clock", true, "agrees with Slack's");
        }
        catch (Exception failure) when (Outbound.IsOfTheWay(failure, ct))
        {
            return new("clock", false, $"{settings.ApiBase.Host} cannot be reached ({failure.GetType().Name}): open the way to it in the proxy or firewall");
        }
    }

    async Task<IReadOnlyList<Symptom>> WorkspaceAsync(string tenant, CancellationToken ct)
    {
        await using var everywhere = store.AcrossOrganizations();
        if (!await everywhere.Rows<Organization>().AnyAsync(ct))
        {
            return [new($"{tenant} organization", false, "there is none yet: import a roster")];
        }

        var (found, isAway) = await installations.OfAsync(tenant, ct);
        if (found is not { } bot)
        {
            return [new($"{tenant} installation", false, isAway
                ? "Slack cannot be asked now, or gives no new token; what is due waits: try again, and look at the log if it stays so"
                : settings.BotToken is null
                ? "the app is not installed there, or its token was sealed under another Protection__KeyFile: open /slack/install in a browser as somebody who may install apps"
                : "Slack does not know the token of Slack__BotTokenFile as one of this workspace: compare it with OAuth & Permissions of the app, and Slack__Teams with the workspace")];
        }

        var answer = await api.CallAsync(bot.Token, "auth.test", [], ct);
        await using var db = store.For(bot.Organization);
        var routes = await db.Set<ChatAddress>().AsNoTracking().Where(one => one.Channel == SlackModule.Channel).Select(one => one.Route).ToListAsync(ct);
        return
        [
            new($"{tenant} installation", true, "the app is installed"),
            new($"{tenant} token", answer.IsFine, answer.IsFine ? "Slack takes the bot's token" : $"Slack does not take the bot's token ({answer.Error ?? answer.Reason}); nothing can be sent"),
            new($"{tenant} people", routes.Count > 0, routes.Count == 0
                ? "nobody of the roster is known in Slack yet: their e-mail addresses in Slack and in the roster must be the same"
                : $"{routes.Count} of {await db.Set<Person>().CountAsync(ct)} people are known in Slack"),
        ];
    }
}
