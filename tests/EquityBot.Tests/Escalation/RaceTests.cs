using System.Globalization;
using EquityBot.Chat;
using EquityBot.Commitments;
using EquityBot.Doubles;
using EquityBot.Escalation;
using EquityBot.Storage;
using EquityBot.Tests.Given;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Xunit.Abstractions;

namespace EquityBot.Tests.Escalation;

/// <summary>The engine escalates and the owner answers in the same moment. What was said to whom, and in which order, is judged by what the stand-in took.</summary>
public sealed class RaceTests(ITestOutputHelper output)
{
    const string News = "was due Friday, February 27";
    const string Correction = "changed while the last message was on its way";
    static readonly bool Soaks = Environment.GetEnvironmentVariable("EQUITYBOT_SOAK") == "1";

    // D2, shortened; a thousand rounds under EQUITYBOT_SOAK=1, and others than last time.
    [Theory, OnBothDatabases]
    public async Task Done_and_the_escalation_of_the_same_promise_come_in_either_order_and_nothing_escalates_after_done(Engine engine)
    {
        const int Together = 20;
        var rounds = Soaks ? 1000 : 40;
        var seed = int.TryParse(Environment.GetEnvironmentVariable("EQUITYBOT_SEED"), CultureInfo.InvariantCulture, out var given) ? given : Soaks ? Random.Shared.Next() : 1;
        Console.WriteLine($"Done against the engine on {engine}: EQUITYBOT_SEED={seed}");
        var random = new Random(seed);
        await using var burst = await Burst.OpenAsync(engine, rounds);
        burst.StandIn.Script = arrival => new Answer(Delay: TimeSpan.FromMilliseconds(arrival.Number % 7 * 3));
        var done = new Answered[rounds];
        for (var first = 0; first < rounds; first += Together)
        {
            await burst.MissAsync(first, Together);
            await RaceAsync(burst, [.. Enumerable.Range(first, Together)], random, done);
        }

        var orders = Enumerable.Range(0, rounds).GroupBy(person => OrderOf(burst, person, done[person].Requests)).ToDictionary(same => same.Key, same => same.Count());
        var near = burst.StandIn.Taken.Count(one => one.Text.Contains(News, StringComparison.Ordinal) && done[int.Parse(one.To[1..], CultureInfo.InvariantCulture)].IsNear(one.At));
        output.WriteLine($"{string.Join(", ", orders.OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => $"{one.Value} {one.Key}"))}; {near} of those told within 10 ms of saying it");
        Assert.True(orders.GetValueOrDefault(DoneFirst) > 0 && orders.Where(one => one.Key != DoneFirst).Sum(one => one.Value) > 0, "The rounds tell only one order.");

        // The claim holds the case, and for two days more nobody hears of it.
        var taken = burst.StandIn.Taken.Count;
        foreach (var day in new[] { 1, 2 })
        {
            burst.Clock.Now = Wiring.Start + Duration.FromDays(day);
            await burst.UntilQuietAsync();
        }

        Assert.Equal(taken, burst.StandIn.Taken.Count);
        await using var db = burst.Read();
        Assert.Equal([CommitmentStatus.DoneUnconfirmed], await db.Set<Commitment>().Select(one => one.Status).Distinct().ToListAsync());
        Assert.All(await db.Set<EscalationCase>().Where(one => one.ClosedAt == null).ToListAsync(), one => Assert.True(one is { HeldSince: not null, NextAt: null, Pending: null }, $"{one.Ref} is {one.Status}, next at {one.NextAt}"));
    }

    /// <summary>The engine runs until all have said that they are done, some at once, the others when so many messages have left; and until it is quiet again.</summary>
    static async Task RaceAsync(Burst burst, int[] people, Random random, Answered[] done)
    {
        random.Shuffle(people);
        var (before, patience) = (burst.StandIn.Requests, people.ToDictionary(person => person, _ => Math.Max(0, random.Next(-people.Length / 2, people.Length))));
        var start = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var quiet = false;
        var speakers = people.Chunk(5).Select(own => Task.Run(async () =>
        {
            await start.Task;
            using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(1));
            foreach (var person in own.OrderBy(person => patience[person]))
            {
                while (burst.StandIn.Requests < before + patience[person] && !Volatile.Read(ref quiet))
                {
                    await pause.WaitForNextTickAsync();
                }

                var said = burst.StandIn.Elapsed;
                await burst.SaysAsync(person, $"done C-{person + 1}");
                done[person] = new(said, burst.StandIn.Elapsed, burst.StandIn.Requests);
            }
        })).ToList();
        start.SetResult();
        while (speakers.Any(one => !one.IsCompleted))
        {
            await burst.UntilQuietAsync();
            Volatile.Write(ref quiet, true);
        }

        await Task.WhenAll(speakers);
        await burst.UntilQuietAsync();
    }

    /// <summary>When somebody said that it is done, when they had the answer, and how many messages had left by then.</summary>
    sealed record Answered(TimeSpan From, TimeSpan To, int Requests)
    {
        public bool IsNear(TimeSpan at) => at > From - TimeSpan.FromMilliseconds(10) && at < To + TimeSpan.FromMilliseconds(10);
    }

    const string DoneFirst = "never told";

    /// <summary>Which of the two came first; whoever was told after they had their answer must have heard a correction.</summary>
    static string OrderOf(Burst burst, int person, int requestsAtDone)
    {
        var taken = burst.TakenBy(person);
        var told = taken.Where(one => one.Text.Contains(News, StringComparison.Ordinal)).ToList();
        if (told.Count == 0)
        {
            return DoneFirst;
        }

        var news = Assert.Single(told);
        var corrected = taken.Any(one => one.Number > news.Number && one.Text.Contains(Correction, StringComparison.Ordinal) && one.Text.Contains($"C-{person + 1} ", StringComparison.Ordinal));
        Assert.True(news.Number <= requestsAtDone || corrected, $"p{person} said done, had the answer, and was escalated to: {news.Text}");
        return corrected ? "told, then corrected" : "told before";
    }

    const string Acknowledges = "acknowledge C-1 by 2026-03-20 because the contract is late, need a signature";

    // D3: before the last look it is called off, as late as between the claim and that look.
    [Theory, OnBothDatabases]
    public async Task Whoever_acknowledges_between_the_decision_and_the_last_look_is_not_escalated_to(Engine engine)
    {
        await using var burst = await Burst.OpenAsync(engine, 2);
        await burst.MissAsync(0, 2);
        await burst.DecideAsync();
        await burst.SaysAsync(1, Acknowledges.Replace("C-1", "C-2", StringComparison.Ordinal));
        var (town, mailroom, people) = (burst.Town, burst.Get<Mailroom>(), burst.Town.People);
        await town.Store.WriteAsync(town.Organization, Urgency.Background, db => burst.Get<Bundler>().GatherAsync(db, people, burst.Clock.Now, holdsMornings: false, CancellationToken.None), CancellationToken.None);
        var claims = await mailroom.ClaimAsync(town.Organization, StandInChannel.Channel, 16, [], burst.Clock.Now, burst.Clock.Now + Duration.FromSeconds(30), CancellationToken.None);
        Assert.Equal(people[0], Assert.Single(claims).Conversation);

        await burst.SaysAsync(0, Acknowledges);
        Assert.Empty((await mailroom.StartAsync(claims, burst.Clock.Now, burst.Clock.Now + Duration.FromSeconds(30), CancellationToken.None)).Leaving);
        await burst.UntilQuietAsync();
        burst.Clock.Now += Duration.FromDays(2);
        await burst.UntilQuietAsync();
        Assert.Equal(0, burst.StandIn.Requests);
        await using var db = burst.Read();
        Assert.Equal([DeliveryState.Superseded], await db.Set<Delivery>().Where(one => one.RecipientId == people[0]).Select(one => one.State).ToListAsync());
        Assert.All(await db.Set<EscalationCase>().ToListAsync(), one => Assert.Equal((CaseStatus.Acknowledged, null), (one.Status, one.Pending)));
    }

    // D3: after the last look a correction follows.
    [Theory, OnBothDatabases]
    public async Task Whoever_acknowledges_while_the_message_is_on_its_way_hears_at_once_how_it_stands_now(Engine engine)
    {
        await using var burst = await Burst.OpenAsync(engine, 1);
        await burst.MissAsync(0, 1);
        await burst.DecideAsync();
        burst.StandIn.Hold();
        var sending = burst.Get<Postman>().RunAsync(CancellationToken.None);
        await burst.StandIn.TookAsync(1, TimeSpan.FromSeconds(15));
        await burst.SaysAsync(0, Acknowledges);
        burst.StandIn.Release();
        await sending;
        await burst.UntilQuietAsync();
        IsCorrected(burst);
    }

    // D3: two transactions at once, so PostgreSQL alone: the one that looks has read what its messages are about, and the answer commits before it has come to this message, or after it has.
    [Theory]
    [InlineData(Slot.Now)]
    [InlineData(Slot.Morning)]
    public async Task Whoever_acknowledges_during_the_last_look_hears_the_correction(Slot others)
    {
        Burst? burst = null;
        var answers = Acknowledges;
        await using (burst = await Burst.OpenAsync(Engine.Postgres, 2, () =>
        {
            if (Interlocked.Exchange(ref answers, null) is { } answer)
            {
                burst!.SaysAsync(0, answer).GetAwaiter().GetResult();
            }
        }))
        {
            await burst.MissAsync(0, 1);
            var (town, now) = (burst.Town, burst.Clock.Now);
            await town.Store.WriteAsync(town.Organization, Urgency.Background, db =>
            {
                db.Add(new Notice
                {
                    OrganizationId = town.Organization, SubjectId = town.People[1], Ref = "", Trigger = NodeWriter.Name, Period = "1", RecipientId = town.People[1], Kind = MessageKind.Task, Slot = others,
                    Facts = "beside it", DecidedAt = now, NotBefore = now,
                });
                return Task.CompletedTask;
            }, CancellationToken.None);
            await burst.UntilQuietAsync();
            Assert.Null(answers);
            Assert.Single(burst.TakenBy(1));

            // Where the answer took so long that the look ended before this message, the next look saw it, and there was nothing to correct.
            if (burst.TakenBy(0).Count > 0)
            {
                IsCorrected(burst);
            }
        }
    }

    static void IsCorrected(Burst burst)
    {
        var taken = burst.TakenBy(0);
        Assert.Equal(2, taken.Count);
        Assert.Contains(News, taken[0].Text, StringComparison.Ordinal);
        Assert.Contains(Correction, taken[1].Text, StringComparison.Ordinal);
        Assert.Contains("Friday, March 20", taken[1].Text, StringComparison.Ordinal);
    }
}
