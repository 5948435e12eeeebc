using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace EquityBot.Storage;

/// <summary>Row locks in a query's own words. On SQLite, where the one writer has the whole file, they are no-ops.</summary>
public static class RowLocks
{
    const string Wait = "equity:for-update";
    const string Skip = "equity:skip-locked";

    /// <summary>Locks the rows found, waiting for who holds them. Order by id where there may be several.</summary>
    public static IQueryable<T> ForUpdate<T>(this IQueryable<T> rows) => rows.TagWith(Wait);

    /// <summary>Locks the rows found that nobody else holds.</summary>
    public static IQueryable<T> SkipLocked<T>(this IQueryable<T> rows) => rows.TagWith(Skip);

    /// <summary>PostgreSQL only: turns the tag into the clause.</summary>
    internal sealed class Clauses : DbCommandInterceptor
    {
        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            if (command.CommandText.StartsWith("-- " + Wait, StringComparison.Ordinal))
            {
                command.CommandText += "\nFOR UPDATE";
            }
            else if (command.CommandText.StartsWith("-- " + Skip, StringComparison.Ordinal))
            {
                command.CommandText += "\nFOR UPDATE SKIP LOCKED";
            }

            return ValueTask.FromResult(result);
        }
    }

    /// <summary>SQLite only: every connection keeps what it was told to keep before it says so (design §7).</summary>
    internal sealed class FullSync : DbConnectionInterceptor
    {
        public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Set(connection);

        public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            Set(connection);
            return Task.CompletedTask;
        }

        static void Set(DbConnection connection)
        {
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA synchronous=FULL";
            command.ExecuteNonQuery();
        }
    }
}
