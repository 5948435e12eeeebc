namespace EquityBot.People;

/// <summary>What a person is to the subject at hand.</summary>
public enum Relation
{
    /// <summary>Belongs to the organization; everybody known is at least this.</summary>
    Colleague,

    /// <summary>Works in the subject's department.</summary>
    Member,

    /// <summary>Wrote the draft.</summary>
    Author,
    Owner,

    /// <summary>Acts for the owner while the owner is away.</summary>
    Delegate,

    /// <summary>Leads the subject's department.</summary>
    Lead,

    /// <summary>Leads a department that contributes to it.</summary>
    Contributor,

    /// <summary>In the owner's supervisor chain.</summary>
    Above,

    /// <summary>The one whose confirmation a claim of done waits for.</summary>
    Confirmer,

    /// <summary>The executive sponsor.</summary>
    Sponsor,

    /// <summary>Stands in for the board-level accountability owner.</summary>
    BoardDeputy,
}

/// <summary>One row: who may do an action, by role or by relation, and who never may whatever else they are.</summary>
public sealed record Right(string Action, Role[] Roles, Relation[] Relations, Relation[] Never);

/// <summary>Deny unless allowed. The one table that decides; its tests are generated from it.</summary>
public static class Rights
{
    static readonly Role[] None = [];
    static readonly Role[] Oversight = [Role.EquityOfficer, Role.CoreTeamMember, Role.Executive, Role.BoardOwner];

    public static readonly IReadOnlyList<Right> Table =
    [
        new("ask", None, [Relation.Colleague], []),
        new("read-plan", None, [Relation.Colleague], []),
        new("read-digest", [Role.Executive, Role.EquityOfficer, Role.BoardOwner], [], []),
        new("read-statement", [Role.EquityOfficer, Role.Executive, Role.BoardOwner, Role.Auditor], [], []),
        new("read-operations", [Role.EquityOfficer, Role.Admin, Role.Auditor], [], []),
        new("attend-operations", [Role.EquityOfficer, Role.Admin], [], []),
        new("read-details", [.. Oversight, Role.Auditor], [Relation.Member, Relation.Author, Relation.Owner, Relation.Delegate, Relation.Lead, Relation.Contributor, Relation.Above, Relation.Confirmer, Relation.Sponsor, Relation.BoardDeputy], []),
        new("log", [Role.DepartmentLead, Role.Contributor, Role.EquityOfficer, Role.CoreTeamMember, Role.Executive], [], []),
        new("log-for-another", [Role.DepartmentLead, Role.EquityOfficer, Role.CoreTeamMember, Role.Executive], [], []),
        new("promise-openly", [Role.EquityOfficer, Role.Executive, Role.BoardOwner], [], []),
        new("set-goal", [Role.DepartmentLead, Role.Contributor, Role.EquityOfficer, Role.CoreTeamMember, Role.Executive], [], []),
        new("state-confidence", None, [Relation.Owner, Relation.Delegate], []),
        new("close-goal", None, [Relation.Owner, Relation.Delegate, Relation.Lead], []),
        new("finish-draft", None, [Relation.Author], []),
        new("answer-proposal", None, [Relation.Owner, Relation.Delegate], []),
        new("report-progress", None, [Relation.Owner, Relation.Delegate, Relation.Lead, Relation.Contributor], []),
        new("run-cycle", [Role.EquityOfficer, Role.CoreTeamMember], [], []),
        new("settle-promise", [Role.EquityOfficer, Role.CoreTeamMember], [], [Relation.Owner]),
        new("set-rhythm", None, [Relation.Owner, Relation.Delegate, Relation.Lead], []),
        new("snooze", None, [Relation.Owner, Relation.Delegate], []),
        new("claim-done", None, [Relation.Owner, Relation.Delegate], []),
        new("confirm-met", Oversight, [Relation.Confirmer], [Relation.Owner]),
        new("move-due-date", None, [Relation.Owner, Relation.Delegate], []),
        new("revise", None, [Relation.Owner, Relation.Delegate], []),
        new("describe", [Role.EquityOfficer], [Relation.Owner, Relation.Delegate, Relation.Lead], []),
        new("withdraw", None, [Relation.Owner, Relation.Delegate], []),
        new("answer-withdrawal", [Role.EquityOfficer], [Relation.Confirmer], [Relation.Owner, Relation.Delegate]),
        new("hand-over", None, [Relation.Owner, Relation.Delegate, Relation.Lead], []),
        new("need-supply", None, [Relation.Owner, Relation.Delegate, Relation.Lead], []),
        new("join-departments", None, [Relation.Owner, Relation.Delegate, Relation.Lead], []),
        new("undo", None, [Relation.Author, Relation.Owner], []),
        new("waive", [Role.EquityOfficer], [Relation.Above], [Relation.Owner]),
        new("cover", [Role.EquityOfficer], [Relation.Lead, Relation.Above, Relation.Confirmer], [Relation.Owner]),
        new("acknowledge", None, [Relation.Owner, Relation.Delegate], []),
        new("offer-help", Oversight, [Relation.Lead, Relation.Above, Relation.Sponsor], [Relation.Owner]),
        new("answer-help", None, [Relation.Owner, Relation.Delegate], []),
        new("decide", [Role.BoardOwner], [Relation.BoardDeputy], [Relation.Owner]),
        new("recovery-plan", [Role.EquityOfficer], [Relation.Owner, Relation.Delegate, Relation.Lead, Relation.Above, Relation.Sponsor], []),
        new("escalate", [Role.EquityOfficer], [Relation.Above, Relation.Sponsor], [Relation.Owner]),
        new("pause", [Role.EquityOfficer], [], []),
        new("read-schedule", [.. Oversight, Role.DepartmentLead, Role.CommunityRepresentative, Role.Auditor], [Relation.Lead, Relation.BoardDeputy], []),
        new("edit-schedule", [Role.EquityOfficer], [], []),
        new("approve-schedule", [Role.EquityOfficer, Role.Executive, Role.BoardOwner], [Relation.BoardDeputy], []),
        new("log-partnership", [Role.DepartmentLead, Role.Contributor, Role.EquityOfficer, Role.CoreTeamMember, Role.Executive, Role.CommunityRepresentative], [], []),
        new("correct-partnership", [Role.EquityOfficer], [Relation.Author, Relation.Owner, Relation.Delegate, Relation.Lead], []),
        new("close-follow-up", [Role.EquityOfficer], [Relation.Owner, Relation.Delegate, Relation.Lead], []),
        new("edit-partner", [Role.EquityOfficer, Role.DepartmentLead], [Relation.Owner, Relation.Delegate], []),
        new("answer-meeting-pulse", None, [Relation.Colleague], []),
        new("preview", [.. Oversight, Role.Auditor], [Relation.Owner, Relation.Delegate, Relation.Lead, Relation.Above, Relation.Confirmer, Relation.Sponsor, Relation.BoardDeputy], []),
    ];

    static readonly Dictionary<string, Right> ByAction = Table.ToDictionary(row => row.Action, StringComparer.Ordinal);

    /// <summary>Whether somebody with these roles and relations may do <paramref name="action"/>. An action without a row is denied to everybody.</summary>
    public static bool Allows(string action, IReadOnlyCollection<Role> roles, IReadOnlyCollection<Relation> relations) =>
        ByAction.TryGetValue(action, out var row)
        && !row.Never.Any(relations.Contains)
        && (row.Roles.Any(roles.Contains) || row.Relations.Any(relations.Contains));
}
