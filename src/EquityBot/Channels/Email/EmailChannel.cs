using EquityBot.Access;
using EquityBot.Chat;
using EquityBot.People;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using NodaTime.Extensions;

namespace EquityBot.Channels.Email;

/// <summary>
/// Brings messages to people by mail, with a one-time link to a page where the same card stands with its buttons. Issuing that link is the one thing it
/// writes; the request itself is <see cref="SmtpPost"/>.
/// </summary>
sealed class EmailChannel(SmtpPost post, SmtpSettings settings, Links links, EquityStore store, Languages languages, HospitalClock clock) : IChannel, ILinkSender
{
    public string Name => EmailAddresses.Channel;

    /// <summary>Mail programs show two mails with one Message-ID as two.</summary>
    public bool IsIdempotentByMessageId => false;

    public async Task<SendOutcome> SendAsync(RenderedMessage message, CancellationToken ct)
    {
        var (link, until, organization) = await store.WriteAsync(message.OrganizationId, Urgency.Background, db => IssueAsync(db, message.MessageId, ct), ct);
        var letter = Letter.Of(message.Card, message.Preview, link, Words(organization).DayAndYear(until), organization.Name, Words(organization));
        var outcome = await post.SendAsync(message.Address, letter, message.MessageId, ct);
        if (outcome is SendOutcome.Refused or SendOutcome.Permanent)
        {
            await links.ForgetAsync(message.OrganizationId, link, ct);
        }

        return outcome;
    }

    async Task<(Uri Link, LocalDate Until, Organization Organization)> IssueAsync(EquityDb db, Guid message, CancellationToken ct)
    {
        var roster = await Roster.LoadAsync(db, ct);
        var person = roster[await db.Set<Message>().Where(one => one.Id == message).Select(one => one.PersonId).SingleAsync(ct)];
        var link = await links.IssueAsync(db, person.Id, MessagePage.PathOf(message), settings.LinkLifetime, ct);
        return (link, roster.TodayOf(person, clock.GetUtcNow().ToInstant() + settings.LinkLifetime), roster.Organization);
    }

    Phrases Words(Organization organization) => languages[organization.Language];

    public bool Sends(string opens) => MessagePage.IdIn(opens) is not null;

    /// <summary>The same message again, as it stands now, with a link that still works.</summary>
    public async Task<bool> SendAsync(OneTimeLink earlier, CancellationToken ct)
    {
        await using var db = store.For(earlier.OrganizationId);
        var id = MessagePage.IdIn(earlier.Opens);
        var message = await db.Set<Message>().AsNoTracking().SingleOrDefaultAsync(one => one.Id == id && one.PersonId == earlier.PersonId, ct);
        var address = await db.Set<ChatAddress>().AsNoTracking().SingleOrDefaultAsync(one => one.PersonId == earlier.PersonId && one.Channel == Name, ct);
        if (message is null || address is null)
        {
            return false;
        }

        var card = Card.FromJson(message.Card);
        return await SendAsync(new RenderedMessage(earlier.OrganizationId, message.Id, address.Address, card, PlainText.Of(card), message.Preview), ct) is SendOutcome.Sent or SendOutcome.Unknown;
    }
}
