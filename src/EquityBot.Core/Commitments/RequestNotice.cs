using EquityBot.Chat;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;

namespace EquityBot.Commitments;

/// <summary>Asks somebody: to clear the way, to take the promise over, to allow a later day.</summary>
public sealed class RequestNotice : NoticeWriter
{
    public const string Name = "request";

    public override string Trigger => Name;

    public override async Task<Card?> WriteAsync(EquityDb db, Notice notice, Reader reader, CancellationToken ct)
    {
        var id = Guid.Parse(notice.Period);
        return await reader.ViewAsync(db, notice.Ref, ct) is { Subject: Commitment { IsOpen: true } commitment } view && view.Aspect<OpenRequests>()?.Requests.SingleOrDefault(one => one.Id == id) is { } request
            ? Card(request, commitment, reader)
            : null;
    }

    static Card Card(Request request, Commitment commitment, Reader reader)
    {
        var (words, from, kind) = (reader.Words, reader.Roster[request.FromId].Name, RequestFollower.Name(request.Kind));
        var left = PassOnRequest.IsLeft(request, reader);
        return new(
            words[left ? "request.left" : $"request.{kind}", ("name", from), ("reference", commitment.Ref)],
            new Words(commitment.Statement, Strong: true),
            request.Kind == RequestKind.Help ? null : CommitmentCard.StatusOf(commitment, words),
            request.Kind == RequestKind.Help ? null : new Facts(
                new Fact(words["commitment.due"], reader.DueDay(commitment.Due!.Value, commitment.OwnerId)),
                request.Due is { } day ? new Fact(words["request.new-day"], reader.DueDay(day, commitment.OwnerId)) : null,
                request.Need is { } need ? new Fact(words["request.need"], need) : null,
                new Fact(words["commitment.for-whom"], commitment.ForWhom ?? words["commitment.not-named"])),
            request.Words is { } said ? new Quote(said, from) : CommitmentCard.LastNote(commitment, reader),
            request.Kind == RequestKind.Extension ? new Quiet(words["request.extension-words", ("limit", commitment.ExtensionLimit)]) : null,
            request.PassedById is { } passed ? new Quiet(words["request.passed", ("name", reader.Roster[passed].Name)]) : null,
            left ? new Quiet(words["request.left-words"]) : null,
            new ButtonRow([Button("accept-request") with { Primary = true }, .. Otherwise()]));

        // What somebody left behind cannot stay there: whoever it fell to takes it or names another, who may decline.
        IEnumerable<Button> Otherwise() =>
        [
            .. left ? ((PassOnRequest)reader.Catalogue.Command("pass-on-request")).Buttons(request, commitment, reader) : [],
            .. left && request.PassedById is null ? [] : new[] { Button("decline-request") },
        ];

        Button Button(string verb)
        {
            var command = (AnswerRequest)reader.Catalogue.Command(verb);
            return command.ButtonFor(commitment, command.Offer(request, reader));
        }
    }
}
