using System.Text.Json;
using EquityBot.Access;
using EquityBot.Chat;
using EquityBot.People;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime.Extensions;

namespace EquityBot.Channels.Slack;

/// <summary>Where a message came from, in our terms.</summary>
/// <param name="Account">The person's user id.</param>
/// <param name="IsNew">Nobody knew the account until now.</param>
/// <param name="IsUnsure">Slack cannot be asked now who that is: it is not said that we have not met.</param>
sealed record SlackSender(SlackBot Bot, string Account, Phrases Words, bool IsNew, bool IsUnsure)
{
    /// <summary>Slack does not let us ask.</summary>
    public const string Barred = "slack.barred";

    /// <summary>Why the account is nobody's, as the name of a phrase; null where nobody is known to have it.</summary>
    public string? Why { get; init; }

    /// <summary>What is said to an account that is nobody's.</summary>
    public Card Stranger => Why switch
    {
        null => LinkAccount.Card(Words),
        Barred => new(Words["slack.barred-title"], new Words(Words[Why])),
        _ => new(Words["stranger.title"], new Words(Words[Why])),
    };

    public Guid Organization => Bot.Organization;

    public IncomingMessage Incoming(string eventId) => new(SlackModule.Channel, Bot.Tenant, Account, eventId) { Organization = Organization };
}

/// <summary>Who is who: members of the workspace whose e-mail address Slack has confirmed are whom the roster gives that address. Of guests and of those whose address it has not confirmed the person is asked, where they are known already; strangers of shared channels and bots are nobody's.</summary>
sealed class SlackPeople(SlackApi api, Accounts accounts, AccountQuestions questions, EquityStore store, Languages languages, HospitalClock clock)
{
    /// <param name="conversation">The private conversation it was said in, by which answers go; null where it is not known.</param>
    public async Task<SlackSender> SenderAsync(SlackBot bot, string account, string? conversation, CancellationToken ct)
    {
        var (language, address) = await accounts.FindAsync(bot.Organization, SlackModule.Channel, account, ct);
        var words = languages[language];
        if (address is null)
        {
            var answer = await api.CallAsync(bot, "users.info", [("user", account)], ct, SlackApi.WhileAsked);
            var isNew = answer.IsFine && await LinkAsync(bot, Loose.Part(answer.Body, "user"), account, conversation, ct);
            var isUnsure = !answer.IsFine && !answer.IsForbidden && answer.Error is not ("user_not_found" or "user_not_visible");
            return new(bot, account, words, isNew, isUnsure)
            {
                Why = answer.IsForbidden ? SlackSender.Barred
                    : isNew || !answer.IsFine ? null
                    : await AskAsync(bot, Loose.Part(answer.Body, "user"), account, conversation, ct) ? "slack.asked" : null,
            };
        }

        var route = new SlackRoute(bot.Tenant, conversation);
        if (conversation is not null && address.Route != route.Write())
        {
            await route.KeepAsync(store, bot.Organization, account, ct);
        }

        return new(bot, account, words, false, false);
    }

    /// <param name="user">As Slack describes the account.</param>
    public Task<bool> LinkAsync(SlackBot bot, JsonElement user, string account, string? conversation, CancellationToken ct) =>
        accounts.LinkAsync(bot.Organization, SlackModule.Channel, account, EmailsOf(user, account, bot), new SlackRoute(bot.Tenant, conversation).Write(), clock.GetUtcNow().ToInstant(), ct);

    /// <summary>Guests of the workspace, and members whose address Slack has not confirmed.</summary>
    Task<bool> AskAsync(SlackBot bot, JsonElement user, string account, string? conversation, CancellationToken ct) => questions.AskAsync(
        bot.Organization, SlackModule.Channel, account, Loose.Text(Loose.Part(user, "profile"), "real_name") ?? Loose.Text(user, "name") ?? account,
        IsMember(user, account, bot) ? EmailOf(user) : [], new SlackRoute(bot.Tenant, conversation).Write(), ct);

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
    static HashSet<string> EmailsOf(JsonElement user, string account, SlackBot bot) =>
        IsMember(user, account, bot) && !Is(user, "is_restricted") && !Is(user, "is_ultra_restricted") && Loose.Part(user, "is_email_confirmed").ValueKind != JsonValueKind.False ? EmailOf(user) : [];

    /// <summary>A person's account of this very workspace, guests included.</summary>
    static bool IsMember(JsonElement user, string account, SlackBot bot) => Loose.Text(user, "id") == account
        && !new[] { "deleted", "is_bot", "is_stranger", "is_invited_user" }.Any(flag => Is(user, flag))
        && (Loose.Text(user, "team_id") is not { } team || team == bot.Tenant || Loose.Text(Loose.Part(user, "enterprise_user"), "enterprise_id") == bot.Tenant);

    static bool Is(JsonElement user, string flag) => Loose.Part(user, flag).ValueKind == JsonValueKind.True;

    static HashSet<string> EmailOf(JsonElement user) => Loose.Text(Loose.Part(user, "profile"), "email") is { Length: > 0 } email ? new(StringComparer.OrdinalIgnoreCase) { email } : [];
}
