using NodaTime;

namespace EquityBot.Chat;

/// <summary>One organization's traffic on one channel: how many requests are open, and what its limits let go now. All instants are on the machine clock.</summary>
sealed class Lane(ChannelLimits limits)
{
    const int ManyConversations = 5_000;

    /// <summary>How many may be made ready before the limit of all lets them leave, so that the pace need not wait for the database. They count as being sent.</summary>
    const int Ahead = 8;

    /// <summary>So many conversations refused one after another are no matter of theirs: the platform has enough of us, whatever it says.</summary>
    const int Storm = 3;

    static readonly Duration ShortestPause = Duration.FromSeconds(1);
    static readonly Duration LongestPause = Duration.FromMinutes(15);
    static readonly Duration UsualPause = Duration.FromSeconds(30);

    readonly List<TokenBucket> everywhere = [.. limits.PerOrganization.Select(limit => new TokenBucket(limit))];
    readonly Dictionary<Guid, Conversation> conversations = [];
    Instant pausedUntil = Instant.MinValue;
    int open;

    /// <summary>The first request makes the connection and arrives late; those close behind it would come to the platform in a heap. Nothing leaves beside it.</summary>
    bool isWarm = limits.PerOrganization.Count == 0;

    /// <summary>Refused without anything having gone through meanwhile.</summary>
    int refusedInARow;

    /// <summary>How many may leave now, wherever they go.</summary>
    public int Room(Instant now) => now < pausedUntil ? 0 : isWarm ? everywhere.Select(bucket => bucket.Available(now) + Ahead).Append(limits.Open - open).Min() : Math.Max(0, 1 - open);

    /// <summary>Whose conversation must wait: something is on its way to them, or their own limit is reached.</summary>
    public List<Guid> Resting(Instant now) => [.. conversations.Where(one => one.Value.Open || one.Value.FreeAt(now) > now).Select(one => one.Key)];

    /// <summary>When a token or the end of a pause next changes that; null when only open requests are waited for, or nothing is.</summary>
    public Instant? FreeAt(Instant now)
    {
        var lane = Room(now) > 0 ? now : everywhere.Select(bucket => bucket.FreeAt(now)).Append(pausedUntil).Max();
        var next = lane > now ? lane : conversations.Values.Where(one => !one.Open).Select(one => (Instant?)one.FreeAt(now)).Where(at => at > now).Min();
        return next;
    }

    /// <summary>One more is on its way; when it may leave.</summary>
    public Instant Leave(Guid where, Instant now)
    {
        if (!conversations.TryGetValue(where, out var conversation))
        {
            Forget(now);
            conversations.Add(where, conversation = new(limits.PerConversation));
        }

        open++;
        return everywhere.Select(bucket => bucket.Take(now)).Append(conversation.Leave(now)).Max();
    }

    /// <summary>What became of it is written down.</summary>
    public void Settled(Guid where, SendOutcome outcome, Instant now)
    {
        open--;
        refusedInARow = outcome switch
        {
            SendOutcome.Throttled { IsOurs: true } => refusedInARow,
            SendOutcome.Throttled => refusedInARow + 1,
            _ => 0,
        };

        // After a refusal one goes ahead and looks whether it was that conversation's alone.
        isWarm = refusedInARow == 0;
        var conversation = conversations[where];
        conversation.Open = false;
        if (outcome is SendOutcome.Throttled throttled)
        {
            // Some more, so that processes that were refused together do not come back together.
            var pause = Duration.Max(ShortestPause, Duration.Min(LongestPause, throttled.After ?? UsualPause)) * (1 + (Random.Shared.NextDouble() / 10));
            if (throttled.Everywhere || refusedInARow >= Storm)
            {
                pausedUntil = Instant.Max(pausedUntil, now + pause);
            }
            else
            {
                conversation.PausedUntil = now + pause;
            }
        }
    }

    /// <summary>A conversation at rest is as good as a new one.</summary>
    void Forget(Instant now)
    {
        if (conversations.Count >= ManyConversations)
        {
            foreach (var rested in conversations.Where(one => !one.Value.Open && one.Value.IsFull(now)).Select(one => one.Key).ToList())
            {
                conversations.Remove(rested);
            }
        }
    }

    sealed class Conversation(IReadOnlyList<RateLimit> limits)
    {
        readonly List<(RateLimit Limit, TokenBucket Bucket)> buckets = [.. limits.Select(limit => (limit, new TokenBucket(limit)))];

        public bool Open { get; set; }

        public Instant PausedUntil { get; set; } = Instant.MinValue;

        public Instant FreeAt(Instant now) => buckets.Select(one => one.Bucket.FreeAt(now)).Append(PausedUntil).Max();

        public bool IsFull(Instant now) => PausedUntil <= now && buckets.All(one => one.Bucket.Available(now) == one.Limit.Burst);

        public Instant Leave(Instant now)
        {
            Open = true;
            return buckets.Select(one => one.Bucket.Take(now)).Append(now).Max();
        }
    }
}
