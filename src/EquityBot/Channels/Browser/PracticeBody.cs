using System.Buffers;
using System.Text.Json;

namespace EquityBot.Channels.Browser;

/// <summary>Reads a JSON body with its size capped before it is parsed; what is wrong with it is an answer.</summary>
static class PracticeBody
{
    const int Largest = 256 * 1024;

    public static async Task<(T? Value, IResult? Problem)> ReadAsync<T>(HttpRequest request, CancellationToken ct) where T : class
    {
        var bytes = ArrayPool<byte>.Shared.Rent(Largest + 1);
        try
        {
            var length = request.ContentLength > Largest ? bytes.Length : await request.Body.ReadAtLeastAsync(bytes.AsMemory(0, Largest + 1), Largest + 1, throwOnEndOfStream: false, ct);
            if (length > Largest)
            {
                return (null, PracticeJson.Problem(413, "Too large", "A request may have at most 256 KiB."));
            }

            return JsonSerializer.Deserialize<T>(bytes.AsSpan(0, length), PracticeJson.Options) is { } value
                ? (value, null)
                : (null, Malformed());
        }
        catch (JsonException)
        {
            return (null, Malformed());
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    public static IResult Malformed() => PracticeJson.Problem(400, "Not understood", "The body is not the JSON that this call takes; docs/practice.md shows each.");
}
