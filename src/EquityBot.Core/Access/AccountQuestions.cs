using System.Text.Json;
using EquityBot.Chat;
using EquityBot.People;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime.Extensions;

namespace EquityBot.Access;

/// <summary>Asks people, where they are known already, whether an account is theirs of which its platform is not sure.</summary>
public sealed class AccountQuestions(EquityStore store, Catalogue catalogue, Subjects subjects, Languages languages, HospitalClock clock, IEnumerable<IChannel> channels)
{
    const int LongestName = 80;

    readonly HashSet<string> reached = [.. channels.Select(one => one.Name)];

    /// <param name="name">What the account calls itself; shown to whoever is asked.</param>
    /// <param name="emails">That the platform has for it.</param>
    /// <returns>Whether somebody has been asked, now or before; they are asked once about each account.</returns>
    public Task<bool> AskAsync(Guid organization, string channel, string account, string name, IReadOnlySet<string> emails, string? route, CancellationToken ct) =>
        emails.Count == 0 ? Task.FromResult(false) : store.WriteAsync(organization, Urgency.Inbound, async db =>
        {
            // The same stranger may write twice at once.
            await db.Set<Organization>().Where(one => one.Id == organization).ForUpdate().SingleAsync(ct);
            var (roster, now) = (await Roster.LoadAsync(db, ct), clock.GetUtcNow().ToInstant());
            if (roster.People.Where(one => emails.Contains(one.Email) && !one.HasLeftBy(roster.TodayOf(one, now))).ToList() is not [var person])
            {
                return false;
            }

            var addresses = await db.Set<ChatAddress>().AsNoTracking().Where(one => one.PersonId == person.Id).OrderBy(one => one.Rank).ToListAsync(ct);
            if (addresses.Any(one => one.Channel == channel) || addresses.FirstOrDefault(one => reached.Contains(one.Channel)) is not { } where)
            {
                return false;
            }

            var values = new Dictionary<string, string> { [ConnectAccount.Channel] = channel, [ConnectAccount.Account] = account, [ConnectAccount.Route] = route ?? "" };
            var verb = catalogue.Command("connect-account");
            var before = await db.Set<ButtonRecord>().Where(one => one.PersonId == person.Id && one.Verb == verb.Verb).Select(one => one.Values).ToListAsync(ct);
            if (before.Select(one => JsonSerializer.Deserialize<Dictionary<string, string>>(one)!).Any(one => one.GetValueOrDefault(ConnectAccount.Channel) == channel && one.GetValueOrDefault(ConnectAccount.Account) == account))
            {
                return true;
            }

            var reader = new Reader(person, roster, languages[roster.Organization.Language], now, catalogue, subjects);
            var words = reader.Words;
            var shown = string.Concat(name.Where(letter => !char.IsControl(letter)).Take(LongestName));
            var card = new Card(
                words["connect.title"],
                new Words(words["connect.words", ("channel", words[$"channel.{channel}"]), ("name", shown)]),
                new Quiet(words["connect.otherwise"]),
                new ButtonRow([verb.ButtonFor(null, new Offer(words["connect.button"]) { Values = values }) with { Primary = true }]));
            var message = Conversation.Compose(db, reader, card, MessageKind.Request, null, null, null, null);
            db.Add(Delivery.Reply(message, reader.Today, where.Channel));
            return true;
        }, ct);
}
