using Microsoft.AspNetCore.Http.Features;

namespace EquityBot.Channels;

/// <summary>Bytes as they came: nothing is unpacked or decoded before it is known who sent them.</summary>
static class RawBody
{
    /// <returns>Null where there are more than <paramref name="largest"/>.</returns>
    public static async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpContext context, int largest)
    {
        if (context.Request.ContentLength > largest)
        {
            return null;
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = largest;
        }

        using var bytes = new MemoryStream();
        await context.Request.Body.CopyToAsync(bytes, context.RequestAborted);
        return bytes.GetBuffer().AsMemory(0, (int)bytes.Length);
    }
}
