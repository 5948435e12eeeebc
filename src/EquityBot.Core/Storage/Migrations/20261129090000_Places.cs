using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace EquityBot.Storage.Migrations;

/// <summary>How a channel gets to a person, and where a message stands there, so that it can be drawn anew.</summary>
[DbContext(typeof(EquityDb))]
[Migration("20261129090000_Places")]
public sealed class Places : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.AddColumn<string>("Route", "ChatAddresses", maxLength: 1200, nullable: true);
        migrationBuilder.AddColumn<string>("Channel", "Messages", maxLength: 20, nullable: true);
        migrationBuilder.AddColumn<string>("Place", "Messages", maxLength: 1200, nullable: true);
        migrationBuilder.AddColumn<int>("ShownRev", "Messages", nullable: true);
    }
}
