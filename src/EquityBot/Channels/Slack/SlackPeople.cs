using System.Text.Json;
using EquityBot.Chat;
using EquityBot.People;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime.Extensions;

namespace EquityBot.Channels.Slack;

/// <summary>Where a message came from, in our terms.</summary>
/// <param name="Account">The person's user id.</param>
/// <param name="IsNew">Nobody knew the account until now.</param>
/// <param name="IsUnsure">Slack could not be asked who that is: it is not said that we have not met.</param>
sealed record SlackSender(SlackBot Bot, string Account, Phrases Words, bool IsNew, bool IsUnsure)
{
    public Guid Organization => Bot.Organization;

    public IncomingMessage Incoming(string eventId) => new(SlackModule.Channel, Bot.Tenant, Account, eventId);
}

/// <summary>Who is who: members of the workspace whose e-mail address Slack has confirmed are whom the roster gives that address. Guests, strangers of shared channels and bots are nobody's.</summary>
sealed class SlackPeople(SlackApi api, Accounts accounts, EquityStore store, Languages languages, HospitalClock clock)
{
    /// <param name="conversation">The private conversation it was said in, by which answers go; null where it is not known.</param>
    public async Task<SlackSender> SenderAsync(SlackBot bot, string account, string? conversation, CancellationToken ct)
    {
        await using var db = store.For(bot.Organization);
        var words = languages[await db.Set<Organization>().Where(one => one.Id == bot.Organization).Select(one => one.Language).SingleAsync(ct)];
        var address = await db.Set<ChatAddress>().AsNoTracking().SingleOrDefaultAsync(one => one.Channel == SlackModule.Channel && one.Address == account, ct);
        if (address is null)
        {
            var answer = await api.CallAsync(bot, "users.info", [("user", account)], ct, SlackApi.WhileAsked);
            var isNew = answer.IsFine && await LinkAsync(bot, Loose.Part(answer.Body, "user"), account, conversation, ct);
            return new(bot, account, words, isNew, !isNew && answer.Outcome(repeatable: true, null) is SendOutcome.Refused or SendOutcome.Throttled);
        }

        if (new SlackRoute(bot.Tenant, conversation).Write() is var route && conversation is not null && address.Route != route)
        {
            await KeepAsync(bot.Organization, account, route, ct);
        }

        return new(bot, account, words, false, false);
    }

    /// <param name="user">As Slack describes the account.</param>
    public Task<bool> LinkAsync(SlackBot bot, JsonElement user, string account, string? conversation, CancellationToken ct) =>
        accounts.LinkAsync(bot.Organization, SlackModule.Channel, account, EmailsOf(user, account, bot), new SlackRoute(bot.Tenant, conversation).Write(), clock.GetUtcNow().ToInstant(), ct);

    public Task KeepAsync(Guid organization, string account, string route, CancellationToken ct) => store.WriteAsync(
        organization, Urgency.Inbound, db => db.Set<ChatAddress>().Where(one => one.Channel == SlackModule.Channel && one.Address == account).ExecuteUpdateAsync(set => set.SetProperty(one => one.Route, route), ct), ct);

    /// <summary>The handles of people who are named in a text, by their accounts.</summary>
    public async Task<IReadOnlyDictionary<string, string>> HandlesAsync(SlackBot bot, string text, CancellationToken ct)
    {
        var named = SlackText.Named(text).Where(id => id != bot.User).ToList();
        if (named.Count == 0)
        {
            return new Dictionary<string, string>();
        }

        await using var db = store.For(bot.Organization);
        return await (
            from address in db.Set<ChatAddress>()
            join person in db.Set<Person>() on address.PersonId equals person.Id
            where address.Channel == SlackModule.Channel && named.Contains(address.Address)
            select new { address.Address, person.Handle }).ToDictionaryAsync(one => one.Address, one => one.Handle, ct);
    }

    /// <summary>None where Slack itself is not sure whose account that is, or it is another organization's.</summary>
    static HashSet<string> EmailsOf(JsonElement user, string account, SlackBot bot)
    {
        var (profile, enterprise) = (Loose.Part(user, "profile"), Loose.Part(user, "enterprise_user"));
        var isOurs = Loose.Text(user, "id") == account
            && !new[] { "deleted", "is_bot", "is_restricted", "is_ultra_restricted", "is_stranger", "is_invited_user" }.Any(flag => Loose.Part(user, flag).ValueKind == JsonValueKind.True)
            && Loose.Part(user, "is_email_confirmed").ValueKind != JsonValueKind.False
            && (Loose.Text(user, "team_id") is not { } team || team == bot.Tenant || Loose.Text(enterprise, "enterprise_id") == bot.Tenant);
        return isOurs && Loose.Text(profile, "email") is { Length: > 0 } email ? new(StringComparer.OrdinalIgnoreCase) { email } : [];
    }
}
