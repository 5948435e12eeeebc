using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace EquityBot.Storage.Migrations;

/// <summary>What the auditor finds, its heartbeat and its monthly statements; and what people let go of what was given up.</summary>
[DbContext(typeof(EquityDb))]
[Migration("20261125122000_Auditor")]
public sealed class Auditor : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "Findings",
            columns: table => new
            {
                Id = table.Column<Guid>(),
                OrganizationId = table.Column<Guid>(),
                Kind = table.Column<string>(maxLength: 20),
                Subject = table.Column<string>(maxLength: 140),
                Since = table.Column<long>(),
                SeenAt = table.Column<long>(),
                FoundAt = table.Column<long>(nullable: true),
                HealedAt = table.Column<long>(nullable: true),
                ResolvedAt = table.Column<long>(nullable: true)
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_Findings", row => row.Id);
            });

        migrationBuilder.CreateTable(
            name: "AuditWatches",
            columns: table => new
            {
                Id = table.Column<Guid>(),
                OrganizationId = table.Column<Guid>(),
                LastAuditAt = table.Column<long>(),
                LongestPause = table.Column<int>(),
                StatementAt = table.Column<long>()
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_AuditWatches", row => row.Id);
            });

        migrationBuilder.CreateTable(
            name: "Statements",
            columns: table => new
            {
                Id = table.Column<Guid>(),
                OrganizationId = table.Column<Guid>(),
                Month = table.Column<DateOnly>(),
                DecidedAt = table.Column<long>(),
                Figures = table.Column<string>()
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_Statements", row => row.Id);
            });

        migrationBuilder.CreateTable(
            name: "DiscardedLetters",
            columns: table => new
            {
                OrganizationId = table.Column<Guid>(),
                Key = table.Column<string>(maxLength: 100),
                Occurrence = table.Column<long>(),
                ById = table.Column<Guid>(),
                At = table.Column<long>(),
                Reason = table.Column<string>(maxLength: 300)
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_DiscardedLetters", row => new { row.OrganizationId, row.Key, row.Occurrence });
            });
        migrationBuilder.CreateIndex("IX_AuditWatches_OrganizationId", "AuditWatches", "OrganizationId", unique: true);
        migrationBuilder.CreateIndex("IX_AuditWatches_StatementAt", "AuditWatches", "StatementAt");
        migrationBuilder.CreateIndex("IX_Findings_OneOpen", "Findings", ["OrganizationId", "Kind", "Subject"], unique: true, filter: "\"ResolvedAt\" IS NULL");
        migrationBuilder.CreateIndex("IX_Findings_OrganizationId_FoundAt", "Findings", ["OrganizationId", "FoundAt"]);
        migrationBuilder.CreateIndex("IX_Notices_ParkedAt", "Notices", "ParkedAt", filter: "\"ParkedAt\" IS NOT NULL");
        migrationBuilder.CreateIndex("IX_Statements_OrganizationId_Month", "Statements", ["OrganizationId", "Month"], unique: true);
    }
}
