namespace EquityBot.Channels.Slack;

/// <summary>One request of Slack's, which waits three seconds for its answer. What takes longer goes on by itself, and Slack hears in time what is true until then.</summary>
sealed class SlackTurn
{
    /// <summary>Of Slack's three seconds, from the request's first byte; the rest is for the way.</summary>
    public static readonly TimeSpan Time = TimeSpan.FromSeconds(2.5);

    /// <summary>Nothing is known to be kept: Slack sends an event again, and says to a person that it did not go through.</summary>
    public static readonly IResult Unsure = Results.StatusCode(503);

    int spoken;

    /// <summary>What Slack hears when the time is up.</summary>
    public IResult Late { get; set; } = Unsure;

    /// <summary>Takes the response for an answer, which one alone may.</summary>
    /// <returns>False where Slack has heard something already.</returns>
    public bool TrySpeak() => Interlocked.Exchange(ref spoken, 1) == 0;
}
