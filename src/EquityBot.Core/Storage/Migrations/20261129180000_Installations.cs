using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace EquityBot.Storage.Migrations;

/// <summary>Where a platform let us in, with the sealed tokens.</summary>
[DbContext(typeof(EquityDb))]
[Migration("20261129180000_Installations")]
public sealed class Installations : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "Installations",
            columns: table => new
            {
                Channel = table.Column<string>(maxLength: 20),
                Tenant = table.Column<string>(maxLength: 100),
                OrganizationId = table.Column<Guid>(),
                Bot = table.Column<string>(maxLength: 40),
                Sealed = table.Column<string>(nullable: true),
                ExpiresAt = table.Column<long>(nullable: true),
                FetchingUntil = table.Column<long>(nullable: true),
                Ended = table.Column<string>(maxLength: 60, nullable: true)
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_Installations", row => new { row.Channel, row.Tenant });
            });
        migrationBuilder.CreateIndex("IX_Installations_OrganizationId", "Installations", "OrganizationId");
    }
}
