using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace EquityBot.People;

/// <summary>What a person is to the organization; the names are a contract (practice interface, rosters, rights).</summary>
public enum Role
{
    DepartmentLead,
    Contributor,
    EquityOfficer,
    CoreTeamMember,
    Executive,
    BoardOwner,
    DataSteward,
    CommunityRepresentative,
    Auditor,
    Admin,
}

public sealed class RoleAssignment : IOwned, IShared
{
    public required Guid OrganizationId { get; init; }

    public required Guid PersonId { get; init; }

    public required Role Role { get; init; }

    sealed class Mapping : IEntityTypeConfiguration<RoleAssignment>
    {
        public void Configure(EntityTypeBuilder<RoleAssignment> table)
        {
            table.ToTable("RoleAssignments").HasKey(one => new { one.PersonId, one.Role });
            table.Property(one => one.Role).HasMaxLength(40);
        }
    }
}
