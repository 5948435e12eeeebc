using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace EquityBot.Storage.Migrations;

/// <summary>One-time links, the keys that protect cookies and forms, and e-mail addresses that failed.</summary>
[DbContext(typeof(EquityDb))]
[Migration("20261125121000_OneTimeLinks")]
public sealed class OneTimeLinks : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "OneTimeLinks",
            columns: table => new
            {
                TokenHash = table.Column<string>(maxLength: 64),
                OrganizationId = table.Column<Guid>(),
                PersonId = table.Column<Guid>(),
                Opens = table.Column<string>(maxLength: 200),
                IssuedAt = table.Column<long>(),
                ExpiresAt = table.Column<long>(),
                ConsumedAt = table.Column<long>(nullable: true)
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_OneTimeLinks", row => row.TokenHash);
            });

        migrationBuilder.CreateTable(
            name: "ProtectionKeys",
            columns: table => new
            {
                Id = table.Column<Guid>(),
                Name = table.Column<string>(maxLength: 200),
                Xml = table.Column<string>()
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_ProtectionKeys", row => row.Id);
            });

        migrationBuilder.CreateTable(
            name: "AddressFailures",
            columns: table => new
            {
                PersonId = table.Column<Guid>(),
                Channel = table.Column<string>(maxLength: 20),
                OrganizationId = table.Column<Guid>(),
                Address = table.Column<string>(maxLength: 200),
                At = table.Column<long>(),
                Reason = table.Column<string>(maxLength: 300)
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_AddressFailures", row => new { row.PersonId, row.Channel });
            });

        migrationBuilder.CreateIndex("IX_OneTimeLinks_OrganizationId_PersonId", "OneTimeLinks", ["OrganizationId", "PersonId"]);
    }
}
