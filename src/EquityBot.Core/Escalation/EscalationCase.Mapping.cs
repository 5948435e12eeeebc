using EquityBot.Chat;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace EquityBot.Escalation;

public sealed partial class EscalationCase
{
    sealed class Mapping : IEntityTypeConfiguration<EscalationCase>
    {
        public void Configure(EntityTypeBuilder<EscalationCase> table)
        {
            table.ToTable("EscalationCases").HasKey(one => one.Id);
            table.Property(one => one.Id).ValueGeneratedNever();
            table.Ignore(one => one.Ref).Ignore(one => one.AuthorId).Ignore(one => one.Position).Ignore(one => one.PlanInForce);
            table.Property(one => one.AboutRef).HasMaxLength(20);
            table.Property(one => one.Trigger).HasMaxLength(20);
            table.Property(one => one.Status).HasMaxLength(20);
            table.Property(one => one.Version).IsConcurrencyToken();
            table.HasIndex(one => new { one.OrganizationId, one.Number }).IsUnique();
            table.Property(one => one.Line).HasMaxLength(20);
            table.HasIndex(one => one.CommitmentId);
            table.HasIndex(one => new { one.AboutId, one.Line }).IsUnique().HasDatabaseName("IX_EscalationCases_OneOpen")
                .HasFilter("\"Status\" IN ('Open', 'Acknowledged', 'WaitingForCover', 'Exhausted')");
            table.HasIndex(one => new { one.NextAt, one.OrganizationId }).HasFilter("\"NextAt\" IS NOT NULL");
        }
    }
}
