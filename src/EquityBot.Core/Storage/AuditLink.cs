using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace EquityBot.Storage;

/// <summary>One link of an organization's audit chain: an entry sealed together with everything sealed before it. Inserted, never changed.</summary>
public sealed class AuditLink : IOwned
{
    /// <summary>What the first link calls its previous hash.</summary>
    public const string Beginning = "0000000000000000000000000000000000000000000000000000000000000000";

    public required Guid OrganizationId { get; init; }

    /// <summary>1, 2, 3 … per organization, without gaps.</summary>
    public required long Number { get; init; }

    public required long EntrySeq { get; init; }

    public required string Previous { get; init; }

    /// <summary>SHA-256 over the previous hash and the entry, in hexadecimal.</summary>
    public required string Hash { get; init; }

    public static AuditLink After(AuditLink? last, AuditEntry entry)
    {
        var previous = last?.Hash ?? Beginning;
        return new() { OrganizationId = entry.OrganizationId, Number = (last?.Number ?? 0) + 1, EntrySeq = entry.Seq, Previous = previous, Hash = HashOf(previous, entry) };
    }

    /// <summary>The same for the same entry on either database: fields in a fixed order, the instant in whole milliseconds.</summary>
    public static string HashOf(string previous, AuditEntry entry) => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(new object?[]
    {
        previous, entry.OrganizationId, entry.Seq, entry.At.ToUnixTimeMilliseconds(), entry.ActorId, entry.Action, entry.Subject, entry.Outcome, entry.Detail,
    })));

    sealed class Mapping : IEntityTypeConfiguration<AuditLink>
    {
        public void Configure(EntityTypeBuilder<AuditLink> table)
        {
            table.ToTable("AuditLinks").HasKey(one => new { one.OrganizationId, one.Number });
            table.Property(one => one.Number).ValueGeneratedNever();
            table.Property(one => one.Previous).HasMaxLength(64);
            table.Property(one => one.Hash).HasMaxLength(64);
            table.HasIndex(one => new { one.OrganizationId, one.EntrySeq }).IsUnique();
        }
    }
}
