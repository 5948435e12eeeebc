using System.Reflection;
using EquityBot.Doubles;
using Xunit.Sdk;

namespace EquityBot.Scenarios;

/// <summary>Tells a story once on SQLite and once on PostgreSQL.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OnBothDatabasesAttribute : DataAttribute
{
    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => [[Engine.Sqlite], [Engine.Postgres]];
}
