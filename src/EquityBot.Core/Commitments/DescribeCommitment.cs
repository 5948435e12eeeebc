using System.Text.RegularExpressions;
using EquityBot.Chat;

namespace EquityBot.Commitments;

/// <summary>What a promise is about and what was set aside for it, said at any time: none of it changes what was promised.</summary>
public sealed partial class DescribeCommitment : ChatCommand
{
    static readonly string[] Fields = ["forWhom", "goals", "audience", "level", "driver", "money", "staff"];

    public override string Verb => "describe-commitment";

    public override string Action => "describe";

    public override string Needs => "C";

    public override IReadOnlyList<Regex> Sentences => [Tag(), Resources()];

    public override bool OnRequest => true;

    public override Offer? Offer(View view, Reader reader) => view.Subject is Commitment { IsRunning: true } commitment
        ? new(reader.Words["button.describe"], [.. CommitmentForm.Inputs(commitment, reader).Where(input => Fields.Contains(input.Id))])
        : null;

    public override async Task<Reply> HandleAsync(Turn turn, CancellationToken ct)
    {
        var commitment = turn.Subject<Commitment>();
        if (!commitment.IsOpen)
        {
            return turn.No("describe.not-open", ("reference", commitment.Ref));
        }

        var values = turn.Value("tags") is { } tags ? Tags(tags, turn.Words) : turn.Values.Where(value => Fields.Contains(value.Key)).ToDictionary();
        if (values is null || values.Count == 0)
        {
            return turn.No("describe.what", ("reference", commitment.Ref), ("audiences", string.Join(", ", CommitmentForm.Audiences.Select(one => turn.Words[$"audience.{one}"]))));
        }

        if (CommitmentForm.ApplyDescription(commitment, turn, values) is { } refusal)
        {
            return refusal;
        }

        commitment.Refine();
        turn.Record(commitment, "described");
        await turn.ChangedAsync(commitment, "described", ct);
        return await turn.CurrentAsync(commitment, turn.Words["describe.done", ("reference", commitment.Ref)], ct);
    }

    /// <summary>Each word by what it is: a goal's number, an audience, a level, a driver. Null where one is none of these.</summary>
    static Dictionary<string, string>? Tags(string said, Phrases words)
    {
        var values = new Dictionary<string, string>();
        foreach (var tag in said.Split([',', '&', ';'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).SelectMany(part => part.Split(" and ", StringSplitOptions.TrimEntries)))
        {
            var name = tag.StartsWith("goal ", StringComparison.OrdinalIgnoreCase) ? tag[5..] : tag;
            var field = Framework.Goals.Contains(name) ? "goals" : Named("audience", CommitmentForm.Audiences) ?? Named("level", CommitmentForm.Levels) ?? Named("driver", CommitmentForm.Drivers);
            if (field is null)
            {
                return null;
            }

            values[field] = field == "goals" && values.TryGetValue(field, out var before) ? $"{before},{name}" : field == "goals" ? name : name.ToLowerInvariant().Replace(' ', '-');

            string? Named(string field, IReadOnlyList<string> choices) =>
                choices.Any(choice => choice.Equals(name.Replace(' ', '-'), StringComparison.OrdinalIgnoreCase) || words[$"{field}.{choice}"].Equals(name, StringComparison.OrdinalIgnoreCase)) ? field : null;
        }

        return values;
    }

    [GeneratedRegex(@"^(?:tag|label) (?<ref>c-\d+)(?: as| with|:)? (?<tags>.+?)[.!]*$|^(?<ref>c-\d+) (?:serves|is about|belongs to|is for) (?:the )?goals? (?<goals>[\d., and]+?)[.!]*$", RegexOptions.IgnoreCase)]
    private static partial Regex Tag();

    [GeneratedRegex(@"^(?<ref>c-\d+) (?:has|gets|costs|needs|is funded with|takes) (?:(?:a )?(?:budget (?:of )?)?(?<money>\$ ?\d[\d,.]*k?|\d[\d,.]*k? (?:dollars|usd))|(?<staff>[\d.]{1,6}) (?:ftes?|full[- ]time(?: staff| people)?|people|positions?))(?:,? and (?:(?<money>\$ ?\d[\d,.]*k?|\d[\d,.]*k? (?:dollars|usd))|(?<staff>[\d.]{1,6}) (?:ftes?|full[- ]time(?: staff| people)?|people|positions?)))?[.!]*$", RegexOptions.IgnoreCase)]
    private static partial Regex Resources();
}
