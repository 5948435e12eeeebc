using System.Text.RegularExpressions;
using EquityBot.Chat;
using EquityBot.People;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;

namespace EquityBot.Commitments;

/// <summary>A promise is kept together with other departments: each is asked and signs for itself, and one stays accountable.</summary>
public sealed partial class JoinDepartments : ChatCommand
{
    public override string Verb => "join-departments";

    public override string Action => "join-departments";

    public override string Needs => "C";

    public override IReadOnlyList<Regex> Sentences => [Jointly()];

    public override bool OnRequest => true;

    public override Offer? Offer(View view, Reader reader) => CanJoin(view.Subject)
        ? new(reader.Words["button.together"], new Input("with", reader.Words["form.together"], InputType.Choices) { Required = true, Choices = [.. reader.Roster.Departments.Where(one => one.Id != view.Subject.DepartmentId).Select(one => new Choice(one.Name, one.Name))] })
        : null;

    static bool CanJoin(ISubject subject) => subject is Commitment { IsRunning: true } or Commitment { Status: CommitmentStatus.Missed };

    public override async Task<Reply> HandleAsync(Turn turn, CancellationToken ct)
    {
        var commitment = turn.Subject<Commitment>();
        if (!CanJoin(commitment))
        {
            return turn.No("joint.not-open", ("reference", commitment.Ref));
        }

        var (named, ask) = Named(turn);
        if (named is null)
        {
            return ask!;
        }

        var known = await turn.Db.Set<Contribution>().Where(one => one.CommitmentId == commitment.Id).ForUpdate().ToListAsync(ct);
        var asked = new List<(Department Department, Person Lead)>();
        foreach (var department in named.Where(one => one.Id != commitment.DepartmentId && !known.Exists(other => other.DepartmentId == one.Id && other.Answer != RequestAnswer.Declined)))
        {
            if (Together.AnswersFor(department, turn.Roster) is not { } lead)
            {
                return turn.No("need.nobody", ("department", department.Name));
            }

            asked.Add((department, lead));
        }

        if (asked.Count == 0)
        {
            return turn.No("joint.already", ("reference", commitment.Ref));
        }

        foreach (var (department, lead) in asked)
        {
            await AskAsync(turn, commitment, known.Find(one => one.DepartmentId == department.Id), department, lead, ct);
        }

        return await turn.CurrentAsync(commitment, turn.Words["joint.done", ("reference", commitment.Ref), ("names", string.Join(", ", asked.Select(one => turn.Reader.Name(one.Lead.Id)).Distinct()))], ct);
    }

    static async Task AskAsync(Turn turn, Commitment commitment, Contribution? before, Department department, Person lead, CancellationToken ct)
    {
        var contribution = before ?? new Contribution { Id = Guid.NewGuid(), OrganizationId = turn.Db.OrganizationId, CommitmentId = commitment.Id, DepartmentId = department.Id, AskedById = turn.Speaker.Id, AskedAt = turn.Now };
        if (before is null)
        {
            turn.Db.Add(contribution);
        }
        else
        {
            before.AskAgain(turn.Now);
        }

        turn.Record(commitment, "department-asked", department.Name);
        if (lead.Id == turn.Speaker.Id)
        {
            // Whoever leads both has signed by asking.
            contribution.Settle(RequestAnswer.Accepted, lead.Id, null, turn.Now);
            commitment.SignOn(department.Id);
        }

        turn.Tell(lead, commitment, InvitationNotice.Name, $"{contribution.Id:N}:{turn.Now.ToUnixTimeSeconds()}", MessageKind.Request, contribution.Id.ToString());
        await turn.Db.SaveChangesAsync(ct);
    }

    /// <summary>The departments of a list, the longest name first, since "and" stands within names too; or the question about one that nobody knows.</summary>
    (IReadOnlyList<Department>? All, Reply? Ask) Named(Turn turn)
    {
        var parts = Separators().Split(turn.Value("with") ?? "").Where(part => part.Length > 0).ToList();
        var found = new List<Department>();
        for (var from = 0; from < parts.Count;)
        {
            var length = Enumerable.Range(1, parts.Count - from).Reverse().FirstOrDefault(length => Meant(length) is not null);
            if (length == 0)
            {
                return (null, Whom.Department(turn, this, "with", parts[from]).Ask);
            }

            found.Add(Meant(length)!);
            from += length;

            Department? Meant(int length) => Naming.Department(turn.Roster, string.Join(" and ", parts.GetRange(from, length))).One;
        }

        return found.Count == 0 ? (null, turn.No("joint.which", ("reference", turn.View!.Subject.Ref))) : ([.. found.DistinctBy(one => one.Id)], null);
    }

    [GeneratedRegex(@"^(?:we(?:'ll| will)? (?:do|keep|share) )?(?<ref>c-\d+)(?: is| will be)?,? (?:(?:together|jointly|joint|along|shared) with|with the help of) (?<with>.+?)[.!]*$|^(?:share|join|do|keep) (?<ref>c-\d+)(?: together| jointly)? with (?<with>.+?)[.!]*$", RegexOptions.IgnoreCase)]
    private static partial Regex Jointly();

    [GeneratedRegex(@",? and (?:the )?|, ?| & ", RegexOptions.IgnoreCase)]
    private static partial Regex Separators();
}
