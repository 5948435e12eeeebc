using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace EquityBot.Storage.Migrations;

/// <summary>Which room a delivery goes to, so that platforms' limits are kept for the room and not for whoever set it off.</summary>
[DbContext(typeof(EquityDb))]
[Migration("20261130040000_DeliveriesToRooms")]
public sealed class DeliveriesToRooms : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.AddColumn<Guid>("RoomId", "Deliveries", nullable: true);
}
