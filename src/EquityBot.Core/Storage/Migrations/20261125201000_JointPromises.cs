using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace EquityBot.Storage.Migrations;

/// <summary>Promises that several departments keep together.</summary>
[DbContext(typeof(EquityDb))]
[Migration("20261125201000_JointPromises")]
public sealed class JointPromises : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "Contributions",
            columns: table => new
            {
                Id = table.Column<Guid>(),
                OrganizationId = table.Column<Guid>(),
                CommitmentId = table.Column<Guid>(),
                DepartmentId = table.Column<Guid>(),
                AskedById = table.Column<Guid>(),
                AskedAt = table.Column<long>(),
                Answer = table.Column<string>(maxLength: 20, nullable: true),
                AnsweredById = table.Column<Guid>(nullable: true),
                AnsweredAt = table.Column<long>(nullable: true),
                Reason = table.Column<string>(maxLength: 1000, nullable: true)
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_Contributions", row => row.Id);
            });
        migrationBuilder.CreateIndex("IX_Contributions_CommitmentId_DepartmentId", "Contributions", ["CommitmentId", "DepartmentId"], unique: true);
        migrationBuilder.AddColumn<string>("SignedOn", "Commitments", type: ActiveProvider!.Contains("Npgsql", StringComparison.Ordinal) ? "uuid[]" : "TEXT", nullable: true);
    }
}
