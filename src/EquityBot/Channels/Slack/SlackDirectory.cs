using EquityBot.Chat;
using EquityBot.People;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime.Extensions;

namespace EquityBot.Channels.Slack;

/// <summary>Finds the accounts of people who have not written yet, so that a check-in reaches them in Slack the first time: at the start, after an installation and every hour.</summary>
sealed class SlackDirectory(SlackSettings settings, SlackInstallations installations, SlackApi api, SlackPeople people, EquityStore store, HospitalClock clock, ILogger<SlackDirectory> log) : BackgroundService
{
    static readonly TimeSpan Rest = TimeSpan.FromHours(1);

    readonly SemaphoreSlim soon = new(0);
    readonly HashSet<Guid> unknown = [];

    public void LookSoon() => soon.Release();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var left = false;
            try
            {
                left = await LookAsync(stoppingToken);
            }
            catch (Exception failure) when (EquityStore.WhyAway(failure) is not null)
            {
                log.LogWarning("Accounts of Slack are looked for later: the database is away");
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                // Whatever is wrong with Slack, the rest of the product goes on.
                log.LogError(failure, "Accounts of Slack could not be looked for");
            }

            if (!left)
            {
                unknown.Clear();
            }

            await soon.WaitAsync(left ? TimeSpan.FromMinutes(1) : Rest, stoppingToken);
        }
    }

    /// <returns>Whether there are more to look for than Slack lets us ask for in a minute.</returns>
    public async Task<bool> LookAsync(CancellationToken ct)
    {
        var left = false;
        foreach (var tenant in settings.Teams)
        {
            if (await installations.OfAsync(tenant, ct) is { Bot: { } bot })
            {
                left |= await LookAsync(bot, ct);
            }
        }

        return left;
    }

    async Task<bool> LookAsync(SlackBot bot, CancellationToken ct)
    {
        await using var db = store.For(bot.Organization);
        var (roster, now) = (await Roster.LoadAsync(db, ct), clock.GetUtcNow().ToInstant());
        var linked = (await db.Set<ChatAddress>().Where(one => one.Channel == SlackModule.Channel).Select(one => one.PersonId).ToListAsync(ct)).ToHashSet();
        var missing = roster.People.Where(one => one.Email.Length > 0 && !linked.Contains(one.Id) && !unknown.Contains(one.Id) && !one.HasLeftBy(roster.TodayOf(one, now))).ToList();
        foreach (var person in missing)
        {
            var answer = await api.CallAsync(bot, "users.lookupByEmail", [("email", person.Email)], ct);
            if (answer.Error == "users_not_found" || (answer.IsFine && (Loose.Text(Loose.Part(answer.Body, "user"), "id") is not { } account || !SlackId.IsOne(account) || !await people.LinkAsync(bot, Loose.Part(answer.Body, "user"), account, null, ct))))
            {
                unknown.Add(person.Id);
            }
            else if (!answer.IsFine)
            {
                return answer.Outcome(repeatable: true, null) is SendOutcome.Throttled;
            }
        }

        return false;
    }

    public override void Dispose()
    {
        soon.Dispose();
        base.Dispose();
    }
}
