using EquityBot.Chat;
using NodaTime;

namespace EquityBot.Escalation;

/// <summary>One message that somebody would get.</summary>
/// <param name="At">When it would leave: the recipient's opening, or later the same day where it is decided then.</param>
/// <param name="On">The recipient's local date.</param>
/// <param name="About">C-12; E-4 for a case without a promise that is open already.</param>
/// <param name="DepartmentId">Whose promise it is.</param>
/// <param name="Trigger">The notice writer's name.</param>
/// <param name="Step">The step's name; empty where it is none.</param>
/// <param name="To">The step's role; empty where it is none.</param>
public sealed record Foreseen(Instant At, LocalDate On, Guid RecipientId, string About, Guid DepartmentId, MessageKind Kind, string Trigger, string Step, string To);

/// <summary>A step that would find nobody.</summary>
public sealed record ForeseenGap(LocalDate On, string About, string Step, string To);
