using System.Text.Json;
using EquityBot.Chat;
using EquityBot.Commitments;
using EquityBot.People;
using EquityBot.Storage;

namespace EquityBot.Goals;

/// <summary>What became of a goal, to somebody who is to hear it: its owner when others speak for it, the officer when a green word stands over a red number.</summary>
public sealed class GoalNews : NoticeWriter
{
    public const string Name = "goal-news";

    public override string Trigger => Name;

    sealed record News(string What, Guid By);

    /// <param name="what">reported, said, asked, stands, milestone-blocked, closed or reopened.</param>
    public static string Facts(string what, Person by) => JsonSerializer.Serialize(new News(what, by.Id));

    public override async Task<Card?> WriteAsync(EquityDb db, Notice notice, Reader reader, CancellationToken ct)
    {
        if (await reader.ViewAsync(db, notice.Ref, ct) is not { Subject: SmartGoal goal } view)
        {
            return null;
        }

        var (news, record, words) = (JsonSerializer.Deserialize<News>(notice.Facts!)!, view.Aspect<GoalRecord>()!, reader.Words);
        var isGreenOverRed = record.Suggested(goal, reader.Roster.TodayOf(reader.Roster[goal.OwnerId], reader.Now)) == ProgressStatus.OffTrack;
        if (news.What == "asked")
        {
            return goal.IsRunning && isGreenOverRed && record.AwaitsClaim ? RateGoal.Question(view, reader) : null;
        }

        if (news.What == "stands" && !(goal.IsRunning && isGreenOverRed && record.Claim?.Claimed == ProgressStatus.OnTrack))
        {
            return null;
        }

        if ((news.What == "closed" && goal.IsOpen) || (news.What == "reopened" && !goal.IsOpen))
        {
            // Taken back before anybody heard of it.
            return null;
        }

        return GoalCard.With(words[$"goal.news-{news.What}", ("reference", goal.Ref), ("name", reader.Roster[news.By].Name)], view, reader);
    }
}
