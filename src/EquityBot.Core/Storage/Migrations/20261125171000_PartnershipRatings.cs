using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace EquityBot.Storage.Migrations;

/// <summary>How both sides see a partnership, links for the partner's side, and the question about colleagues of other departments.</summary>
[DbContext(typeof(EquityDb))]
[Migration("20261125171000_PartnershipRatings")]
public sealed class PartnershipRatings : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.AddColumn<long>("RateAt", "Partners", nullable: true);
        migrationBuilder.Sql("""UPDATE "Partners" SET "RateAt" = 0""");

        migrationBuilder.CreateTable(
            name: "PartnershipRatings",
            columns: table => new
            {
                Id = table.Column<Guid>(),
                OrganizationId = table.Column<Guid>(),
                PartnerId = table.Column<Guid>(),
                Quarter = table.Column<string>(maxLength: 10),
                Side = table.Column<string>(maxLength: 20),
                RaterId = table.Column<Guid>(),
                Trust = table.Column<int>(),
                Collaboration = table.Column<int>(),
                CoLearning = table.Column<int>(),
                Comment = table.Column<string>(maxLength: 1000, nullable: true)
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_PartnershipRatings", row => row.Id);
            });

        migrationBuilder.CreateTable(
            name: "RatingInvitations",
            columns: table => new
            {
                TokenHash = table.Column<string>(maxLength: 64),
                OrganizationId = table.Column<Guid>(),
                PartnerId = table.Column<Guid>(),
                Quarter = table.Column<DateOnly>(),
                IssuedById = table.Column<Guid>(),
                IssuedAt = table.Column<long>(),
                ExpiresAt = table.Column<long>(),
                ConsumedAt = table.Column<long>(nullable: true)
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_RatingInvitations", row => row.TokenHash);
            });

        migrationBuilder.CreateTable(
            name: "MeetingPulses",
            columns: table => new
            {
                Id = table.Column<Guid>(),
                OrganizationId = table.Column<Guid>(),
                PersonId = table.Column<Guid>(),
                Month = table.Column<string>(maxLength: 10, nullable: true),
                Answer = table.Column<string>(maxLength: 20, nullable: true),
                AnsweredAt = table.Column<long>(nullable: true),
                SuggestedId = table.Column<Guid>(nullable: true),
                NextAt = table.Column<long>(nullable: true)
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_MeetingPulses", row => row.Id);
            });

        migrationBuilder.CreateIndex("IX_MeetingPulses_NextAt_OrganizationId", "MeetingPulses", ["NextAt", "OrganizationId"], filter: "\"NextAt\" IS NOT NULL");
        migrationBuilder.CreateIndex("IX_MeetingPulses_PersonId", "MeetingPulses", "PersonId", unique: true);
        migrationBuilder.CreateIndex("IX_Partners_RateAt_OrganizationId", "Partners", ["RateAt", "OrganizationId"], filter: "\"RateAt\" IS NOT NULL");
        migrationBuilder.CreateIndex("IX_PartnershipRatings_PartnerId_Quarter_Side_RaterId", "PartnershipRatings", ["PartnerId", "Quarter", "Side", "RaterId"], unique: true);
        migrationBuilder.CreateIndex("IX_RatingInvitations_PartnerId", "RatingInvitations", "PartnerId");
    }
}
