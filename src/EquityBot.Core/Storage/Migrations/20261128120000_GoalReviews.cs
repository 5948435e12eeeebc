using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace EquityBot.Storage.Migrations;

/// <summary>The newest number of a goal is asked for at its review cadence.</summary>
[DbContext(typeof(EquityDb))]
[Migration("20261128120000_GoalReviews")]
public sealed class GoalReviews : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "GoalReviews",
            columns: table => new
            {
                Id = table.Column<Guid>(),
                OrganizationId = table.Column<Guid>(),
                GoalId = table.Column<Guid>(),
                Period = table.Column<string>(maxLength: 20, nullable: true),
                Asks = table.Column<int>(),
                LookAt = table.Column<long>(nullable: true)
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_GoalReviews", row => row.Id);
            });
        migrationBuilder.CreateIndex("IX_GoalReviews_GoalId", "GoalReviews", "GoalId", unique: true);
        migrationBuilder.CreateIndex("IX_GoalReviews_LookAt_OrganizationId", "GoalReviews", ["LookAt", "OrganizationId"], filter: "\"LookAt\" IS NOT NULL");

        // Goals that run already: the first look finds out when they are asked about.
        migrationBuilder.Sql("INSERT INTO \"GoalReviews\" (\"Id\", \"OrganizationId\", \"GoalId\", \"Asks\", \"LookAt\") SELECT \"Id\", \"OrganizationId\", \"Id\", 0, 0 FROM \"SmartGoals\" WHERE \"PlacedAt\" IS NOT NULL AND \"State\" IN ('Draft', 'Valid')");
    }
}
