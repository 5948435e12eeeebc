using System.Globalization;
using System.Text.Json;
using EquityBot.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace EquityBot.Partnerships;

public enum RatingSide
{
    Us,
    Partner,
}

/// <summary>What one person thinks of a partnership in one quarter. Shown to nobody as it is: see <see cref="RatingFigures"/>. It knows no time, since that would tell whose link it came by.</summary>
public sealed class PartnershipRating : IOwned
{
    public const int Lowest = 1;
    public const int Highest = 5;
    public const int LongestComment = 1000;

    public required Guid Id { get; init; }

    public required Guid OrganizationId { get; init; }

    public required Guid PartnerId { get; init; }

    /// <summary>Key of the <see cref="RatingQuarter"/>.</summary>
    public required string Quarter { get; init; }

    public required RatingSide Side { get; init; }

    /// <summary>Of ours, the person, who may think again until the quarter ends; of the partner's, a number that means nothing.</summary>
    public required Guid RaterId { get; init; }

    public int Trust { get; private set; }

    public int Collaboration { get; private set; }

    public int CoLearning { get; private set; }

    /// <summary>As JSON, what <see cref="Factors"/> says; null where none was answered.</summary>
    public string? Others { get; private set; }

    /// <summary>Answers to further factors, by the number of their <see cref="RatingFactor"/>.</summary>
    public IReadOnlyDictionary<int, int> Factors => Others is null ? new Dictionary<int, int>() : JsonSerializer.Deserialize<Dictionary<int, int>>(Others)!;

    /// <summary>In the rater's words, screened. Shown once there are enough of a side, and without a name.</summary>
    public string? Comment { get; private set; }

    public void Give(Scores scores) =>
        (Trust, Collaboration, CoLearning, Comment, Others) = (scores.Trust, scores.Collaboration, scores.CoLearning, scores.Comment, scores.Others.Count == 0 ? null : JsonSerializer.Serialize(scores.Others));

    sealed class Mapping : IEntityTypeConfiguration<PartnershipRating>
    {
        public void Configure(EntityTypeBuilder<PartnershipRating> table)
        {
            table.ToTable("PartnershipRatings").HasKey(one => one.Id);
            table.Property(one => one.Id).ValueGeneratedNever();
            table.Property(one => one.Quarter).HasMaxLength(10);
            table.Property(one => one.Side).HasMaxLength(20);
            table.Ignore(one => one.Factors);
            table.Property(one => one.Others).HasMaxLength(200);
            table.Property(one => one.Comment).HasMaxLength(LongestComment);
            table.HasIndex(one => new { one.PartnerId, one.Quarter, one.Side, one.RaterId }).IsUnique();
        }
    }
}

/// <summary>One answer: the three scales, all of them, from <see cref="PartnershipRating.Lowest"/> to <see cref="PartnershipRating.Highest"/>, and a word if there is one.</summary>
public sealed record Scores(int Trust, int Collaboration, int CoLearning, string? Comment)
{
    /// <summary>Answers to further factors, by number.</summary>
    public IReadOnlyDictionary<int, int> Others { get; init; } = new Dictionary<int, int>();

    /// <summary>Null where a scale is missing or is none of its numbers.</summary>
    public static Scores? Read(string? trust, string? collaboration, string? learning, string? comment) =>
        Scale(trust) is { } first && Scale(collaboration) is { } second && Scale(learning) is { } third ? new(first, second, third, string.IsNullOrWhiteSpace(comment) ? null : comment.Trim()) : null;

    public static int? Scale(string? typed) =>
        int.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value is >= PartnershipRating.Lowest and <= PartnershipRating.Highest ? value : null;
}

/// <summary>A calendar quarter in which partnerships are rated once.</summary>
/// <param name="Key">2026-Q1.</param>
public sealed record RatingQuarter(string Key, LocalDate Starts, LocalDate Ends)
{
    public static RatingQuarter Of(LocalDate day)
    {
        var starts = new LocalDate(day.Year, (((day.Month - 1) / 3) * 3) + 1, 1);
        return new(string.Create(CultureInfo.InvariantCulture, $"{starts.Year}-Q{((starts.Month - 1) / 3) + 1}"), starts, starts.PlusMonths(3).PlusDays(-1));
    }

    public RatingQuarter Next => Of(Ends.PlusDays(1));

    /// <summary>From this day on everybody who worked with the partner is asked: there is something to tell, and two weeks to tell it.</summary>
    public LocalDate AskOn => Ends.PlusDays(-13);
}
