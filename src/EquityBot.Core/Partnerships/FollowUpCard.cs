using EquityBot.Chat;

namespace EquityBot.Partnerships;

/// <summary>One follow-up as it stands.</summary>
static class FollowUpCard
{
    public static Card Of(View view, Reader reader)
    {
        var followUp = (FollowUp)view.Subject;
        var words = reader.Words;
        return new(words["follow-up.title", ("reference", followUp.Ref), ("what", followUp.What)], [.. Blocks(view, reader), .. reader.EveryButton(view) is { } buttons ? new Block[] { buttons } : []]);
    }

    /// <summary>Without its buttons.</summary>
    public static IEnumerable<Block> Blocks(View view, Reader reader)
    {
        var (followUp, words) = ((FollowUp)view.Subject, reader.Words);
        yield return new Status(words[$"follow-up.status.{followUp.Status}"], followUp.Status == FollowUpStatus.Done ? Mood.Kept : Mood.Plain);
        yield return new Facts(
            view.Aspect<FollowUpStory>()?.Partner is { } partner ? new Fact(words["activity.partner"], partner.Name) : null,
            new Fact(words["follow-up.due"], reader.DueDay(followUp.Due, followUp.OwnerId)),
            new Fact(words["follow-up.owner"], reader.Name(followUp.OwnerId)),
            followUp.After is { } after ? new Fact(words["follow-up.after"], after) : null);
    }
}
