using System.Data.Common;
using System.Diagnostics;

/// <summary>
/// Runs inside a host that a test starts with <c>DOTNET_STARTUP_HOOKS</c> naming this assembly, and kills that process (SIGKILL) at a point of its work with the database
/// which <c>EQUITYBOT_TEST_KILL</c> names, so that the host itself knows nothing of it:
/// <c>statement 17</c> after the seventeenth statement, commits counted; <c>decided before</c> or <c>decided after</c> the commit that decides a step of a case;
/// <c>claimed before</c> or <c>claimed after</c> the commit that claims a delivery; <c>count</c> never, but it says at the end how many statements there were.
/// </summary>
#pragma warning disable CA1050, IDE0130 // The runtime looks for it outside any namespace.
public static class StartupHook
#pragma warning restore CA1050, IDE0130
{
    const string Command = "Microsoft.EntityFrameworkCore.Database.Command.CommandExecuted";
    const string Committing = "Microsoft.EntityFrameworkCore.Database.Transaction.TransactionCommitting";
    const string Committed = "Microsoft.EntityFrameworkCore.Database.Transaction.TransactionCommitted";

    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable("EQUITYBOT_TEST_KILL")?.Split(' ') is { } told)
        {
            DiagnosticListener.AllListeners.Subscribe(new Listeners(told));
        }
    }

    sealed class Listeners(string[] told) : IObserver<DiagnosticListener>
    {
        public void OnNext(DiagnosticListener value)
        {
            if (value.Name == "Microsoft.EntityFrameworkCore")
            {
                value.Subscribe(new Killer(told), name => name is Command or Committing or Committed);
            }
        }

        public void OnCompleted()
        {
        }

        public void OnError(Exception error)
        {
        }
    }

    sealed class Killer : IObserver<KeyValuePair<string, object?>>
    {
        readonly string[] told;
        DbTransaction? doomed;
        int statements;

        public Killer(string[] told)
        {
            this.told = told;
            if (told[0] == "count")
            {
                AppDomain.CurrentDomain.ProcessExit += (_, _) => Console.Error.WriteLine($"Statements: {statements}");
            }
        }

        public void OnNext(KeyValuePair<string, object?> value)
        {
            var number = Interlocked.Increment(ref statements);
            if (told is ["statement", var at] && number.ToString(System.Globalization.CultureInfo.InvariantCulture) == at)
            {
                Kill();
            }

            if (value.Key == Command && Of<DbCommand>(value.Value, "Command") is { } command && IsTheOne(command))
            {
                doomed = command.Transaction;
            }
            else if (value.Key == (told is [_, "before"] ? Committing : Committed) && doomed is not null && Of<DbTransaction>(value.Value, "Transaction") == doomed)
            {
                Kill();
            }
        }

        bool IsTheOne(DbCommand command) => told[0] switch
        {
            "decided" => Writes(command, "INSERT INTO \"Notices\"", "case-step"),
            "claimed" => Writes(command, "UPDATE \"Deliveries\"", "Claimed"),
            _ => false,
        };

        static bool Writes(DbCommand command, string words, string value) =>
            command.CommandText.Contains(words, StringComparison.Ordinal) && command.Parameters.Cast<DbParameter>().Any(parameter => parameter.Value is string text && text == value);

        static T? Of<T>(object? happened, string name) where T : class => happened?.GetType().GetProperty(name)?.GetValue(happened) as T;

        static void Kill()
        {
            Process.GetCurrentProcess().Kill();
            Thread.Sleep(Timeout.Infinite);
        }

        public void OnCompleted()
        {
        }

        public void OnError(Exception error)
        {
        }
    }
}
