using System.Text;

namespace EquityBot.Scenarios;

/// <summary>A body that goes on for longer than anybody would read.</summary>
sealed class Endless : Stream
{
    static readonly byte[] Some = Encoding.ASCII.GetBytes(new string(' ', 4096));
    int given;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => given; set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count)
    {
        // Not quite: a test ends.
        var length = given > 8 * 1024 * 1024 ? 0 : Math.Min(count, Some.Length);
        given += length;
        Some.AsSpan(0, length).CopyTo(buffer.AsSpan(offset));
        return length;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
