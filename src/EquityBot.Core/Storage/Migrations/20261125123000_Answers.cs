using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace EquityBot.Storage.Migrations;

/// <summary>What is kept of a card that another one has taken the place of, and what an event said and how it was answered.</summary>
[DbContext(typeof(EquityDb))]
[Migration("20261125123000_Answers")]
public sealed class Answers : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.AddColumn<string>("Earlier", "Messages", nullable: true);
        migrationBuilder.AddColumn<string>("Digest", "ReceivedEvents", maxLength: 64, nullable: true);
        migrationBuilder.AddColumn<string>("Outcome", "ReceivedEvents", maxLength: 20, nullable: true);
        migrationBuilder.AddColumn<string>("Answers", "ReceivedEvents", type: ActiveProvider!.Contains("Npgsql", StringComparison.Ordinal) ? "uuid[]" : "TEXT", nullable: true);
    }
}
