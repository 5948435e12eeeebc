using EquityBot.Storage;

namespace EquityBot.Chat;

/// <summary>Tells the officer that somebody could not be reached by any address.</summary>
public sealed class UnreachableNotice : NoticeWriter
{
    public const string Name = "unreachable";

    public override string Trigger => Name;

    public override async Task<Card?> WriteAsync(EquityDb db, Notice notice, Reader reader, CancellationToken ct)
    {
        var name = reader.Roster[Guid.Parse(notice.Facts!)].Name;
        if (notice.Ref.Length == 0)
        {
            return new(reader.Words["unreachable.title-digest", ("name", name)], new Words(reader.Words["unreachable.words-digest"]));
        }

        var view = await reader.ViewAsync(db, notice.Ref, ct);
        return new(
            reader.Words["unreachable.title", ("name", name), ("reference", notice.Ref)],
            new Words(reader.Words["unreachable.words"]),
            view is null ? null : reader.Buttons(view, "show"));
    }
}

/// <summary>What somebody was just told had changed while it was on its way.</summary>
public sealed class CorrectionNotice : NoticeWriter
{
    public const string Name = "correction";

    public override string Trigger => Name;

    public override async Task<Card?> WriteAsync(EquityDb db, Notice notice, Reader reader, CancellationToken ct) =>
        await reader.ViewAsync(db, notice.Ref, ct) is { } view
            ? reader.Subjects.Card(view, reader) with { Title = reader.Words["correction.title", ("reference", notice.Ref)] }
            : null;
}
