using EquityBot.Chat;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;

namespace EquityBot.Commitments;

/// <summary>Whoever is offered a promise that somebody left behind knows who should have it instead, and has them asked. They accept or decline like anybody.</summary>
public sealed class PassOnRequest : ChatCommand
{
    public override string Verb => "pass-on-request";

    public override string Action => "ask";

    public override string Needs => "C";

    public override Offer? Offer(View view, Reader reader) =>
        view.Aspect<OpenRequests>()?.To(reader.Person.Id) is { } request && IsLeft(request, reader) ? Offer(request, (Commitment)view.Subject, reader) : null;

    /// <summary>Its owner is gone, so that it cannot stay where it is.</summary>
    public static bool IsLeft(Request request, Reader reader) => request.Kind == RequestKind.HandOver && reader.Roster.HasLeft(reader.Roster[request.FromId], reader.Now);

    /// <summary>The button that asks whom.</summary>
    static Offer Offer(Request request, Commitment commitment, Reader reader) => new(
        reader.Words["button.pass-on"],
        new Input("to", reader.Words["form.hand-over-to"], InputType.Choice)
        {
            Required = true,
            Choices = [.. reader.Roster.People.Where(one => one.Id != reader.Person.Id && one.Id != commitment.OwnerId && !one.HasLeftBy(reader.Today)).Select(one => new Choice(one.Name, one.Handle))],
        })
    {
        AtAnyVersion = true,
        Values = new Dictionary<string, string> { ["request"] = request.Id.ToString() },
    };

    /// <summary>One button a person who is likely to be the one, and one for anybody else.</summary>
    public IEnumerable<Button> Buttons(Request request, Commitment commitment, Reader reader) =>
    [
        .. Succession.Suggestions(commitment, reader.Person, reader.Roster, reader.Now).Select(one => ButtonFor(commitment, new Offer(reader.Words["button.pass-on-to", ("name", one.Name)])
        {
            AtAnyVersion = true,
            Values = new Dictionary<string, string> { ["request"] = request.Id.ToString(), ["to"] = one.Handle },
        })),
        ButtonFor(commitment, Offer(request, commitment, reader)),
    ];

    public override async Task<Reply> HandleAsync(Turn turn, CancellationToken ct)
    {
        var commitment = turn.Subject<Commitment>();
        var id = Guid.Parse(turn.Value("request")!);
        var request = await turn.Db.Set<Request>().Where(one => one.Id == id).ForUpdate().SingleAsync(ct);
        if (request.Answer is not null || !commitment.IsOpen || request.ToId != turn.Speaker.Id)
        {
            return turn.No("request.answered", ("reference", commitment.Ref));
        }

        if (turn.Value("to") is not { } named || turn.Roster.ByName(named) is not { } next || next.Id == commitment.OwnerId || next.HasLeftBy(turn.Today))
        {
            return turn.No("log.no-such-person", ("name", turn.Value("to")));
        }

        if (next.Id == turn.Speaker.Id)
        {
            return await AnswerRequest.SettleAsync(turn, request, commitment, RequestAnswer.Accepted, ct);
        }

        request.Settle(RequestAnswer.PassedOn, turn.Now);
        turn.Record(commitment, "request-passed-on");
        turn.Ask(request.Kind, next, commitment, passed: request);
        await turn.Subjects.FollowAsync(turn.Db, new(commitment, "request-answered"), turn.Roster, turn.Now, ct);
        return new(new Card(
            turn.Words["hand-over.asked", ("reference", commitment.Ref), ("name", next.Name)],
            new Words(commitment.Statement, Strong: true),
            new Quiet(turn.Words["pass-on.words", ("name", next.Name)]),
            turn.Reader.Buttons(turn.View!, "show")))
        {
            About = commitment,
            InPlace = true,
        };
    }
}
