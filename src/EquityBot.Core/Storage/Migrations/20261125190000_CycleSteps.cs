using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace EquityBot.Storage.Migrations;

/// <summary>Where a cycle is and was, what its review said, and what became of each promise that was still open.</summary>
[DbContext(typeof(EquityDb))]
[Migration("20261125190000_CycleSteps")]
public sealed class CycleSteps : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.AddColumn<Guid>("PreviousId", "Cycles", nullable: true);
        migrationBuilder.AddColumn<string>("Status", "Cycles", maxLength: 20, nullable: false, defaultValue: "Active");
        migrationBuilder.AddColumn<string>("Progress", "Cycles", maxLength: 1000, nullable: true);
        migrationBuilder.AddColumn<string>("Gaps", "Cycles", maxLength: 1000, nullable: true);
        migrationBuilder.AddColumn<string>("Recommendations", "Cycles", maxLength: 1000, nullable: true);
        migrationBuilder.AddColumn<long>("ReviewedAt", "Cycles", nullable: true);
        migrationBuilder.AddColumn<Guid>("ReviewedById", "Cycles", nullable: true);
        migrationBuilder.AddColumn<long>("ClosedAt", "Cycles", nullable: true);

        migrationBuilder.CreateTable(
            name: "CycleVisits",
            columns: table => new
            {
                Id = table.Column<Guid>(),
                OrganizationId = table.Column<Guid>(),
                CycleId = table.Column<Guid>(),
                Step = table.Column<string>(maxLength: 40),
                EnteredAt = table.Column<long>(),
                EnteredById = table.Column<Guid>(),
                LeftAt = table.Column<long>(nullable: true)
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_CycleVisits", row => row.Id);
            });
        migrationBuilder.CreateIndex("IX_CycleVisits_CycleId", "CycleVisits", "CycleId", unique: true, filter: "\"LeftAt\" IS NULL");
        migrationBuilder.CreateIndex("IX_CycleVisits_OrganizationId_CycleId", "CycleVisits", ["OrganizationId", "CycleId"]);

        migrationBuilder.CreateTable(
            name: "CycleOutcomes",
            columns: table => new
            {
                CycleId = table.Column<Guid>(),
                CommitmentId = table.Column<Guid>(),
                OrganizationId = table.Column<Guid>(),
                Outcome = table.Column<string>(maxLength: 20),
                Reason = table.Column<string>(maxLength: 1000),
                ById = table.Column<Guid>(),
                At = table.Column<long>()
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_CycleOutcomes", row => new { row.CycleId, row.CommitmentId });
            });
        migrationBuilder.CreateIndex("IX_CycleOutcomes_OrganizationId", "CycleOutcomes", "OrganizationId");
    }
}
