using EquityBot.Chat;
using EquityBot.People;
using NodaTime;

namespace EquityBot.Commitments;

static class CommitmentReplies
{
    /// <summary>Asks somebody for an answer about a promise, at once; their silence counts from today where they are.</summary>
    public static void Ask(this Turn turn, Person somebody, Commitment commitment, string trigger, string? facts = null)
    {
        commitment.Ask(turn.Roster.TodayOf(somebody, turn.Now), turn.Now);
        turn.Tell(somebody, commitment, trigger, $"{commitment.Version}", MessageKind.Request, facts);
    }

    /// <summary>Asks somebody for something about a promise, at once.</summary>
    /// <param name="passed">The request that the speaker passes on; whoever made it stays the one who asks.</param>
    public static Request Ask(this Turn turn, RequestKind kind, Person somebody, Commitment commitment, string? words = null, LocalDate? due = null, string? need = null, Request? passed = null)
    {
        var request = new Request
        {
            Id = Guid.NewGuid(),
            OrganizationId = turn.Db.OrganizationId,
            CommitmentId = commitment.Id,
            Kind = kind,
            FromId = passed?.FromId ?? turn.Speaker.Id,
            ToId = somebody.Id,
            PassedById = passed?.ToId,
            Words = words,
            Due = due,
            Need = need,
            AskedAt = turn.Now,
            AskedOn = turn.Roster.TodayOf(somebody, turn.Now),
        };
        request.LookAt = request.EscalatesWhenUnanswered ? turn.Now : null;
        turn.Db.Add(request);
        turn.Tell(somebody, commitment, RequestNotice.Name, request.Id.ToString(), MessageKind.Request);
        return request;
    }

    /// <summary>Today where the promise's owner is.</summary>
    public static LocalDate OwnersToday(this Turn turn, Commitment commitment) => turn.Roster.TodayOf(turn.Roster[commitment.OwnerId], turn.Now);

    /// <summary>Working days of the owner's site, after the due day, that a claim of done has waited until today; zero where none has.</summary>
    public static int WaitedInVain(this Turn turn, Commitment commitment)
    {
        var owner = turn.Roster[commitment.OwnerId];
        return commitment is { ClaimedOn: { } claimed, Due: { } due }
            ? turn.Roster.CalendarOf(owner).Between(claimed > due ? claimed : due, turn.Roster.TodayOf(owner, turn.Now))
            : 0;
    }

    /// <summary>The receipt of a change: the news first, then the promise as it is now, in the place of the card that was pressed.</summary>
    public static async Task<Reply> CurrentAsync(this Turn turn, Commitment commitment, string news, CancellationToken ct)
    {
        var card = await turn.CurrentCardAsync(commitment, ct);
        return new(new Card(news, [new Words(commitment.Statement, Strong: true), .. card.Blocks])) { About = commitment, InPlace = true };
    }
}
