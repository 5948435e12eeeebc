using EquityBot.Chat;

namespace EquityBot.Commitments;

static class CommitmentReplies
{
    /// <summary>The receipt of a change: the news first, then the promise as it is now, in the place of the card that was pressed.</summary>
    public static async Task<Reply> CurrentAsync(this Turn turn, Commitment commitment, string news, CancellationToken ct)
    {
        var card = await turn.CurrentCardAsync(commitment, ct);
        return new(new Card(news, [new Words(commitment.Statement, Strong: true), .. card.Blocks])) { About = commitment, InPlace = true };
    }
}
