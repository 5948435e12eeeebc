using System.Text.RegularExpressions;
using EquityBot.Chat;
using EquityBot.People;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;

namespace EquityBot.Commitments;

/// <summary>The owner says what is in the way, and perhaps who could clear it. That is progress: the schedule waits, and somebody else has something to do.</summary>
public sealed partial class BlockCommitment : ChatCommand
{
    public override string Verb => "block-commitment";

    public override string Action => "report-progress";

    public override string Needs => "C";

    public override IReadOnlyList<Regex> Sentences => [Blocked()];

    public override Offer? Offer(View view, Reader reader) => view.Subject is Commitment { IsRunning: true } or Commitment { Status: CommitmentStatus.Missed }
        ? new(
            reader.Words["button.blocked"],
            new("what", reader.Words["form.in-the-way"], InputType.Text) { Required = true },
            new("helper", reader.Words["form.helper"], InputType.Choice) { Choices = [.. reader.Roster.People.Where(person => person.Id != reader.Person.Id && !person.HasLeftBy(reader.Today)).Select(person => new Choice(person.Name, person.Handle))] })
        : null;

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
        var helper = turn.Value("helper") is { } named ? turn.Roster.ByName(named) : turn.Roster.ConfirmerFor(owner, commitment.DepartmentId);
        helper = helper?.Id == turn.Speaker.Id ? turn.Roster.Find(turn.Speaker.SupervisorId) : helper;
        if (helper is null && turn.Value("helper") is { } unknown)
        {
            return turn.No("log.no-such-person", ("name", unknown));
        }

        commitment.Report(ProgressStatus.AtRisk, what, null, turn.Speaker.Id, turn.Now);
        turn.Record(commitment, "blocked", what, ProgressStatus.AtRisk);
        await turn.ChangedAsync(commitment, "progress-reported", ct);
        if (helper is not null && helper.Id != turn.Speaker.Id)
        {
            var request = new HelpRequest
            {
                Id = Guid.NewGuid(), OrganizationId = turn.Db.OrganizationId, CommitmentId = commitment.Id, FromId = turn.Speaker.Id, ToId = helper.Id, What = what, AskedAt = turn.Now,
            };
            turn.Db.Add(request);
            turn.Tell(helper, commitment, HelpAsked.Name, request.Id.ToString(), MessageKind.Request);
        }

        return await turn.CurrentAsync(
            commitment,
            helper is null ? turn.Words["progress.done", ("reference", commitment.Ref)] : turn.Words["blocked.done", ("reference", commitment.Ref), ("name", helper.Name)],
            ct);
    }

    [GeneratedRegex(@"^(?:(?<ref>c-\d+)(?: is|'s)? (?:blocked|stuck)|(?:blocked|stuck)(?: on)? (?<ref>c-\d+))[:,]? ?(?:because |by |on )?(?<what>.+)?$", RegexOptions.IgnoreCase)]
    private static partial Regex Blocked();
}

/// <summary>Whoever was asked says whether they take it.</summary>
public sealed class AnswerHelpRequest : ChatCommand
{
    public override string Verb => "answer-help-request";

    public override string Action => "ask";

    public override string Needs => "C";

    public override async Task<Reply> HandleAsync(Turn turn, CancellationToken ct)
    {
        var commitment = turn.Subject<Commitment>();
        var id = Guid.Parse(turn.Value("request")!);
        var request = await turn.Db.Set<HelpRequest>().Where(one => one.Id == id).ForUpdate().SingleAsync(ct);
        if (request.Answer is not null)
        {
            return turn.No("help-request.answered", ("reference", commitment.Ref));
        }

        var taken = turn.Value("answer") == "taken";
        if (taken)
        {
            request.Take(turn.Now);
        }
        else
        {
            request.Decline(turn.Now);
        }

        var news = taken ? "help-request-taken" : "help-request-declined";
        turn.Record(commitment, news, turn.Value("note"));
        turn.Tell(turn.Roster[request.FromId], commitment, CommitmentNews.Name, $"{news}:{request.Id}", facts: CommitmentNews.Facts(news, turn.Speaker, turn.Value("note")));
        return new(new Card(
            turn.Words[taken ? "help-request.taken" : "help-request.declined", ("name", turn.Roster[request.FromId].Name)],
            new Words(commitment.Statement, Strong: true),
            turn.Reader.Buttons(turn.View!, "show")))
        {
            About = commitment,
            InPlace = true,
        };
    }
}

/// <summary>Asks somebody to clear what is in the way.</summary>
public sealed class HelpAsked : NoticeWriter
{
    public const string Name = "help-asked";

    public override string Trigger => Name;

    public override async Task<Card?> WriteAsync(EquityDb db, Notice notice, Reader reader, CancellationToken ct)
    {
        var id = Guid.Parse(notice.Period);
        if (await db.Set<HelpRequest>().SingleOrDefaultAsync(one => one.Id == id && one.Answer == null, ct) is not { } request
            || await reader.ViewAsync(db, notice.Ref, ct) is not { Subject: Commitment { IsOpen: true } commitment })
        {
            return null;
        }

        var (words, from) = (reader.Words, reader.Roster[request.FromId].Name);
        return new(
            words["help-request.title", ("name", from), ("reference", commitment.Ref)],
            new Words(commitment.Statement, Strong: true),
            new Quote(request.What, from),
            new ButtonRow([Answer("taken", new Offer(words["button.accept"])) with { Primary = true }, Answer("declined", new Offer(words["button.decline"], new Input("note", words["form.decline-reason"], InputType.Text)))]));

        Button Answer(string answer, Offer offer) => reader.Catalogue.Command("answer-help-request").ButtonFor(commitment, offer) with
        {
            Version = null,
            Values = new Dictionary<string, string> { ["request"] = request.Id.ToString(), ["answer"] = answer },
        };
    }
}
