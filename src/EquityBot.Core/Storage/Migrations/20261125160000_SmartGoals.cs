using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Microsoft.EntityFrameworkCore.Migrations.Operations.Builders;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

namespace EquityBot.Storage.Migrations;

/// <summary>Goals, what is said about their numbers, their milestones, and for every organization the numbers they are called by.</summary>
[DbContext(typeof(EquityDb))]
[Migration("20261125160000_SmartGoals")]
public sealed class SmartGoals : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "SmartGoals",
            columns: table => new
            {
                Id = table.Column<Guid>(),
                OrganizationId = table.Column<Guid>(),
                Number = table.Column<int>(),
                Statement = table.Column<string>(maxLength: 1000),
                OwnerId = table.Column<Guid>(),
                DepartmentId = table.Column<Guid>(),
                CommitmentId = table.Column<Guid>(nullable: true),
                Who = table.Column<string>(maxLength: 200, nullable: true),
                What = table.Column<string>(maxLength: 500, nullable: true),
                Where = table.Column<string>(maxLength: 200, nullable: true),
                Inequity = table.Column<string>(maxLength: 500, nullable: true),
                Measure = table.Column<string>(maxLength: 200, nullable: true),
                Unit = table.Column<string>(maxLength: 40, nullable: true),
                Better = table.Column<string>(maxLength: 20, nullable: true),
                Baseline = Amount(table),
                BaselineOn = table.Column<DateOnly>(nullable: true),
                Target = Amount(table),
                Stratum = table.Column<string>(maxLength: 200, nullable: true),
                Gap = table.Column<string>(maxLength: 20, nullable: true),
                Reference = table.Column<string>(maxLength: 200, nullable: true),
                BaselineReference = Amount(table),
                Resources = table.Column<string>(maxLength: 20, nullable: true),
                Dependencies = table.Column<string>(maxLength: 1000, nullable: true),
                Confidence = table.Column<int>(nullable: true),
                FrameworkGoals = table.Column<string>(maxLength: 100, nullable: true),
                Level = table.Column<string>(maxLength: 20, nullable: true),
                Driver = table.Column<string>(maxLength: 20, nullable: true),
                PriorityEvidence = table.Column<string>(maxLength: 1000, nullable: true),
                Starts = table.Column<DateOnly>(),
                Due = table.Column<DateOnly>(nullable: true),
                OtherDue = table.Column<DateOnly>(nullable: true),
                ReviewCadence = table.Column<string>(maxLength: 20, nullable: true),
                State = table.Column<string>(maxLength: 20),
                Findings = table.Column<string>(maxLength: 1000, nullable: true),
                PlacedAt = table.Column<long>(nullable: true),
                ClosedAt = table.Column<long>(nullable: true),
                ClosedById = table.Column<Guid>(nullable: true),
                ClosingNote = table.Column<string>(maxLength: 1000, nullable: true),
                Version = table.Column<int>(),
                RoomId = table.Column<Guid>(nullable: true)
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_SmartGoals", row => row.Id);
            });

        migrationBuilder.CreateTable(
            name: "GoalReadings",
            columns: table => new
            {
                Seq = table.Column<long>().Annotation("Sqlite:Autoincrement", true).Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                OrganizationId = table.Column<Guid>(),
                GoalId = table.Column<Guid>(),
                ById = table.Column<Guid>(),
                At = table.Column<long>(),
                On = table.Column<DateOnly>(),
                Value = Amount(table),
                Reference = Amount(table),
                Note = table.Column<string>(maxLength: 1000, nullable: true),
                Suggested = table.Column<string>(maxLength: 20, nullable: true),
                Claimed = table.Column<string>(maxLength: 20, nullable: true),
                About = table.Column<long>(nullable: true),
                Reason = table.Column<string>(maxLength: 1000, nullable: true),
                Stands = table.Column<bool>(),
                Confidence = table.Column<int>(nullable: true),
                Reverses = table.Column<long>(nullable: true)
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_GoalReadings", row => row.Seq);
            });

        migrationBuilder.CreateTable(
            name: "Milestones",
            columns: table => new
            {
                Id = table.Column<Guid>(),
                OrganizationId = table.Column<Guid>(),
                GoalId = table.Column<Guid>(),
                Number = table.Column<int>(),
                Title = table.Column<string>(maxLength: 500),
                Due = table.Column<DateOnly>(),
                DoneOn = table.Column<DateOnly>(nullable: true),
                Evidence = table.Column<string>(maxLength: 1000, nullable: true),
                CancelledOn = table.Column<DateOnly>(nullable: true),
                Reason = table.Column<string>(maxLength: 1000, nullable: true)
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_Milestones", row => row.Id);
            });

        migrationBuilder.CreateIndex("IX_SmartGoals_OrganizationId_Number", "SmartGoals", ["OrganizationId", "Number"], unique: true);
        migrationBuilder.CreateIndex("IX_SmartGoals_OrganizationId_OwnerId", "SmartGoals", ["OrganizationId", "OwnerId"]);
        migrationBuilder.CreateIndex("IX_SmartGoals_CommitmentId", "SmartGoals", "CommitmentId", filter: "\"CommitmentId\" IS NOT NULL");
        migrationBuilder.CreateIndex("IX_GoalReadings_OrganizationId_GoalId", "GoalReadings", ["OrganizationId", "GoalId"]);
        migrationBuilder.CreateIndex("IX_Milestones_GoalId_Number", "Milestones", ["GoalId", "Number"], unique: true);

        // Organizations that were imported before; new ones are given theirs by the import.
        migrationBuilder.Sql("INSERT INTO \"Counters\" (\"OrganizationId\", \"Prefix\", \"Last\") SELECT \"Id\", 'G', 0 FROM \"Organizations\"");
    }

    static OperationBuilder<AddColumnOperation> Amount(ColumnsBuilder table) => table.Column<decimal>(precision: 18, scale: 6, nullable: true);
}
