using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace EquityBot.Storage.Migrations;

/// <summary>Before whom a promise is made, which goals it serves and what is set aside for it; old wordings, and why a report came late.</summary>
[DbContext(typeof(EquityDb))]
[Migration("20261125155000_Descriptions")]
public sealed class Descriptions : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.AddColumn<string>("Audience", "Commitments", maxLength: 20, nullable: true);
        migrationBuilder.AddColumn<string>("Goals", "Commitments", maxLength: 100, nullable: true);
        migrationBuilder.AddColumn<long>("Money", "Commitments", nullable: true);
        migrationBuilder.AddColumn<decimal>("Staff", "Commitments", precision: 7, scale: 2, nullable: true);
        migrationBuilder.AddColumn<string>("OldWords", "CommitmentEvents", maxLength: 1000, nullable: true);
        migrationBuilder.AddColumn<string>("Late", "CommitmentEvents", maxLength: 1000, nullable: true);
    }
}
