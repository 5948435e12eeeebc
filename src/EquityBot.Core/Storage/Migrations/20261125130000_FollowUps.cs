using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace EquityBot.Storage.Migrations;

/// <summary>Promises that follow from a decision of the board.</summary>
[DbContext(typeof(EquityDb))]
[Migration("20261125130000_FollowUps")]
public sealed class FollowUps : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.AddColumn<string>("Follows", "Commitments", maxLength: 20, nullable: true);
        migrationBuilder.CreateIndex("IX_Commitments_OrganizationId_Follows", "Commitments", ["OrganizationId", "Follows"], filter: "\"Follows\" IS NOT NULL");
    }
}
