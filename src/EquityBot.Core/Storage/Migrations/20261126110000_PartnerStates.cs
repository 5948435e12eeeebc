using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Microsoft.EntityFrameworkCore.Migrations.Operations.Builders;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

namespace EquityBot.Storage.Migrations;

/// <summary>How partnerships stand and how that came, activities that were taken back, and what partnerships are rated on beside the three scales.</summary>
[DbContext(typeof(EquityDb))]
[Migration("20261126110000_PartnerStates")]
public sealed class PartnerStates : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.AddColumn<string>("State", "Partners", maxLength: 20, nullable: false, defaultValue: "Active");
        migrationBuilder.AddColumn<string>("FiledState", "Partners", maxLength: 20, nullable: true);
        migrationBuilder.CreateTable(
            name: "PartnerStateChanges",
            columns: table => new
            {
                Seq = Sequence(table),
                OrganizationId = table.Column<Guid>(),
                PartnerId = table.Column<Guid>(),
                At = table.Column<long>(),
                ById = table.Column<Guid>(nullable: true),
                Was = table.Column<string>(maxLength: 20),
                Became = table.Column<string>(maxLength: 20),
                Reason = table.Column<string>(maxLength: 1000, nullable: true),
                After = table.Column<string>(maxLength: 20, nullable: true),
                TakesBack = table.Column<bool>()
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_PartnerStateChanges", row => row.Seq);
            });
        migrationBuilder.CreateIndex("IX_PartnerStateChanges_OrganizationId_PartnerId", "PartnerStateChanges", ["OrganizationId", "PartnerId"]);

        migrationBuilder.AddColumn<long>("TakenBackAt", "PartnershipActivities", nullable: true);

        migrationBuilder.AddColumn<string>("Others", "PartnershipRatings", maxLength: 200, nullable: true);
        migrationBuilder.CreateTable(
            name: "RatingFactors",
            columns: table => new
            {
                Id = table.Column<Guid>(),
                OrganizationId = table.Column<Guid>(),
                PartnerId = table.Column<Guid>(),
                Number = table.Column<int>(),
                Name = table.Column<string>(maxLength: 60),
                NamedById = table.Column<Guid>(),
                NamedAt = table.Column<long>(),
                DroppedAt = table.Column<long>(nullable: true)
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_RatingFactors", row => row.Id);
            });
        migrationBuilder.CreateIndex("IX_RatingFactors_PartnerId_Number", "RatingFactors", ["PartnerId", "Number"], unique: true);
    }

    static OperationBuilder<AddColumnOperation> Sequence(ColumnsBuilder table) =>
        table.Column<long>().Annotation("Sqlite:Autoincrement", true).Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn);
}
