using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace EquityBot.Storage.Migrations;

/// <summary>Rooms of a channel, the way there, and where in them something was said.</summary>
[DbContext(typeof(EquityDb))]
[Migration("20261129150000_RoomsElsewhere")]
public sealed class RoomsElsewhere : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.AddColumn<string>("Channel", "Rooms", maxLength: 20, nullable: true);
        migrationBuilder.AddColumn<string>("Address", "Rooms", maxLength: 200, nullable: true);
        migrationBuilder.AddColumn<string>("Route", "Rooms", maxLength: 1200, nullable: true);
        migrationBuilder.DropIndex("IX_Rooms_OrganizationId_Name", "Rooms");
        migrationBuilder.CreateIndex("IX_Rooms_OrganizationId_Channel_Address", "Rooms", ["OrganizationId", "Channel", "Address"], unique: true);
        migrationBuilder.AddColumn<string>("Thread", "Messages", maxLength: 300, nullable: true);
        migrationBuilder.AddColumn<string>("Source", "Commitments", maxLength: 500, nullable: true);
        migrationBuilder.AddColumn<Guid>("ViewOf", "Messages", nullable: true);
    }
}
