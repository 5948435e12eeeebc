using System.Text.Json;
using EquityBot.Chat;
using EquityBot.Commitments;
using EquityBot.People;
using EquityBot.Storage;

namespace EquityBot.Escalation;

/// <summary>What became of an escalation, or of an offer of help, to somebody who waits to hear it.</summary>
public sealed class CaseNews : NoticeWriter
{
    public const string Name = "case-news";

    public override string Trigger => Name;

    public sealed record News(string What, Guid By, string? Note, string? Detail);

    /// <param name="note">In the person's words.</param>
    /// <param name="detail">In ours.</param>
    public static string Facts(string what, Person by, string? note = null, string? detail = null) => JsonSerializer.Serialize(new News(what, by.Id, note, detail));

    public static News Read(Notice notice) => JsonSerializer.Deserialize<News>(notice.Facts!)!;

    public override async Task<Card?> WriteAsync(EquityDb db, Notice notice, Reader reader, CancellationToken ct)
    {
        if (await reader.ViewAsync(db, notice.Ref, ct) is not { } view)
        {
            return null;
        }

        var news = Read(notice);
        var by = reader.Roster[news.By].Name;
        return new(
            reader.Words[$"news.{news.What}", ("reference", notice.Ref), ("name", by), ("detail", news.Detail)],
            Statement(view.Subject, reader),
            news.Note is null ? null : new Quote(news.Note, by),
            reader.EveryButton(view) ?? reader.Buttons(view, "show"));
    }

    /// <summary>What it is about: the promise, or that a department has none.</summary>
    public static Words Statement(ISubject subject, Reader reader) => new(subject is Commitment commitment ? commitment.Statement : CaseKind.Title((EscalationCase)subject, reader), Strong: true);
}
