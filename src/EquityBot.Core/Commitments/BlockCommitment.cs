using System.Text.RegularExpressions;
using EquityBot.Chat;

namespace EquityBot.Commitments;

/// <summary>The owner says what is in the way, and perhaps who could clear it. That is progress: the schedule waits, and somebody else has something to do.</summary>
public sealed partial class BlockCommitment : ChatCommand
{
    public override string Verb => "block-commitment";

    public override string Action => "report-progress";

    public override string Needs => "C";

    public override IReadOnlyList<Regex> Sentences => [Blocked()];

    public override Regex? Hint => Hinted();

    public override IReadOnlyDictionary<string, string>? Filled(string said, Reader reader) => new Dictionary<string, string> { ["what"] = said };

    public override Offer? Offer(View view, Reader reader) => view.Subject is Commitment { IsRunning: true } or Commitment { Status: CommitmentStatus.Missed }
        ? new(
            reader.Words["button.blocked"],
            new("what", reader.Words["form.in-the-way"], InputType.Text) { Required = true },
            new("helper", reader.Words["form.helper"], InputType.Choice) { Choices = [.. Routes((Commitment)view.Subject, reader), .. reader.Roster.People.Where(person => person.Id != reader.Person.Id && !person.HasLeftBy(reader.Today)).Select(person => new Choice(person.Name, person.Handle))] })
        : null;

    /// <summary>By what it is about, for whoever does not know the name.</summary>
    static IEnumerable<Choice> Routes(Commitment commitment, Reader reader) =>
        from kind in BlockerRoutes.Kinds
        let person = BlockerRoutes.For(kind, reader.Roster[commitment.OwnerId], commitment.DepartmentId, reader.Roster)
        where person is not null && person.Id != reader.Person.Id && !person.HasLeftBy(reader.Today)
        select new Choice(reader.Words[$"route.{kind}", ("name", person.Name)], BlockerRoutes.Prefix + kind);

    public override async Task<Reply> HandleAsync(Turn turn, CancellationToken ct)
    {
        var commitment = turn.Subject<Commitment>();
        if (!commitment.IsRunning && commitment.Status != CommitmentStatus.Missed)
        {
            return turn.No("progress.not-open", ("reference", commitment.Ref));
        }

        if (turn.Value("what") is not { } what)
        {
            return turn.No("blocked.what", ("reference", commitment.Ref));
        }

        var owner = turn.Roster[commitment.OwnerId];
        var helper = turn.Value("helper") is { } named
            ? named.StartsWith(BlockerRoutes.Prefix, StringComparison.Ordinal) ? BlockerRoutes.For(named[BlockerRoutes.Prefix.Length..], owner, commitment.DepartmentId, turn.Roster) : turn.Roster.ByName(named)
            : BlockerRoutes.Named(what, owner, commitment.DepartmentId, turn.Roster, turn.Today, turn.Words) ?? turn.Roster.ConfirmerFor(owner, commitment.DepartmentId, turn.Now);
        helper = helper?.Id == turn.Speaker.Id ? turn.Roster.Find(turn.Speaker.SupervisorId) : helper;
        if (helper is null && turn.Value("helper") is { } unknown)
        {
            return turn.No("log.no-such-person", ("name", unknown));
        }

        commitment.Report(ProgressStatus.AtRisk, what, null, turn.Speaker.Id, turn.OwnersToday(commitment), turn.Now);
        turn.Record(commitment, "blocked", what, ProgressStatus.AtRisk);
        await turn.ChangedAsync(commitment, "progress-reported", ct);
        if (helper is not null && helper.Id != turn.Speaker.Id)
        {
            turn.Ask(RequestKind.Help, helper, commitment, what);
        }

        return await turn.CurrentAsync(
            commitment,
            helper is null ? turn.Words["progress.done", ("reference", commitment.Ref)] : turn.Words["blocked.done", ("reference", commitment.Ref), ("name", helper.Name)],
            ct);
    }

    [GeneratedRegex(@"^(?:(?<ref>c-\d+)(?:'s|:| is| are| has been)?(?: still| now| currently| completely)? (?:blocked|stuck|on hold|held up|stalled|at a standstill)|(?:blocked|stuck|held up|stalled)(?: on| with| at)? (?<ref>c-\d+)|(?:(?:we|i) )?(?:can't|cannot|can not|are unable to|am unable to|unable to) (?:move forward|go on|move on|continue|proceed|progress|start|get any further)(?: with| on)? (?<ref>c-\d+)|(?:(?:we|i) )?need help (?:with|on) (?<ref>c-\d+)|(?<ref>c-\d+)(?: still)? needs help)(?![\w?])[:,.;-]*(?: -)? ?(?:because(?: of)? |due to |since |by |on |with )?(?<what>[^?\s.!].*)?$|^(?<ref>c-\d+)(?:'s|:|,| is| are)?(?: still)? (?<what>waiting (?:for|on) .+)$|^(?:still )?(?<what>waiting (?:for|on) .+?) (?:for|on|before (?:we|i) can (?:go on|start|finish)) (?<ref>c-\d+)[.!]*$", RegexOptions.IgnoreCase)]
    private static partial Regex Blocked();

    [GeneratedRegex(@"\b(?:blocked|stuck|hit a wall|on hold|held up|waiting (?:for|on)|(?:can't|cannot) (?:move|go|continue|start)|needs? help)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Hinted();
}
