using System.Runtime.CompilerServices;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using NodaTime;

namespace EquityBot.Tests.Storage;

/// <summary>A valid row of any table, made from the model, so that a new table is tested without a line here.</summary>
static class AnyRow
{
    /// <summary>A row of this type that belongs to <paramref name="organization"/>, about to be added, changed or deleted; its text is unlike any other row's.</summary>
    public static void Put(EquityDb db, IEntityType type, Guid organization, EntityState state = EntityState.Added)
    {
        var row = RuntimeHelpers.GetUninitializedObject(type.ClrType);
        var entry = db.Entry(row);
        foreach (var property in type.GetProperties().Where(property => property.ValueGenerated == ValueGenerated.Never || state != EntityState.Added))
        {
            entry.Property(property).CurrentValue = property.Name == nameof(IOwned.OrganizationId) ? organization : Value(property);
        }

        entry.State = state;
    }

    static object? Value(IProperty property)
    {
        var type = Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType;
        return type switch
        {
            _ when type == typeof(string) => Guid.NewGuid().ToString("N")[..Math.Min(32, property.GetMaxLength() ?? 32)],
            _ when type == typeof(Guid) => Guid.NewGuid(),
            _ when type == typeof(Instant) => Instant.FromUtc(2026, 3, 2, 14, 0),
            _ when type == typeof(LocalDate) => new LocalDate(2026, 3, 2),
            _ when type == typeof(LocalTime) => new LocalTime(9, 0),
            _ when type == typeof(int) => 7,
            _ when type == typeof(long) => 7L,
            _ when type == typeof(bool) => true,
            _ when type == typeof(decimal) => 1.5m,
            _ when type.IsEnum => Enum.GetValues(type).GetValue(0),
            _ when type == typeof(List<Guid>) => new List<Guid> { Guid.NewGuid() },
            _ when property.IsNullable => null,
            _ => throw new NotSupportedException($"Say here what a {type.Name} may be ({property.DeclaringType.Name}.{property.Name})."),
        };
    }
}
