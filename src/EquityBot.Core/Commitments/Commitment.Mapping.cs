using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace EquityBot.Commitments;

// As it is stored.
public sealed partial class Commitment
{
    sealed class Mapping : IEntityTypeConfiguration<Commitment>
    {
        public void Configure(EntityTypeBuilder<Commitment> table)
        {
            table.ToTable("Commitments").HasKey(one => one.Id);
            table.Property(one => one.Id).ValueGeneratedNever();
            table.Ignore(one => one.Ref);
            table.Ignore(one => one.DelayDays);
            table.Ignore(one => one.Contributors);
            table.Property(one => one.LostDays).HasDefaultValue(0);
            table.Property(one => one.Statement).HasMaxLength(1000);
            table.Property(one => one.ForWhom).HasMaxLength(200);
            table.Property(one => one.Level).HasMaxLength(20);
            table.Property(one => one.Driver).HasMaxLength(20);
            table.Property(one => one.Audience).HasMaxLength(20);
            table.Property(one => one.Goals).HasMaxLength(100);
            table.Property(one => one.Staff).HasPrecision(7, 2);
            table.Property(one => one.Rhythm).HasColumnName("Cadence").HasMaxLength(20).HasConversion(new ValueConverter<Rhythm, string>(rhythm => rhythm.Name, name => Commitments.Rhythm.Parse(name)!.Value));
            table.Property(one => one.Status).HasMaxLength(20);
            table.Property(one => one.LastNote).HasMaxLength(1000);
            table.Property(one => one.Evidence).HasMaxLength(1000);
            table.Property(one => one.Version).IsConcurrencyToken();
            table.HasIndex(one => new { one.OrganizationId, one.Number }).IsUnique();
            table.Property(one => one.Follows).HasMaxLength(20);
            table.Property(one => one.Source).HasMaxLength(500);
            table.HasIndex(one => new { one.OrganizationId, one.OwnerId });
            table.HasIndex(one => new { one.OrganizationId, one.Follows }).HasFilter("\"Follows\" IS NOT NULL");
            table.HasIndex(one => new { one.AnswerLookAt, one.OrganizationId }).HasFilter("\"AnswerLookAt\" IS NOT NULL");
            table.HasIndex(one => new { one.LookAt, one.OrganizationId }).HasFilter("\"LookAt\" IS NOT NULL");
        }
    }
}
