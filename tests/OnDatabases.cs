using System.Reflection;
using Xunit.Sdk;

namespace EquityBot.Doubles;

/// <summary>Once on SQLite and once on PostgreSQL: the loop, what is kept, and what goes wrong.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OnBothDatabasesAttribute : DataAttribute
{
    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => [[Engine.Sqlite], [Engine.Postgres]];
}

/// <summary>What is about words and rules, on one of the two, always the same one, so that each has half of them; on both under <c>EQUITYBOT_SOAK=1</c>.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OnOneDatabaseAttribute : DataAttribute
{
    static readonly bool Soaks = Environment.GetEnvironmentVariable("EQUITYBOT_SOAK") == "1";

    public override IEnumerable<object[]> GetData(MethodInfo testMethod) =>
        Soaks ? [[Engine.Sqlite], [Engine.Postgres]] : [[testMethod.Name.Sum(letter => letter) % 2 == 0 ? Engine.Sqlite : Engine.Postgres]];
}
