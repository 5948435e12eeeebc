using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using NodaTime;

namespace EquityBot.Storage;

/// <summary>How NodaTime's types lie in both databases. Instants are whole milliseconds since 1970 in UTC, so that both compare them as numbers.</summary>
static class Converters
{
    public static void Use(ModelConfigurationBuilder model)
    {
        model.Properties<Instant>().HaveConversion<InstantAsMilliseconds>();
        model.Properties<LocalDate>().HaveConversion<LocalDateAsDateOnly>();
        model.Properties<LocalTime>().HaveConversion<LocalTimeAsTimeOnly>();
        model.Properties<Enum>().HaveConversion<string>();
    }

    public sealed class InstantAsMilliseconds() : ValueConverter<Instant, long>(
        instant => instant.ToUnixTimeMilliseconds(),
        milliseconds => Instant.FromUnixTimeMilliseconds(milliseconds));

    public sealed class LocalDateAsDateOnly() : ValueConverter<LocalDate, DateOnly>(
        date => date.ToDateOnly(),
        date => LocalDate.FromDateOnly(date));

    public sealed class LocalTimeAsTimeOnly() : ValueConverter<LocalTime, TimeOnly>(
        time => time.ToTimeOnly(),
        time => LocalTime.FromTimeOnly(time));
}
