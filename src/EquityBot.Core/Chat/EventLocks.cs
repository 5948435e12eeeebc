using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;

namespace EquityBot.Chat;

/// <summary>Sees to it that one event is decided once at a time: in this process by memory, between processes by PostgreSQL's advisory locks.</summary>
sealed class EventLocks
{
    readonly ConcurrentDictionary<(string, string, string), bool> held = new();

    /// <summary>Null when this process is deciding the same event right now.</summary>
    public IDisposable? TryTake(IncomingMessage incoming)
    {
        var key = (incoming.Channel, incoming.Tenant, incoming.EventId);
        return held.TryAdd(key, true) ? new Held(this, key) : null;
    }

    /// <summary>False when another process is deciding the same event; held until the transaction ends.</summary>
    public static async Task<bool> LockAsync(EquityDb db, IncomingMessage incoming, CancellationToken ct)
    {
        if (!db.IsPostgres)
        {
            return true;
        }

        var key = BitConverter.ToInt64(SHA256.HashData(Encoding.UTF8.GetBytes($"{incoming.Channel}\n{incoming.Tenant}\n{incoming.EventId}")));
        return await db.Database.SqlQuery<bool>($"SELECT pg_try_advisory_xact_lock({key}) AS \"Value\"").SingleAsync(ct);
    }

    sealed class Held(EventLocks locks, (string, string, string) key) : IDisposable
    {
        public void Dispose() => locks.held.TryRemove(key, out _);
    }
}
