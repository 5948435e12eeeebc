using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;
using NodaTime.Text;

namespace EquityBot.Channels.Browser;

/// <summary>How the practice contract writes things: camel case, nulls left out, instants ending in Z, states and kinds in kebab case.</summary>
static class PracticeJson
{
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip,
    };

    public static string Word(Enum value) => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    public static string? Utc(Instant? at) => at is { } known ? InstantPattern.ExtendedIso.Format(known) : null;

    public static IResult Answer(object value) => Results.Json(value, Options);

    public static IResult Problem(int status, string title, string detail) => Results.Problem(detail, statusCode: status, title: title);
}
