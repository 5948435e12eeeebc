using System.Reflection;
using EquityBot.Doubles;
using Xunit.Sdk;

namespace EquityBot.Scenarios;

/// <summary>Tells a story once on SQLite and once on PostgreSQL: those of the loop, of what is kept, and of what goes wrong.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OnBothDatabasesAttribute : DataAttribute
{
    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => [[Engine.Sqlite], [Engine.Postgres]];
}

/// <summary>Tells a story that is about what is said on one of the two, always the same one, so that each has half of them; on both under <c>EQUITYBOT_SOAK=1</c>.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OnOneDatabaseAttribute : DataAttribute
{
    static readonly bool Soaks = Environment.GetEnvironmentVariable("EQUITYBOT_SOAK") == "1";

    public override IEnumerable<object[]> GetData(MethodInfo testMethod) =>
        Soaks ? [[Engine.Sqlite], [Engine.Postgres]] : [[testMethod.Name.Sum(letter => letter) % 2 == 0 ? Engine.Sqlite : Engine.Postgres]];
}
