using System.Text.Json;
using EquityBot.Chat;
using EquityBot.People;
using EquityBot.Storage;

namespace EquityBot.Commitments;

/// <summary>What became of a promise, to somebody who waits to hear it.</summary>
public sealed class CommitmentNews : NoticeWriter
{
    public const string Name = "commitment-news";

    public override string Trigger => Name;

    sealed record News(string What, Guid By, string? Note, string? Detail);

    /// <param name="note">In the person's words.</param>
    /// <param name="detail">In ours.</param>
    public static string Facts(string what, Person by, string? note = null, string? detail = null) => JsonSerializer.Serialize(new News(what, by.Id, note, detail));

    public override async Task<Card?> WriteAsync(EquityDb db, Notice notice, Reader reader, CancellationToken ct)
    {
        if (await reader.ViewAsync(db, notice.Ref, ct) is not { Subject: Commitment commitment } view)
        {
            return null;
        }

        var news = JsonSerializer.Deserialize<News>(notice.Facts!)!;
        var words = reader.Words;
        var by = reader.Roster[news.By].Name;
        return new(
            words[$"news.{news.What}", ("reference", commitment.Ref), ("name", by), ("detail", news.Detail)],
            new Words(commitment.Statement, Strong: true),
            CommitmentCard.StatusOf(commitment, words),
            news.Note is null ? null : new Quote(news.Note, by),
            reader.EveryButton(view) ?? reader.Buttons(view, "show"));
    }
}
