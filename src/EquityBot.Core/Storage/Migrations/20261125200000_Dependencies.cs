using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace EquityBot.Storage.Migrations;

/// <summary>What promises need of other departments, and how long they have waited for it.</summary>
[DbContext(typeof(EquityDb))]
[Migration("20261125200000_Dependencies")]
public sealed class Dependencies : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "Dependencies",
            columns: table => new
            {
                Id = table.Column<Guid>(),
                OrganizationId = table.Column<Guid>(),
                DependentId = table.Column<Guid>(),
                SupplyId = table.Column<Guid>(),
                NeededBy = table.Column<DateOnly>(),
                EndedAt = table.Column<long>(nullable: true)
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_Dependencies", row => row.Id);
            });
        migrationBuilder.CreateIndex("IX_Dependencies_DependentId", "Dependencies", "DependentId");
        migrationBuilder.CreateIndex("IX_Dependencies_SupplyId", "Dependencies", "SupplyId", unique: true);
        migrationBuilder.AddColumn<Guid>("WaitsForId", "Commitments", nullable: true);
        migrationBuilder.AddColumn<DateOnly>("WaitsSince", "Commitments", nullable: true);
        migrationBuilder.AddColumn<int>("LostDays", "Commitments", nullable: false, defaultValue: 0);
    }
}
