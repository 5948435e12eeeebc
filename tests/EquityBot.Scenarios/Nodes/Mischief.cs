using System.Collections.Concurrent;
using EquityBot.Doubles;

namespace EquityBot.Scenarios.Nodes;

/// <summary>Kills nodes and starts others, stops them for a while, restarts the database and cuts its connections, one after another in an order of chance, until it is told to end.</summary>
sealed class Mischief(Installation installation, DurablePostgres server, List<NodeProcess> nodes, Random random)
{
    /// <summary>How many kinds of it there are.</summary>
    public const int Kinds = 4;

    static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(700);

    readonly ConcurrentQueue<string> done = new();

    public IReadOnlyCollection<string> Done => done;

    /// <summary>Those that may be asked; whichever is killed is in it until the next one stands in its place.</summary>
    public IReadOnlyList<NodeProcess> Nodes
    {
        get
        {
            lock (nodes)
            {
                return [.. nodes];
            }
        }
    }

    public async Task DoAsync(CancellationToken until)
    {
        Func<Task>[] deeds = [KillAsync, PauseAsync, RestartAsync, CutAsync];
        while (true)
        {
            random.Shuffle(deeds);
            foreach (var deed in deeds)
            {
                await Task.WhenAny(Task.Delay(Breath, until));
                if (until.IsCancellationRequested)
                {
                    return;
                }

                await deed();
                done.Enqueue(deed.Method.Name);
            }
        }
    }

    async Task KillAsync()
    {
        var victim = random.Next(nodes.Count);
        await nodes[victim].KillAsync();
        var heir = await (await installation.StartAsync()).WarmAsync();
        lock (nodes)
        {
            nodes[victim] = heir;
        }
    }

    async Task PauseAsync()
    {
        var victim = nodes[random.Next(nodes.Count)];
        await victim.PauseAsync();
        await Task.Delay(TimeSpan.FromMilliseconds(random.Next(500, 3000)));
        await victim.ResumeAsync();
    }

    Task RestartAsync() => server.RestartAsync();

    Task CutAsync() => installation.ScalarAsync("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");
}
