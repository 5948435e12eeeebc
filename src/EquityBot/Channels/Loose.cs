using System.Text.Json;

namespace EquityBot.Channels;

/// <summary>Reads what platforms send tolerantly: what is of the wrong kind is as good as missing.</summary>
static class Loose
{
    const int Deepest = 64;

    static readonly JsonDocumentOptions Strict = new() { MaxDepth = Deepest, AllowDuplicateProperties = false };

    /// <summary>Null where it is no JSON object, says one thing twice, nests too deep or holds half a character.</summary>
    public static JsonElement? Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body, Strict);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                return null;
            }

            // A lone half of a surrogate pair can only be written as an escape, and shows itself only when the text is read.
            if (body.Span.IndexOf("\\ud"u8) >= 0 || body.Span.IndexOf("\\uD"u8) >= 0)
            {
                ReadThrough(document.RootElement);
            }

            return document.RootElement.Clone();
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    static void ReadThrough(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.String:
                element.GetString();
                break;
            case JsonValueKind.Array:
                element.EnumerateArray().ToList().ForEach(ReadThrough);
                break;
            case JsonValueKind.Object:
                element.EnumerateObject().ToList().ForEach(one =>
                {
                    _ = one.Name;
                    ReadThrough(one.Value);
                });
                break;
        }
    }

    public static IEnumerable<JsonElement> Items(JsonElement element, string name) => Part(element, name) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : [];

    public static JsonElement Part(JsonElement element, string name) => element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var part) ? part : default;

    public static string? Text(JsonElement element, string name) => Part(element, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
}
