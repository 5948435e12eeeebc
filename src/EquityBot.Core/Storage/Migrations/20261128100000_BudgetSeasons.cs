using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace EquityBot.Storage.Migrations;

/// <summary>When department leads are asked what their promises need from the next budget.</summary>
[DbContext(typeof(EquityDb))]
[Migration("20261128100000_BudgetSeasons")]
public sealed class BudgetSeasons : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "BudgetSeasons",
            columns: table => new
            {
                Id = table.Column<Guid>(),
                OrganizationId = table.Column<Guid>(),
                Weeks = table.Column<int>(),
                Asked = table.Column<string>(maxLength: 10, nullable: true),
                LookAt = table.Column<long>(nullable: true)
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_BudgetSeasons", row => row.Id);
            });
        migrationBuilder.CreateIndex("IX_BudgetSeasons_OrganizationId", "BudgetSeasons", "OrganizationId", unique: true);
        migrationBuilder.CreateIndex("IX_BudgetSeasons_LookAt_OrganizationId", "BudgetSeasons", ["LookAt", "OrganizationId"], filter: "\"LookAt\" IS NOT NULL");

        // Organizations that are here already: the first look finds out when their season opens.
        migrationBuilder.Sql("INSERT INTO \"BudgetSeasons\" (\"Id\", \"OrganizationId\", \"Weeks\", \"LookAt\") SELECT \"Id\", \"Id\", 13, 0 FROM \"Organizations\"");
    }
}
