using EquityBot.Chat;
using EquityBot.Commitments;
using EquityBot.People;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;

namespace EquityBot.Partnerships;

/// <summary>One tap. Where it was longer ago, somebody whose work touches one's own is suggested, by what both do and never by how much.</summary>
public sealed class AnswerMeetingPulse : ChatCommand
{
    /// <summary>Work with a partner counts as shared for this many months.</summary>
    const int Months = 12;

    public override string Verb => "answer-meeting-pulse";

    public override string Action => "answer-meeting-pulse";

    public override async Task<Reply> HandleAsync(Turn turn, CancellationToken ct)
    {
        var (words, id, answer) = (turn.Words, Guid.Parse(turn.Value("pulse")!), Enum.Parse<LastMet>(turn.Value("when")!));
        var pulse = await turn.Db.Set<MeetingPulse>().Where(one => one.Id == id && one.PersonId == turn.Speaker.Id).ForUpdate().SingleAsync(ct);
        if (pulse.Month != turn.Value("month") || pulse.Answer is not null)
        {
            return turn.No("pulse.over");
        }

        pulse.Give(answer, turn.Now);
        if (answer != LastMet.LongerAgo)
        {
            return new(new Card(words["pulse.thanks"], new Quiet(words["pulse.private"]))) { InPlace = true };
        }

        var ties = await TiesAsync(turn, ct);
        if (WhomToMeet.Suggest(turn.Speaker, ties, pulse.SuggestedId) is not { } suggestion)
        {
            return new(new Card(words["pulse.thanks"], new Words(words["pulse.nobody"]), new Quiet(words["pulse.private"]))) { InPlace = true };
        }

        pulse.SuggestedId = suggestion.Lead;
        var lead = turn.Roster[suggestion.Lead];
        return new(new Card(
            words["pulse.meet", ("name", lead.Name)],
            new Words(words[suggestion.Partner is null ? "pulse.shared-group" : "pulse.shared-partner", ("name", lead.Name), ("department", turn.Roster.DepartmentOf(lead).Name), ("what", suggestion.Partner ?? suggestion.Group)]),
            new Quiet(words["pulse.private"]))) { InPlace = true };
    }

    /// <summary>What each department with a lead who is there works on with whom.</summary>
    static async Task<IReadOnlyList<DepartmentTies>> TiesAsync(Turn turn, CancellationToken ct)
    {
        var since = turn.Today.PlusMonths(-Months);
        var partners = await turn.Db.Set<Partner>().AsNoTracking().ToDictionaryAsync(one => one.Id, one => one.Name, ct);
        var activities = await turn.Db.Set<PartnershipActivity>().AsNoTracking().Where(one => one.TakenBackAt == null && one.On >= since).Select(one => new { one.DepartmentId, one.Partners }).ToListAsync(ct);
        var promises = await turn.Db.Set<Commitment>().AsNoTracking().Where(one => one.AcceptedAt != null && (one.Status == CommitmentStatus.Active || one.Status == CommitmentStatus.AtRisk || one.Status == CommitmentStatus.Missed))
            .Select(one => new { one.DepartmentId, one.Statement, one.ForWhom }).ToListAsync(ct);
        return
        [
            .. turn.Roster.Departments.Where(one => turn.Roster.Find(one.LeadId) is { } lead && !turn.Roster.IsAbsent(lead, turn.Now)).Select(one => new DepartmentTies(
                one.Id,
                one.Name,
                one.LeadId!.Value,
                [
                    .. activities.Where(done => done.DepartmentId == one.Id).SelectMany(done => done.Partners).Select(partners.GetValueOrDefault).OfType<string>(),
                    .. partners.Values.Where(name => promises.Any(promise => promise.DepartmentId == one.Id && promise.Statement.Contains(name, StringComparison.OrdinalIgnoreCase))),
                ],
                [.. promises.Where(promise => promise.DepartmentId == one.Id).Select(promise => promise.ForWhom).OfType<string>()])),
        ];
    }
}
