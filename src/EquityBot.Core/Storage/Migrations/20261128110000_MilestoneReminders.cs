using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace EquityBot.Storage.Migrations;

/// <summary>Milestones are reminded of and asked about, can be moved, and can be taken back.</summary>
[DbContext(typeof(EquityDb))]
[Migration("20261128110000_MilestoneReminders")]
public sealed class MilestoneReminders : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.AddColumn<DateOnly>("FirstDue", "Milestones", nullable: true);
        migrationBuilder.AddColumn<DateOnly>("MissedOn", "Milestones", nullable: true);
        migrationBuilder.AddColumn<string>("Blocker", "Milestones", maxLength: 1000, nullable: true);
        migrationBuilder.AddColumn<DateOnly>("BlockedOn", "Milestones", nullable: true);
        migrationBuilder.AddColumn<DateOnly>("AskedOn", "Milestones", nullable: true);
        migrationBuilder.AddColumn<DateOnly>("RemindedFor", "Milestones", nullable: true);
        migrationBuilder.AddColumn<int>("Notices", "Milestones", nullable: false, defaultValue: 0);
        migrationBuilder.AddColumn<long>("LookAt", "Milestones", nullable: true);
        migrationBuilder.AddColumn<long>("SettledAt", "Milestones", nullable: true);
        migrationBuilder.AddColumn<Guid>("SettledById", "Milestones", nullable: true);
        migrationBuilder.AddColumn<long>("SettledAfter", "Milestones", nullable: true);
        migrationBuilder.CreateIndex("IX_Milestones_LookAt_OrganizationId", "Milestones", ["LookAt", "OrganizationId"], filter: "\"LookAt\" IS NOT NULL");

        // Those that are open already are looked at once, which finds out when they want attention.
        migrationBuilder.Sql("UPDATE \"Milestones\" SET \"LookAt\" = 0 WHERE \"DoneOn\" IS NULL AND \"CancelledOn\" IS NULL");
    }
}
