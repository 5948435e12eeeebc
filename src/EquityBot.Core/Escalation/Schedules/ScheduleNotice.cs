using System.Text.Json;
using EquityBot.Chat;
using EquityBot.People;
using EquityBot.Storage;

namespace EquityBot.Escalation;

/// <summary>A schedule waits for a second pair of eyes, or has found it.</summary>
public sealed class ScheduleNotice : NoticeWriter
{
    public const string Name = "schedule";

    public override string Trigger => Name;

    sealed record News(string What, Guid By, int Number, string? Note);

    /// <param name="note">In the person's words.</param>
    public static string Facts(string what, Person by, int number, string? note = null) => JsonSerializer.Serialize(new News(what, by.Id, number, note));

    public override async Task<Card?> WriteAsync(EquityDb db, Notice notice, Reader reader, CancellationToken ct)
    {
        var news = JsonSerializer.Deserialize<News>(notice.Facts!)!;
        if (await reader.ViewAsync(db, notice.Ref, ct) is not { } view || (news.What == "proposed" && view.Aspect<ScheduleStory>()!.Open is not { Status: VersionStatus.Proposed }))
        {
            return null;
        }

        var card = reader.Subjects.Card(view, reader);
        var by = reader.Roster[news.By].Name;
        return card with
        {
            Title = reader.Words[$"news.schedule-{news.What}", ("name", by), ("reference", notice.Ref), ("number", news.Number)],
            Blocks = news.Note is null ? card.Blocks : [new Quote(news.Note, by), .. card.Blocks],
        };
    }
}
