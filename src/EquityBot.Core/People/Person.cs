using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace EquityBot.People;

/// <summary>Somebody who works for, governs or represents the community at the organization.</summary>
public sealed class Person : IOwned, IShared
{
    public required Guid Id { get; init; }

    public required Guid OrganizationId { get; init; }

    /// <summary>Stable and readable: <c>dana.reyes</c>.</summary>
    public required string Handle { get; init; }

    public required string Name { get; set; }

    public required string Title { get; set; }

    public required string Email { get; set; }

    public required Guid DepartmentId { get; set; }

    public required Guid SiteId { get; set; }

    public Guid? SupervisorId { get; set; }

    /// <summary>Who holds the post while its holder is away.</summary>
    public Guid? DeputyId { get; set; }

    /// <summary>Who acts for this person while they are away.</summary>
    public Guid? DelegateId { get; set; }

    /// <summary>The last day of that; null while it holds for every absence. Until then the delegate may act also while this person is here.</summary>
    public LocalDate? DelegateUntil { get; set; }

    /// <summary>Who said so in a conversation; null where the roster did.</summary>
    public Guid? DelegateById { get; set; }

    /// <summary>The executive who answers for this person's promises.</summary>
    public Guid? SponsorId { get; set; }

    /// <summary>Working days, ISO numbers (1 is Monday) separated by semicolons.</summary>
    public required string Days { get; set; }

    public required LocalTime From { get; set; }

    public required LocalTime To { get; set; }

    /// <summary>The first day away; null where the absence has begun, or there is none.</summary>
    public LocalDate? AwayFrom { get; set; }

    /// <summary>The last day away; null when here.</summary>
    public LocalDate? AwayUntil { get; set; }

    /// <summary>The last day of employment or of the mandate; null when none is known.</summary>
    public LocalDate? LeavesOn { get; set; }

    /// <summary>Away on that day, or gone for good.</summary>
    public bool IsAbsentOn(LocalDate day) => IsAwayOn(day) || HasLeftBy(day);

    public bool IsAwayOn(LocalDate day) => day <= AwayUntil && !(day < AwayFrom);

    /// <summary>That day, or the first one after the absence that it falls into.</summary>
    public LocalDate BackOn(LocalDate day) => IsAwayOn(day) ? AwayUntil!.Value.PlusDays(1) : day;

    /// <summary>Whom the roster or the person names to act for them on that day; whether that is needed is another question.</summary>
    public Guid? DelegateOn(LocalDate day) => day > DelegateUntil ? null : DelegateId;

    public bool HasLeftBy(LocalDate day) => day > LeavesOn;

    sealed class Mapping : IEntityTypeConfiguration<Person>
    {
        public void Configure(EntityTypeBuilder<Person> table)
        {
            table.ToTable("People").HasKey(one => one.Id);
            table.Property(one => one.Id).ValueGeneratedNever();
            table.Property(one => one.Handle).HasMaxLength(60);
            table.Property(one => one.Name).HasMaxLength(120);
            table.Property(one => one.Title).HasMaxLength(160);
            table.Property(one => one.Email).HasMaxLength(200);
            table.Property(one => one.Days).HasMaxLength(20);
            table.HasIndex(one => new { one.OrganizationId, one.Handle }).IsUnique();
        }
    }
}
