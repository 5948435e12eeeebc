using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace EquityBot.Storage.Migrations;

/// <summary>The fiscal year, and drafts whose day can be read in two ways.</summary>
[DbContext(typeof(EquityDb))]
[Migration("20261125150000_Readings")]
public sealed class Readings : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.AddColumn<int>("FiscalMonth", "Organizations", nullable: false, defaultValue: 1);
        migrationBuilder.AddColumn<DateOnly>("OtherDue", "Commitments", nullable: true);
    }
}
