using System.Globalization;
using EquityBot.Chat;
using EquityBot.Commitments;
using EquityBot.Digests;
using EquityBot.Doubles;
using EquityBot.Escalation;
using EquityBot.Escalation.Auditing;
using EquityBot.People;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Xunit.Abstractions;

namespace EquityBot.Tests.Tales;

/// <summary>
/// The preview cannot lie: at a random moment of a random story, after people did what they did, it says who will hear what and when if nobody does anything
/// more; then nobody does, the engine runs, and every message is compared, to the minute. <c>EQUITYBOT_SOAK=1</c> tells many, <c>EQUITYBOT_SEED</c> one.
/// </summary>
public sealed class ForesightTests(ITestOutputHelper output)
{
    static readonly bool Soaks = Environment.GetEnvironmentVariable("EQUITYBOT_SOAK") == "1";

    [Fact]
    public async Task What_the_preview_says_is_what_the_engine_does()
    {
        var given = int.TryParse(Environment.GetEnvironmentVariable("EQUITYBOT_SEED"), CultureInfo.InvariantCulture, out var seed);
        var messages = 0;
        for (var number = 0; number < (given ? 1 : Soaks ? 100 : 4); number++)
        {
            var story = RandomStory.Of(given ? seed : Soaks ? Random.Shared.Next() : 100 + number) with { Outages = [] };
            messages += await CompareAsync(story, number % 2 == 0 ? Engine.Sqlite : Engine.Postgres);
        }

        output.WriteLine($"{messages} messages foreseen");
        Assert.True(given || messages > 20, $"Only {messages} messages were foreseen.");
    }

    static async Task<int> CompareAsync(RandomStory story, Engine engine)
    {
        Console.WriteLine($"Preview of EQUITYBOT_SEED={story.Seed} on {engine}");
        var random = new Random(story.Seed);
        await using var telling = await Telling.OpenAsync(story, engine);
        var moment = story.Town.Start + Duration.FromMinutes(random.Next(60, (int)((story.Town.End - story.Town.Start).TotalMinutes * 0.8)));
        await telling.JumpToAsync(moment);

        // What a preview leaves out: digests, statements, and what is offered to others of somebody who leaves.
        await telling.Store.WriteAsync(telling.Organization, Urgency.Background, db => db.Set<Departure>().ExecuteUpdateAsync(set => set.SetProperty(one => one.LookAt, (Instant?)null)), CancellationToken.None);
        await telling.Store.WriteAsync(telling.Organization, Urgency.Background, db => db.Set<DigestWatch>().ExecuteDeleteAsync(), CancellationToken.None);
        await telling.Store.WriteAsync(telling.Organization, Urgency.Background, db => db.Set<AuditWatch>().ExecuteUpdateAsync(set => set.SetProperty(one => one.StatementAt, story.Town.End + Duration.FromDays(1))), CancellationToken.None);
        var actions = telling.Get<IEnumerable<IEscalationAction>>().ToDictionary(action => action.Kind);
        Preview preview;
        await using (var db = telling.Read())
        {
            var roster = await Roster.LoadAsync(db, CancellationToken.None);
            preview = await Preview.OfAsync(db, actions, PreviewScope.Everything, roster, moment, story.Town.End, null, CancellationToken.None);
        }

        await telling.JumpIdlyToAsync(story.Town.End);
        var people = preview.Roster.People.ToDictionary(one => one.Id, one => one.Handle);
        var foreseen = preview.Messages.Select(one => $"{one.At} {people[one.RecipientId]} {one.Trigger} {one.Kind} {Promise(one.About)} {one.Step}").Order(StringComparer.Ordinal).ToList();
        var happened = await HappenedAsync(telling, moment, people);
        Assert.True(foreseen.SequenceEqual(happened), $"""
            EQUITYBOT_SEED={story.Seed}, seen from {moment}
            only foreseen:
            {string.Join('\n', foreseen.Except(happened))}
            only happened:
            {string.Join('\n', happened.Except(foreseen))}
            {story}
            """);
        return foreseen.Count;
    }

    static async Task<IReadOnlyList<string>> HappenedAsync(Telling telling, Instant moment, Dictionary<Guid, string> people)
    {
        await using var db = telling.Read();
        var sent = await (
            from notice in db.Set<Notice>()
            join delivery in db.Set<Delivery>() on notice.DeliveryId equals delivery.Id
            where delivery.State == DeliveryState.Sent && delivery.SentAt > moment && notice.Slot == Slot.Morning && notice.Kind != MessageKind.Digest
            select new { notice, delivery.SentAt }).ToListAsync();
        return [.. sent.Select(one => $"{one.SentAt} {people[one.notice.RecipientId]} {one.notice.Trigger} {one.notice.Kind} {Promise(one.notice.Ref)} {one.notice.Step}").Order(StringComparer.Ordinal)];
    }

    /// <summary>Numbers of cases that open at the same moment are given out in either order.</summary>
    static string Promise(string reference) => reference[0] == 'E' ? "a silent department" : reference;
}
