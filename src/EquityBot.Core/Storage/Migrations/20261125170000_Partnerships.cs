using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Microsoft.EntityFrameworkCore.Migrations.Operations.Builders;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

namespace EquityBot.Storage.Migrations;

/// <summary>Partners that somebody looks after, what is done with them, what was corrected, and follow-ups.</summary>
[DbContext(typeof(EquityDb))]
[Migration("20261125170000_Partnerships")]
public sealed class Partnerships : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.AddColumn<int>("Number", "Partners", nullable: false, defaultValue: 0);
        migrationBuilder.AddColumn<string>("AgreementNote", "Partners", maxLength: 1000, nullable: true);
        migrationBuilder.AddColumn<Guid>("OwnerId", "Partners", nullable: false, defaultValue: Guid.Empty);
        migrationBuilder.AddColumn<Guid>("DepartmentId", "Partners", nullable: false, defaultValue: Guid.Empty);
        migrationBuilder.AddColumn<int>("Version", "Partners", nullable: false, defaultValue: 1);
        migrationBuilder.AddColumn<int>("Reminders", "Partners", nullable: false, defaultValue: 0);
        migrationBuilder.AddColumn<long>("LookAt", "Partners", nullable: true);

        // Those there are get numbers in the order of their names, and the equity officer, else the board-level owner, looks after them.
        migrationBuilder.Sql("""
            UPDATE "Partners" SET "Number" = (SELECT COUNT(*) FROM "Partners" AS earlier WHERE earlier."OrganizationId" = "Partners"."OrganizationId" AND earlier."Name" <= "Partners"."Name")
            """);
        migrationBuilder.Sql("""
            UPDATE "Partners" SET "OwnerId" = COALESCE(
                (SELECT held."PersonId" FROM "RoleAssignments" AS held WHERE held."OrganizationId" = "Partners"."OrganizationId" AND held."Role" IN ('EquityOfficer', 'BoardOwner') ORDER BY held."Role" DESC, held."PersonId" LIMIT 1),
                "OwnerId")
            """);
        migrationBuilder.Sql("""
            UPDATE "Partners" SET "DepartmentId" = COALESCE((SELECT one."DepartmentId" FROM "People" AS one WHERE one."Id" = "Partners"."OwnerId"), "DepartmentId"), "LookAt" = CASE WHEN "AgreementExpires" IS NULL THEN NULL ELSE 0 END
            """);
        foreach (var prefix in new[] { "F", "N", "P" })
        {
            migrationBuilder.Sql($"""
                INSERT INTO "Counters" ("OrganizationId", "Prefix", "Last") SELECT one."Id", '{prefix}', {(prefix == "N" ? "(SELECT COUNT(*) FROM \"Partners\" AS known WHERE known.\"OrganizationId\" = one.\"Id\")" : "0")} FROM "Organizations" AS one
                """);
        }

        migrationBuilder.CreateTable(
            name: "PartnershipActivities",
            columns: table => new
            {
                Id = table.Column<Guid>(),
                OrganizationId = table.Column<Guid>(),
                Number = table.Column<int>(),
                Partners = GuidList(table),
                On = table.Column<DateOnly>(),
                Type = table.Column<string>(maxLength: 20),
                InitiatedBy = table.Column<string>(maxLength: 20, nullable: true),
                Power = table.Column<string>(maxLength: 20),
                Decision = table.Column<string>(maxLength: 1000, nullable: true),
                People = table.Column<int>(nullable: true),
                What = table.Column<string>(maxLength: 1000, nullable: true),
                Promises = table.Column<string>(maxLength: 200, nullable: true),
                OwnerId = table.Column<Guid>(),
                DepartmentId = table.Column<Guid>(),
                LoggedAt = table.Column<long>(),
                Version = table.Column<int>()
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_PartnershipActivities", row => row.Id);
            });

        migrationBuilder.CreateTable(
            name: "ActivityCorrections",
            columns: table => new
            {
                Seq = Sequence(table),
                OrganizationId = table.Column<Guid>(),
                ActivityId = table.Column<Guid>(),
                At = table.Column<long>(),
                ById = table.Column<Guid>(),
                Reason = table.Column<string>(maxLength: 1000),
                Before = table.Column<string>()
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_ActivityCorrections", row => row.Seq);
            });

        migrationBuilder.CreateTable(
            name: "FollowUps",
            columns: table => new
            {
                Id = table.Column<Guid>(),
                OrganizationId = table.Column<Guid>(),
                Number = table.Column<int>(),
                PartnerId = table.Column<Guid>(),
                After = table.Column<string>(maxLength: 20, nullable: true),
                What = table.Column<string>(maxLength: 1000),
                Due = table.Column<DateOnly>(),
                OwnerId = table.Column<Guid>(),
                DepartmentId = table.Column<Guid>(),
                Status = table.Column<string>(maxLength: 20),
                ClosedAt = table.Column<long>(nullable: true),
                ClosedById = table.Column<Guid>(nullable: true),
                Version = table.Column<int>(),
                Reminders = table.Column<int>(),
                LookAt = table.Column<long>(nullable: true)
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_FollowUps", row => row.Id);
            });

        migrationBuilder.CreateIndex("IX_ActivityCorrections_OrganizationId_ActivityId", "ActivityCorrections", ["OrganizationId", "ActivityId"]);
        migrationBuilder.CreateIndex("IX_FollowUps_LookAt_OrganizationId", "FollowUps", ["LookAt", "OrganizationId"], filter: "\"LookAt\" IS NOT NULL");
        migrationBuilder.CreateIndex("IX_FollowUps_OrganizationId_Number", "FollowUps", ["OrganizationId", "Number"], unique: true);
        migrationBuilder.CreateIndex("IX_FollowUps_OrganizationId_OwnerId", "FollowUps", ["OrganizationId", "OwnerId"]);
        migrationBuilder.CreateIndex("IX_FollowUps_PartnerId", "FollowUps", "PartnerId");
        migrationBuilder.CreateIndex("IX_Partners_LookAt_OrganizationId", "Partners", ["LookAt", "OrganizationId"], filter: "\"LookAt\" IS NOT NULL");
        migrationBuilder.CreateIndex("IX_Partners_OrganizationId_Number", "Partners", ["OrganizationId", "Number"], unique: true);
        migrationBuilder.CreateIndex("IX_PartnershipActivities_OrganizationId_Number", "PartnershipActivities", ["OrganizationId", "Number"], unique: true);
        migrationBuilder.CreateIndex("IX_PartnershipActivities_OrganizationId_On", "PartnershipActivities", ["OrganizationId", "On"]);
    }

    static OperationBuilder<AddColumnOperation> Sequence(ColumnsBuilder table) =>
        table.Column<long>().Annotation("Sqlite:Autoincrement", true).Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn);

    OperationBuilder<AddColumnOperation> GuidList(ColumnsBuilder table) =>
        table.Column<string>(type: ActiveProvider!.Contains("Npgsql", StringComparison.Ordinal) ? "uuid[]" : "TEXT");
}
