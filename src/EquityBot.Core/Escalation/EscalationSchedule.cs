using System.Text.Json;
using System.Text.Json.Serialization;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace EquityBot.Escalation;

/// <summary>One step: who hears what, how many working days after the due day.</summary>
/// <param name="Name">The position in the schedule, whoever it resolves to: a contract (practice interface).</param>
/// <param name="Offset">Working days after the due day on the owner's calendar; negative for a reminder before it.</param>
/// <param name="To">owner, lead, officer, sponsor, board, board-deputy.</param>
/// <param name="Action">Kind of an <see cref="IEscalationAction"/>.</param>
/// <param name="AnswerWithin">Working days within which an answer is asked for; null where none is.</param>
public sealed record EscalationStep(string Name, int Offset, string To, string Action, int? AnswerWithin = null);

/// <summary>The numbers of one schedule, as a case keeps them.</summary>
/// <param name="PostponeDays">Working days by which the first progress after the due day moves the next step.</param>
/// <param name="UnreachedDays">Working days that the schedule waits after a recipient could not be reached.</param>
/// <param name="CoverDays">Working days that the schedule waits for somebody to cover an absent owner.</param>
/// <param name="AnswerDays">Working days that a proposal, a claim of done, a withdrawal or a request may wait for its answer.</param>
/// <param name="SilenceDays">Working days into a cycle after which a department without an accepted promise is missed.</param>
/// <param name="CheckInsStopAt">The last step that a missed check-in alone reaches.</param>
/// <param name="Steps">Strictly increasing in offset.</param>
public sealed record Plan(string Name, int PostponeDays, int UnreachedDays, int CoverDays, int AnswerDays, int SilenceDays, string CheckInsStopAt, IReadOnlyList<EscalationStep> Steps)
{
    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>The step before the due day; null when the schedule has none.</summary>
    [JsonIgnore]
    public EscalationStep? Reminder => Steps.FirstOrDefault(step => step.Offset < 0);

    /// <summary>The steps that a case walks.</summary>
    [JsonIgnore]
    public IReadOnlyList<EscalationStep> CaseSteps => [.. Steps.Where(step => step.Offset > 0)];

    /// <summary>The plan as far as a case with this trigger walks it.</summary>
    public Plan For(string trigger)
    {
        var stop = Steps.ToList().FindIndex(step => step.Name == CheckInsStopAt);
        return trigger == Triggers.CheckIn && stop >= 0 ? this with { Steps = [.. Steps.Take(stop + 1)] } : this;
    }

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    public static Plan FromJson(string json) => JsonSerializer.Deserialize<Plan>(json, Json)!;

    /// <summary>The schedule an organization starts with.</summary>
    public static Plan Default()
    {
        using var stream = typeof(Plan).Assembly.GetManifestResourceStream("EquityBot.Escalation.default-schedule.json")!;
        return JsonSerializer.Deserialize<Plan>(stream, Json)!;
    }
}

/// <summary>A version of an organization's schedule. A case keeps the plan it was opened with.</summary>
public sealed class EscalationSchedule : IOwned
{
    public required Guid Id { get; init; }

    public required Guid OrganizationId { get; init; }

    public required int Version { get; init; }

    /// <summary>The <see cref="Escalation.Plan"/> as JSON.</summary>
    public required string Plan { get; init; }

    /// <summary>The newest version.</summary>
    public static async Task<Plan> CurrentAsync(EquityDb db, CancellationToken ct) =>
        Escalation.Plan.FromJson((await db.Set<EscalationSchedule>().AsNoTracking().OrderByDescending(one => one.Version).FirstAsync(ct)).Plan);

    sealed class Mapping : IEntityTypeConfiguration<EscalationSchedule>
    {
        public void Configure(EntityTypeBuilder<EscalationSchedule> table)
        {
            table.ToTable("EscalationSchedules").HasKey(one => one.Id);
            table.Property(one => one.Id).ValueGeneratedNever();
            table.HasIndex(one => new { one.OrganizationId, one.Version }).IsUnique();
        }
    }
}
