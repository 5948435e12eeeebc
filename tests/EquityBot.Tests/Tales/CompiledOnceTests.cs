using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;
using EquityBot.Doubles;
using EquityBot.Tests.Given;
using Microsoft.EntityFrameworkCore.Diagnostics;
using NodaTime;

namespace EquityBot.Tests.Tales;

/// <summary>A query that has a value in itself is another query for each value: translated and compiled anew, which costs a hundred times what it asks, and kept.</summary>
public sealed partial class CompiledOnceTests
{
    [Fact]
    public async Task No_query_is_compiled_again_because_a_value_of_it_changed()
    {
        await using var hospital = await Riverbend.OpenAsync(Engine.Sqlite);
        using var queries = new Queries();
        await new HospitalYear(hospital, seed: 1, days: 3).LiveAsync(async _ =>
        {
            for (var hour = 0; hour < 3; hour++)
            {
                await hospital.PassToAsync(hospital.Clock.Now + Duration.FromHours(1));
            }
        });
        Assert.NotEmpty(queries.Compiled);
        Assert.Empty(queries.Compiled.GroupBy(text => Values().Replace(text, "…")).Where(alike => alike.Count() > 2).Select(alike => $"{alike.Count()} times {alike.Key}"));
    }

    /// <summary>As they are printed: texts, dates, numbers.</summary>
    [GeneratedRegex("""\"[^"]*\"|[0-9][0-9T:.Z-]*""")]
    private static partial Regex Values();

    sealed class Queries : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
    {
        static readonly AsyncLocal<Queries?> Mine = new();

        readonly List<IDisposable> subscriptions = [];

        public Queries()
        {
            Mine.Value = this;
            subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(this));
        }

        public ConcurrentQueue<string> Compiled { get; } = new();

        public void OnNext(DiagnosticListener value)
        {
            if (value.Name == Microsoft.EntityFrameworkCore.DbLoggerCategory.Name)
            {
                subscriptions.Add(value.Subscribe(this));
            }
        }

        public void OnNext(KeyValuePair<string, object?> value)
        {
            if (Mine.Value == this && value.Key == CoreEventId.QueryCompilationStarting.Name && value.Value is QueryExpressionEventData query)
            {
                Compiled.Enqueue(query.ExpressionPrinter.PrintExpression(query.Expression));
            }
        }

        public void OnCompleted()
        {
        }

        public void OnError(Exception error)
        {
        }

        public void Dispose() => subscriptions.ForEach(one => one.Dispose());
    }
}
