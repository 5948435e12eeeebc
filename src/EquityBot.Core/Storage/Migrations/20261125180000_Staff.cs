using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace EquityBot.Storage.Migrations;

/// <summary>Absences to come, delegates for some time, who left and what of theirs waits for somebody, and who leads what since when.</summary>
[DbContext(typeof(EquityDb))]
[Migration("20261125180000_Staff")]
public sealed class Staff : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.AddColumn<DateOnly>("AwayFrom", "People", nullable: true);
        migrationBuilder.AddColumn<DateOnly>("DelegateUntil", "People", nullable: true);
        migrationBuilder.AddColumn<Guid>("DelegateById", "People", nullable: true);
        migrationBuilder.AddColumn<Guid>("PassedById", "Requests", nullable: true);

        migrationBuilder.CreateTable(
            name: "Departures",
            columns: table => new
            {
                Id = table.Column<Guid>(),
                OrganizationId = table.Column<Guid>(),
                PersonId = table.Column<Guid>(),
                LastDay = table.Column<DateOnly>(),
                LookAt = table.Column<long>(nullable: true)
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_Departures", row => row.Id);
            });

        migrationBuilder.CreateTable(
            name: "Posts",
            columns: table => new
            {
                DepartmentId = table.Column<Guid>(),
                OrganizationId = table.Column<Guid>(),
                LeadId = table.Column<Guid>(nullable: true),
                Since = table.Column<DateOnly>(),
                Changes = table.Column<int>()
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_Posts", row => row.DepartmentId);
            });

        migrationBuilder.CreateIndex("IX_Departures_OrganizationId_PersonId", "Departures", ["OrganizationId", "PersonId"], unique: true);
        migrationBuilder.CreateIndex("IX_Departures_LookAt_OrganizationId", "Departures", ["LookAt", "OrganizationId"], filter: "\"LookAt\" IS NOT NULL");
    }
}
