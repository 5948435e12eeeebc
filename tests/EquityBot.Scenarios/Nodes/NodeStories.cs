using EquityBot.Chat;
using EquityBot.Doubles;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace EquityBot.Scenarios.Nodes;

/// <summary>Several nodes, killed, paused and stopped. Who got what is judged by what the stand-in took, never by our own tables.</summary>
public sealed class NodeStories
{
    const int Open = 16;
    static readonly bool Soaks = Environment.GetEnvironmentVariable("EQUITYBOT_SOAK") == "1";
    static readonly int Many = Soaks ? 200 : 40;

    /// <summary>A lease of thirty seconds, ten times as fast, and five seconds; and the patience of a slow machine.</summary>
    static readonly TimeSpan LeaseAndFive = TimeSpan.FromSeconds(8 + 20);

    static readonly TimeSpan HalfTheRhythm = TimeSpan.FromSeconds(24);

    // R1
    [Theory]
    [InlineData("claim")]
    [InlineData("before")]
    [InlineData("during")]
    [InlineData("after")]
    public async Task Killed_at_this_point_nothing_is_lost_and_nothing_is_said_twice_unmarked(string point)
    {
        await using var installation = await Installation.OpenAsync(Many);
        if (point == "during")
        {
            installation.StandIn.Hold();
        }

        var doomed = await installation.StartAsync(point);
        await installation.Town.TellAsync(Many, Installation.Now);
        await (point == "during" ? installation.StandIn.TookAsync(Open, LeaseAndFive) : doomed.ReachedAsync());
        await doomed.KillAsync();
        installation.StandIn.Release();

        await using var heir = await installation.StartAsync();
        await installation.AllEndAsync(Many, LeaseAndFive);
        var unknown = (await installation.DeliveriesAsync()).Count(one => one.State == DeliveryState.Unknown);
        Assert.All(installation.Copies().Values, copies => Assert.Equal(1, copies));
        if (point == "claim")
        {
            Assert.Equal((Many, 0), (installation.StandIn.Taken.Count, unknown));
            return;
        }

        // What may have arrived is followed up the next morning, in words that say so, and never before.
        Assert.InRange(unknown, 1, Open + 5);
        await heir.TerminateAsync();
        await installation.StartAsync(hoursAhead: 24);
        await installation.AllEndAsync(Many + unknown, LeaseAndFive);
        Assert.Equal(Many, installation.Copies().Count);
        Assert.Equal(unknown, installation.StandIn.Taken.Count(one => one.Text.Contains("already", StringComparison.Ordinal)));
        Assert.All(installation.StandIn.Taken.GroupBy(one => one.To), own => Assert.InRange(own.Count(one => !one.Text.Contains("already", StringComparison.Ordinal)), 0, 1));
    }

    // R2, shortened; whole under EQUITYBOT_SOAK=1.
    [Fact]
    public async Task Killed_again_and_again_in_a_burst_everything_comes_to_an_end_and_nobody_hears_twice()
    {
        var (people, kills) = Soaks ? (10_000, 50) : (400, 4);
        var seed = Random.Shared.Next();
        Console.WriteLine($"EQUITYBOT_SEED={seed}");
        var random = new Random(seed);
        await using var installation = await Installation.OpenAsync(people);
        installation.StandIn.Script = _ => new Answer(Delay: TimeSpan.FromMilliseconds(random.Next(20)));
        await installation.Town.TellAsync(people, Installation.Now);
        for (var kill = 1; kill <= kills; kill++)
        {
            var doomed = await installation.StartAsync();
            await installation.StandIn.TookAsync(people * kill / (kills + 2), TimeSpan.FromMinutes(1));
            await doomed.KillAsync();
        }

        await installation.StartAsync();
        await installation.AllEndAsync(people, TimeSpan.FromMinutes(2));
        Assert.All(installation.Copies().Values, copies => Assert.Equal(1, copies));
        var deliveries = await installation.DeliveriesAsync();
        Assert.InRange(deliveries.Count(one => one.State == DeliveryState.Unknown), 0, kills * (Open + 5));
        Assert.Equal(people, deliveries.Count);
        Assert.True(installation.Copies().Count >= deliveries.Count(one => one.State == DeliveryState.Sent));
    }

    // R3
    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public async Task Nodes_beside_one_another_decide_and_send_everything_once(int nodes)
    {
        const int People = 40;
        var promises = Soaks ? 10_000 : 400;
        await using var installation = await Installation.OpenAsync(People);
        await installation.Town.PromiseAsync(promises, Installation.Now);
        var running = await Task.WhenAll(Enumerable.Range(0, nodes).Select(_ => installation.StartAsync(times: 1)));
        await installation.StandIn.TookAsync(People, TimeSpan.FromMinutes(Soaks ? 5 : 2));
        await installation.AllEndAsync(People, LeaseAndFive);

        // One bundle each, and in the bundles every promise once.
        Assert.Equal(People, installation.StandIn.Taken.Count);
        Assert.Equal(People, installation.Copies().Count);
        var references = installation.StandIn.Taken.SelectMany(one => System.Text.RegularExpressions.Regex.Matches(one.Text, @"room (\d+)").Select(match => match.Groups[1].Value)).ToList();
        Assert.Equal(promises, references.Count);
        Assert.Equal(promises, references.Distinct().Count());
        var trouble = running.SelectMany(node => node.Said).Where(line => line.Contains(" ERR ", StringComparison.Ordinal) || line.Contains("deadlock", StringComparison.OrdinalIgnoreCase)).ToList();
        Assert.True(trouble.Count == 0, string.Join('\n', trouble));
        Assert.Equal($"{nodes}", await installation.ScalarAsync("SELECT count(DISTINCT instance_name) FROM qrtz_scheduler_state"));
    }

    // G9, without its figures: far sooner than the next ring, which is a minute away.
    [Fact]
    public async Task What_falls_due_between_two_rings_of_the_bell_does_not_wait_for_the_next()
    {
        await using var installation = await Installation.OpenAsync(3);
        var town = installation.Town;
        await installation.StartAsync(times: 1, pace: 1);
        await (town with { People = [town.People[0]] }).PromiseAsync(1, Installation.Now);
        await installation.StandIn.TookAsync(1, HalfTheRhythm);

        // One that is due when it is written, and one a little later, which nobody writes anything at.
        await (town with { People = [town.People[1]] }).PromiseAsync(1, Installation.Now);
        await installation.StandIn.TookAsync(2, HalfTheRhythm);
        await (town with { People = [town.People[2]] }).PromiseAsync(1, Installation.Now + Duration.FromSeconds(3));
        await installation.StandIn.TookAsync(3, HalfTheRhythm / 2);
    }

    // R4
    [Fact]
    public async Task A_node_that_was_paused_comes_back_too_late_and_is_refused()
    {
        await using var installation = await Installation.OpenAsync(Many);
        installation.StandIn.Hold();
        var paused = await installation.StartAsync();
        await installation.Town.TellAsync(Many, Installation.Now);
        await installation.StandIn.TookAsync(Open, LeaseAndFive);
        await paused.PauseAsync();
        installation.StandIn.Release();
        await installation.StartAsync();
        await installation.AllEndAsync(Many, LeaseAndFive);
        var before = installation.StandIn.Requests;
        Assert.Equal(Open, (await installation.DeliveriesAsync()).Count(one => one.State == DeliveryState.Unknown));

        await paused.ResumeAsync();
        await SaysAsync(paused, "was taken over", Open);
        Assert.Equal(before, installation.StandIn.Requests);
        Assert.Equal(Open, (await installation.DeliveriesAsync()).Count(one => one.State == DeliveryState.Unknown));
        Assert.All(installation.Copies().Values, copies => Assert.Equal(1, copies));
    }

    static async Task SaysAsync(NodeProcess node, string words, int times)
    {
        using var patience = new CancellationTokenSource(LeaseAndFive);
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (node.Said.Count(line => line.Contains(words, StringComparison.Ordinal)) < times)
        {
            await pause.WaitForNextTickAsync(patience.Token);
        }
    }

    // R11
    [Fact]
    public async Task A_message_that_kills_whoever_composes_it_is_given_up_after_three_processes_and_the_others_arrive()
    {
        await using var installation = await Installation.OpenAsync(10);
        await installation.Town.TellAsync(10, Installation.Now, number => number == 4 ? NodeWriter.Kills : "news");
        for (var death = 1; death <= 3; death++)
        {
            await (await installation.StartAsync()).ExitedAsync();
        }

        await using var last = await installation.StartAsync();
        await installation.AllEndAsync(10, LeaseAndFive);
        Assert.False(last.HasExited);

        // What was on its way when a process died may or may not have arrived; everything else has.
        var deliveries = await installation.DeliveriesAsync();
        Assert.InRange(deliveries.Count(one => one.State == DeliveryState.Sent), 9 - 3, 9);
        Assert.All(deliveries.Where(one => one.State != DeliveryState.Sent && one.State != DeliveryState.Failed), one => Assert.Equal(DeliveryState.Unknown, one.State));
        Assert.All(installation.Copies().Values, copies => Assert.Equal(1, copies));
        var given = Assert.Single(deliveries, one => one.State == DeliveryState.Failed);
        Assert.Equal((3, "processes died composing it"), (given.Losses, given.Reason));
    }

    // R23
    [Fact]
    public async Task Stopped_politely_in_a_burst_it_hands_back_what_it_has_and_leaves_no_lease()
    {
        await using var installation = await Installation.OpenAsync(200);
        installation.StandIn.Script = _ => new Answer(Delay: TimeSpan.FromMilliseconds(50));
        await installation.Town.TellAsync(200, Installation.Now);
        var node = await installation.StartAsync();
        await installation.StandIn.TookAsync(40, LeaseAndFive);
        var since = System.Diagnostics.Stopwatch.GetTimestamp();
        Assert.Equal(0, await node.TerminateAsync());
        Assert.InRange(System.Diagnostics.Stopwatch.GetElapsedTime(since), TimeSpan.Zero, TimeSpan.FromSeconds(30));
        var left = await installation.DeliveriesAsync();
        Assert.DoesNotContain(left, one => one.LeaseUntil is not null || one.State is DeliveryState.Claimed or DeliveryState.Sending or DeliveryState.Unknown);
        Assert.Equal(installation.StandIn.Taken.Count, left.Count(one => one.State == DeliveryState.Sent));
        Assert.InRange(installation.StandIn.Taken.Count, 40, 199);
    }
}
