using EquityBot.Chat;
using EquityBot.Doubles;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;

namespace EquityBot.Scenarios.Nodes;

/// <summary>Machines that disagree about what time it is, by less than the product puts up with.</summary>
public sealed class ClockStories
{
    const int People = 16;
    const int Ahead = 90;
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    // T5
    [Fact]
    public async Task Two_nodes_ninety_seconds_apart_do_what_one_node_does()
    {
        var alone = await EffectsAsync([0]);
        Assert.Equal(2 * People, alone.Count(effect => effect.StartsWith("took", StringComparison.Ordinal)));
        Assert.Equal(alone, await EffectsAsync([0, Ahead]));
    }

    /// <summary>Everything decided, sent and written down, without ids and times. Each answer takes as long as three polls, so that every node sees what the others have in hand.</summary>
    static async Task<List<string>> EffectsAsync(int[] clocks)
    {
        await using var installation = await Installation.OpenAsync(People);
        installation.StandIn.Script = _ => new Answer(Delay: TimeSpan.FromMilliseconds(1500));
        await installation.Town.PromiseAsync(3 * People, Installation.Now);
        await Task.WhenAll(clocks.Select(ahead => installation.StartAsync(times: 1, secondsAhead: ahead)));
        await installation.StandIn.TookAsync(People, Patience);
        await installation.Town.TellAsync(People, Installation.Now);
        await installation.AllEndAsync(2 * People, Patience);
        await using var everywhere = installation.Store.AcrossOrganizations();
        string[] effects =
        [
            .. installation.StandIn.Taken.Select(one => $"took {one.To}: {string.Join(' ', one.Text.Split('\n').Order(StringComparer.Ordinal))}"),
            .. (await everywhere.Rows<Delivery>().ToListAsync()).Select(one => $"delivery {one.Slot.Split(':')[0]} {one.State} after {one.Attempts}, lost {one.Losses}"),
            .. (await everywhere.Rows<Notice>().ToListAsync()).Select(one => $"notice {one.Ref} {one.Trigger} {one.Period} {one.Step} {one.FollowUpAt}"),
            .. (await everywhere.Rows<AuditEntry>().ToListAsync()).Select(one => $"audit {one.Action} {one.Subject} {one.Outcome}"),
        ];
        return [.. effects.Order(StringComparer.Ordinal)];
    }
}
