using EquityBot.Chat;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;

namespace EquityBot.Commitments;

/// <summary>Whoever was asked takes it: the help, the promise itself, the later day.</summary>
public sealed class AcceptRequest : AnswerRequest
{
    public override string Verb => "accept-request";

    protected override RequestAnswer Answer => RequestAnswer.Accepted;

    protected override string Title(RequestKind kind) => kind == RequestKind.Extension ? "button.approve" : "button.accept";
}

/// <summary>Whoever was asked does not, and may say why.</summary>
public sealed class DeclineRequest : AnswerRequest
{
    public override string Verb => "decline-request";

    protected override RequestAnswer Answer => RequestAnswer.Declined;

    protected override string Title(RequestKind kind) => "button.decline";

    /// <summary>What fell to somebody since its owner left is taken or passed on.</summary>
    protected override bool Fits(Request request, Reader reader) => request.PassedById is not null || !PassOnRequest.IsLeft(request, reader);

    protected override Input[] Inputs(Reader reader) => [new("reason", reader.Words["form.decline-reason"], InputType.Text)];
}

/// <summary>An answer to a request, by the one who was asked. As good after the promise changed as before.</summary>
public abstract class AnswerRequest : ChatCommand
{
    public override string Action => "ask";

    public override string Needs => "C";

    protected abstract RequestAnswer Answer { get; }

    protected abstract string Title(RequestKind kind);

    protected virtual Input[] Inputs(Reader reader) => [];

    /// <summary>Whether this answer may be given to that request at all.</summary>
    protected virtual bool Fits(Request request, Reader reader) => true;

    public override Offer? Offer(View view, Reader reader) => view.Aspect<OpenRequests>()?.To(reader.Person.Id) is { } request && Fits(request, reader) ? Offer(request, reader) : null;

    /// <summary>The button for one request among several.</summary>
    public Offer Offer(Request request, Reader reader) => new(reader.Words[Title(request.Kind)], Inputs(reader))
    {
        AtAnyVersion = true,
        Values = new Dictionary<string, string> { ["request"] = request.Id.ToString() },
    };

    public override async Task<Reply> HandleAsync(Turn turn, CancellationToken ct)
    {
        var commitment = turn.Subject<Commitment>();
        var id = Guid.Parse(turn.Value("request")!);
        var request = await turn.Db.Set<Request>().Where(one => one.Id == id).ForUpdate().SingleAsync(ct);
        if (request.Answer is not null || !commitment.IsOpen || request.ToId != turn.Speaker.Id)
        {
            return turn.No("request.answered", ("reference", commitment.Ref));
        }

        return await SettleAsync(turn, request, commitment, Answer, ct);
    }

    /// <summary>What the answer brings about; everybody concerned hears.</summary>
    public static async Task<Reply> SettleAsync(Turn turn, Request request, Commitment commitment, RequestAnswer answer, CancellationToken ct)
    {
        var (before, accepted) = (commitment.OwnerId, answer == RequestAnswer.Accepted);
        if (accepted && request.Kind == RequestKind.HandOver && commitment.Status == CommitmentStatus.Proposed && commitment.Due < turn.Today)
        {
            return turn.No("proposal.past", ("reference", commitment.Ref), ("day", turn.Words.DayAndYear(commitment.Due.Value)), ("name", turn.Roster[commitment.AuthorId].Name));
        }

        var outcome = $"{RequestFollower.Name(request.Kind)}-{(accepted ? "accepted" : "declined")}";
        if (accepted && request.Kind == RequestKind.Extension)
        {
            if (PushCommitment.WhyNot(turn, commitment, request.Due!.Value) is { } refusal)
            {
                return refusal;
            }

            turn.Record(commitment, "due-moved", request.Words, oldDue: commitment.Due, newDue: request.Due, need: request.Need);
            commitment.Extend(request.Due.Value, request.Words!, request.FromId, turn.OwnersToday(commitment), turn.Now);
        }
        else if (accepted && request.Kind == RequestKind.Day)
        {
            if (await ProposeDay.AgreeAsync(turn, commitment, request.Due!.Value, ct) is { } refusal)
            {
                return refusal;
            }
        }
        else
        {
            turn.Record(commitment, $"request-{outcome}", turn.Value("reason"));
        }

        request.Settle(answer, turn.Now);
        if (accepted && request.Kind == RequestKind.HandOver)
        {
            commitment.HandTo(turn.Speaker, turn.Now);
        }

        var wasProposed = commitment.Status == CommitmentStatus.Proposed;
        if (accepted && request.Kind == RequestKind.HandOver && wasProposed)
        {
            commitment.Accept(turn.Now);
            turn.Record(commitment, "accepted");
        }

        var what = (request.Kind, accepted) switch
        {
            (RequestKind.HandOver, true) when wasProposed => "accepted",
            (RequestKind.HandOver, true) => "handed-over",
            (RequestKind.Extension, true) => "due-moved",
            (RequestKind.Day, true) => "accepted",
            _ => "request-answered",
        };
        if (what == "request-answered")
        {
            // The promise stands as it did, and so do its cards; others only follow the answer.
            await turn.Subjects.FollowAsync(turn.Db, new(commitment, what), turn.Roster, turn.Now, ct);
        }
        else
        {
            await turn.ChangedAsync(commitment, what, ct);
        }

        if (request.Kind == RequestKind.Day && !accepted)
        {
            // The day that was asked for stands, and the supplier's answer is awaited again.
            turn.Ask(turn.Roster[commitment.OwnerId], commitment, ProposalNotice.Name);
        }

        foreach (var waiting in new Guid?[] { request.FromId, before, request.PassedById, wasProposed ? commitment.AuthorId : null }.OfType<Guid>().Distinct())
        {
            turn.Tell(turn.Roster[waiting], commitment, CommitmentNews.Name, $"request:{request.Id}", facts: CommitmentNews.Facts($"request-{outcome}", turn.Speaker, turn.Value("reason")));
        }

        var news = turn.Words[$"request.{outcome}", ("reference", commitment.Ref), ("name", turn.Roster[request.FromId].Name)];
        return what == "request-answered"
            ? new(new Card(news, new Words(commitment.Statement, Strong: true), turn.Reader.Buttons(turn.View!, "show"))) { About = commitment, InPlace = true }
            : await turn.CurrentAsync(commitment, news, ct);
    }
}
