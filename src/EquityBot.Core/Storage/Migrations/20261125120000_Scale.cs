using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace EquityBot.Storage.Migrations;

/// <summary>What the postman needs to carry many at once, and the indexes that keep finished history out of the way.</summary>
[DbContext(typeof(EquityDb))]
[Migration("20261125120000_Scale")]
public sealed class Scale : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.AddColumn<int>("Precedence", "Deliveries", nullable: false, defaultValue: 0);
        migrationBuilder.AddColumn<int>("Losses", "Deliveries", nullable: false, defaultValue: 0);
        migrationBuilder.CreateIndex("IX_Deliveries_Ready", "Deliveries", ["OrganizationId", "Channel", "Precedence", "Seq"], filter: "\"State\" IN ('Due', 'RetryAt')");
        migrationBuilder.CreateIndex("IX_Deliveries_LeaseUntil", "Deliveries", "LeaseUntil", filter: "\"LeaseUntil\" IS NOT NULL");
        migrationBuilder.CreateIndex("IX_Buttons_PressedAt", "Buttons", "PressedAt", filter: "\"PressedAt\" IS NOT NULL");
    }
}
