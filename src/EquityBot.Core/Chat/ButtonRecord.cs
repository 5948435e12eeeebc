using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace EquityBot.Chat;

/// <summary>The server's side of a button: what it does, to what, by whom, and what became of it.</summary>
public sealed class ButtonRecord : IOwned
{
    /// <summary>Stands for whoever sees the message; only reads are so free.</summary>
    public static readonly Guid Anybody = Guid.Empty;

    public required Guid Id { get; init; }

    public required Guid OrganizationId { get; init; }

    public required Guid MessageId { get; init; }

    public required string Title { get; init; }

    public required string Verb { get; init; }

    public Guid? SubjectId { get; init; }

    public string? Ref { get; init; }

    public int? Version { get; init; }

    /// <summary>Fixed values as JSON.</summary>
    public required string Values { get; init; }

    public required bool Reads { get; init; }

    /// <summary>Who may press; in a room, still one person, but for what only reads.</summary>
    public required Guid PersonId { get; init; }

    public Instant? PressedAt { get; private set; }

    public Guid? PressedById { get; private set; }

    /// <summary>Ids of the messages that answered the press, for whoever presses again.</summary>
    public List<Guid> Answers { get; private set; } = [];

    public void Consume(Guid by, Instant at, IEnumerable<Guid> answers)
    {
        PressedById = by;
        PressedAt = at;
        Answers = [.. answers];
    }

    sealed class Mapping : IEntityTypeConfiguration<ButtonRecord>
    {
        public void Configure(EntityTypeBuilder<ButtonRecord> table)
        {
            table.ToTable("Buttons").HasKey(one => one.Id);
            table.Property(one => one.Id).ValueGeneratedNever();
            table.Property(one => one.Title).HasMaxLength(80);
            table.Property(one => one.Verb).HasMaxLength(40);
            table.Property(one => one.Ref).HasMaxLength(20);
            table.HasIndex(one => one.MessageId);
            table.HasIndex(one => one.PressedAt).HasFilter("\"PressedAt\" IS NOT NULL");
        }
    }
}
