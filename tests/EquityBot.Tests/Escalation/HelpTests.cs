using EquityBot.Chat;
using EquityBot.Commitments;
using EquityBot.Doubles;
using EquityBot.Escalation;
using EquityBot.People;
using EquityBot.Storage;
using EquityBot.Tests.Given;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace EquityBot.Tests.Escalation;

public class HelpTests
{
    [Theory, OnOneDatabase]
    public async Task Two_offers_of_one_helper_in_one_morning_are_each_answered(Engine engine)
    {
        await using var hospital = await Riverbend.OpenAsync(engine);
        var reference = await hospital.PromisesAsync("dana.reyes", "we'll offer an interpreter at every discharge by June 30");
        await hospital.Store.WriteAsync(hospital.Organization, Urgency.Background, async db =>
        {
            var (owner, helper) = (await db.Set<Person>().SingleAsync(one => one.Handle == "dana.reyes"), await db.Set<Person>().SingleAsync(one => one.Handle == "imani.brooks"));
            var promise = (await db.Set<Commitment>().ToListAsync()).Single(one => one.Ref == reference);
            db.AddRange(Enumerable.Range(1, 2).Select(step => new Notice
            {
                OrganizationId = db.OrganizationId, SubjectId = promise.Id, Ref = reference, Trigger = HelpOffered.Name, Period = $"{step}", RecipientId = owner.Id, Kind = MessageKind.Request, Slot = Slot.Morning,
                Facts = CaseNews.Facts("help-offered", helper), DecidedAt = hospital.Clock.Now, NotBefore = hospital.Clock.Now,
            }));
        }, CancellationToken.None);
        await hospital.PassToAsync(Wiring.Start + Duration.FromMinutes(1));
        var bundle = (await hospital.InboxAsync("dana.reyes")).Single(message => message.Items is not null);
        var declines = Card.FromJson(bundle.Card).Buttons.Where(button => button.Title == "Decline").ToList();
        Assert.Equal(2, declines.Count);
        foreach (var decline in declines)
        {
            Assert.Equal(PressOutcome.Done, (await hospital.HandleAsync(hospital.From("dana.reyes") with { Press = new(bundle.Id, decline.Id, new Dictionary<string, string>()) })).Outcome);
        }

        await hospital.PassToAsync(hospital.Clock.Now);
        Assert.Equal(2, (await hospital.InboxAsync("imani.brooks")).Count(message => PlainText.Of(Card.FromJson(message.Card)).Contains("needs no help with", StringComparison.Ordinal)));
    }
}
