using System.Text.RegularExpressions;
using EquityBot.Chat;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;

namespace EquityBot.Commitments;

/// <summary>The lead signs for the department: it contributes.</summary>
public sealed partial class SignOn : AnswerInvitation
{
    public override string Verb => "sign-on";

    public override IReadOnlyList<Regex> Sentences => [Sign()];

    protected override RequestAnswer Answer => RequestAnswer.Accepted;

    public override Offer? Offer(View view, Reader reader) => IsAsked(view, reader) ? new(reader.Words["button.sign-on"]) { AtAnyVersion = true } : null;

    [GeneratedRegex(@"^(?:(?:we|i)(?:'ll| will)? )?sign(?: on(?: to| for)?| up for)? (?<ref>c-\d+)[.!]*$|^(?:we're|we are|i'm|count us) in (?:on|for) (?<ref>c-\d+)[.!]*$|^(?:we(?:'ll| will)? )?contribute to (?<ref>c-\d+)[.!]*$", RegexOptions.IgnoreCase)]
    private static partial Regex Sign();
}

/// <summary>The department does not contribute, and may say why.</summary>
public sealed partial class DeclineInvitation : AnswerInvitation
{
    public override string Verb => "decline-invitation";

    public override IReadOnlyList<Regex> Sentences => [Decline()];

    protected override RequestAnswer Answer => RequestAnswer.Declined;

    public override Offer? Offer(View view, Reader reader) => IsAsked(view, reader) ? new(reader.Words["button.not-with-us"], new Input("reason", reader.Words["form.decline-reason"], InputType.Text)) { AtAnyVersion = true } : null;

    [GeneratedRegex(@"^(?:(?:we|i) )?(?:can't|cannot|can not|won't|will not) (?:contribute to|join|sign(?: on(?: to)?)?) (?<ref>c-\d+)(?:[,;.]? ?(?:because(?: of)?|since|due to) (?<reason>.+))?[.!]*$", RegexOptions.IgnoreCase)]
    private static partial Regex Decline();
}

/// <summary>A department's answer to being asked to contribute, by whoever leads it.</summary>
public abstract class AnswerInvitation : ChatCommand
{
    public override string Action => "ask";

    public override string Needs => "C";

    protected abstract RequestAnswer Answer { get; }

    protected static bool IsAsked(View view, Reader reader) => view.Subject is Commitment { IsOpen: true } && view.Aspect<Together>()?.AskedOf(reader.Person, reader.Roster) is not null;

    public override async Task<Reply> HandleAsync(Turn turn, CancellationToken ct)
    {
        var commitment = turn.Subject<Commitment>();
        if (!IsAsked(turn.View!, turn.Reader))
        {
            return turn.No("joint.nothing-asked", ("reference", commitment.Ref));
        }

        var id = turn.View!.Aspect<Together>()!.AskedOf(turn.Speaker, turn.Roster)!.Id;
        var contribution = await turn.Db.Set<Contribution>().Where(one => one.Id == id).ForUpdate().SingleAsync(ct);
        contribution.Settle(Answer, turn.Speaker.Id, turn.Value("reason"), turn.Now);
        if (Answer == RequestAnswer.Accepted)
        {
            commitment.SignOn(contribution.DepartmentId);
        }

        var what = Answer == RequestAnswer.Accepted ? "joint-signed" : "joint-declined";
        turn.Record(commitment, what, turn.Value("reason"));
        await turn.Db.SaveChangesAsync(ct);
        foreach (var waiting in new[] { commitment.OwnerId, contribution.AskedById }.Distinct())
        {
            turn.Tell(turn.Roster[waiting], commitment, CommitmentNews.Name, $"{what}:{contribution.Id:N}", facts: CommitmentNews.Facts(what, turn.Speaker, turn.Value("reason"), turn.Roster.Department(contribution.DepartmentId).Name));
        }

        return await turn.CurrentAsync(commitment, turn.Words[Answer == RequestAnswer.Accepted ? "joint.now-signed" : "joint.now-declined", ("reference", commitment.Ref)], ct);
    }
}

/// <summary>Asks the lead of a department whether it contributes.</summary>
public sealed class InvitationNotice : NoticeWriter
{
    public const string Name = "invitation";

    public override string Trigger => Name;

    public override async Task<Card?> WriteAsync(EquityDb db, Notice notice, Reader reader, CancellationToken ct)
    {
        if (await reader.ViewAsync(db, notice.Ref, ct) is not { Subject: Commitment { IsOpen: true } commitment } view
            || view.Aspect<Together>()?.Departments.SingleOrDefault(one => one.Id.ToString() == notice.Facts) is not { Answer: null } contribution)
        {
            return null;
        }

        var words = reader.Words;
        return new(
            words["joint.title", ("reference", commitment.Ref), ("department", reader.Roster.Department(contribution.DepartmentId).Name), ("accountable", reader.Roster.Department(commitment.DepartmentId).Name)],
            new Words(commitment.Statement, Strong: true),
            new Facts(
                new Fact(words["commitment.due"], reader.DueDay(commitment.Due!.Value, commitment.OwnerId)),
                new Fact(words["commitment.owner"], reader.Name(commitment.OwnerId)),
                new Fact(words["commitment.for-whom"], commitment.ForWhom ?? words["commitment.not-named"])),
            new Quiet(words["joint.words", ("name", reader.Name(commitment.OwnerId))]),
            reader.Buttons(view, "sign-on", "decline-invitation", "show"));
    }
}
