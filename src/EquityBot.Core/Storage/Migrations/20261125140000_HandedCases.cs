using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace EquityBot.Storage.Migrations;

/// <summary>Since when a case's promise is its present owner's.</summary>
[DbContext(typeof(EquityDb))]
[Migration("20261125140000_HandedCases")]
public sealed class HandedCases : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.AddColumn<long>("HandedAt", "EscalationCases", nullable: true);
}
