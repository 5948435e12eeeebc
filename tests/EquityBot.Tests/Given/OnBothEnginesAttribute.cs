using System.Reflection;
using EquityBot.Doubles;
using Xunit.Sdk;

namespace EquityBot.Tests.Given;

/// <summary>Runs a test once on SQLite and once on PostgreSQL.</summary>
[AttributeUsage(AttributeTargets.Method)]
sealed class OnBothEnginesAttribute : DataAttribute
{
    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => [[Engine.Sqlite], [Engine.Postgres]];
}
