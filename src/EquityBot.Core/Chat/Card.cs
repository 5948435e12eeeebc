using System.Text.Json;
using System.Text.Json.Serialization;

namespace EquityBot.Chat;

/// <summary>What the product says, in no channel's dialect. Channels render it; <see cref="PlainText"/> is its complete text.</summary>
/// <param name="Title">Reference and statement, or the news in a few words.</param>
[method: JsonConstructor]
public sealed record Card(string Title, IReadOnlyList<Block> Blocks)
{
    public Card(string title, params IEnumerable<Block?> blocks) : this(title, [.. blocks.OfType<Block>()])
    {
    }

    /// <summary>The name in its title by which it speaks to somebody, in a room where others are too; null where it speaks to nobody in particular.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Calls { get; init; }

    /// <summary>Every button in reading order.</summary>
    [JsonIgnore]
    public IEnumerable<Button> Buttons => Blocks.SelectMany(ButtonsOf);

    static IEnumerable<Button> ButtonsOf(Block block) => block switch
    {
        ButtonRow row => row.Buttons,
        Question question => question.Answers,
        Section section => section.Blocks.SelectMany(ButtonsOf),
        _ => [],
    };

    /// <summary>The same card with nothing left to press and the reason on top.</summary>
    public Card Superseded(string reason) => new(Title, [new Banner(reason, Mood.Waiting), .. Plain().Blocks]);

    /// <summary>The same card with nothing to press.</summary>
    public Card Plain() => new(Title, Blocks.Select(WithoutButtons));

    static Block? WithoutButtons(Block block) => block switch
    {
        ButtonRow or Question => null,
        Section section => section with { Blocks = [.. section.Blocks.Select(WithoutButtons).OfType<Block>()] },
        _ => block,
    };

    /// <summary>The same card with each button put through this.</summary>
    public Card With(Func<Button, Button> change) => this with { Blocks = [.. Blocks.Select(block => With(block, change))] };

    static Block With(Block block, Func<Button, Button> change) => block switch
    {
        ButtonRow row => new ButtonRow([.. row.Buttons.Select(change)]),
        Question question => question with { Answers = [.. question.Answers.Select(change)] },
        Section section => section with { Blocks = [.. section.Blocks.Select(inner => With(inner, change))] },
        _ => block,
    };

    public string ToJson() => JsonSerializer.Serialize(this);

    public static Card FromJson(string json) => JsonSerializer.Deserialize<Card>(json)!;
}

/// <summary>How things stand; always shown as word, shape and colour together.</summary>
public enum Mood
{
    Plain,
    Kept,
    AtRisk,
    Missed,
    Waiting,
}

[JsonDerivedType(typeof(Words), "words")]
[JsonDerivedType(typeof(Quiet), "quiet")]
[JsonDerivedType(typeof(Status), "status")]
[JsonDerivedType(typeof(Facts), "facts")]
[JsonDerivedType(typeof(Quote), "quote")]
[JsonDerivedType(typeof(Bullets), "bullets")]
[JsonDerivedType(typeof(Table), "table")]
[JsonDerivedType(typeof(Trend), "trend")]
[JsonDerivedType(typeof(Banner), "banner")]
[JsonDerivedType(typeof(Divider), "divider")]
[JsonDerivedType(typeof(Link), "link")]
[JsonDerivedType(typeof(Section), "section")]
[JsonDerivedType(typeof(Question), "question")]
[JsonDerivedType(typeof(ButtonRow), "buttons")]
public abstract record Block;

/// <summary>A paragraph.</summary>
public sealed record Words(string Text, bool Strong = false) : Block;

/// <summary>A smaller line: what happens next, whose number this is.</summary>
public sealed record Quiet(string Text) : Block;

/// <summary>One word for how the subject stands.</summary>
public sealed record Status(string Word, Mood Mood) : Block;

/// <summary>Labelled values; five at most read well on a phone.</summary>
[method: JsonConstructor]
public sealed record Facts(IReadOnlyList<Fact> Rows) : Block
{
    public Facts(params IEnumerable<Fact?> rows) : this([.. rows.OfType<Fact>()])
    {
    }
}

public sealed record Fact(string Label, string Value);

/// <summary>Somebody's own words, and whose.</summary>
public sealed record Quote(string Text, string By) : Block;

public sealed record Bullets(IReadOnlyList<string> Items) : Block;

public sealed record Table(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows) : Block;

/// <summary>How one number went, oldest first. A client that can draws it; all others show its table.</summary>
/// <param name="Aim">Where it is to go; null where nothing is aimed at.</param>
public sealed record Trend(string Title, string DayLabel, string ValueLabel, IReadOnlyList<TrendPoint> Points, TrendPoint? Aim) : Block
{
    [JsonIgnore]
    public Table Table => new([DayLabel, ValueLabel], [.. Points.Append(Aim).OfType<TrendPoint>().Select(point => new[] { point.Label, point.Said })]);
}

/// <param name="Label">The day as people read it, or what is aimed at.</param>
/// <param name="Said">The value as people read it.</param>
/// <param name="On">The day, for charts that are true to time; null of what is aimed at.</param>
public sealed record TrendPoint(string Label, decimal Value, string Said, DateOnly? On = null);

/// <summary>A line that must not be overlooked.</summary>
public sealed record Banner(string Text, Mood Mood) : Block;

public sealed record Divider : Block;

/// <summary>A way to a page of ours, or to a message in the channel. The address is never one that somebody typed.</summary>
public sealed record Link(string Title, Uri Address) : Block;

/// <summary>One part of a bundle, with its own title and buttons.</summary>
public sealed record Section(string Title, IReadOnlyList<Block> Blocks) : Block;

/// <summary>One question with one-tap answers, each skippable.</summary>
public sealed record Question(string Text, IReadOnlyList<Button> Answers) : Block;

public sealed record ButtonRow(IReadOnlyList<Button> Buttons) : Block
{
    public static ButtonRow? Of(params IEnumerable<Button?> buttons)
    {
        var real = buttons.OfType<Button>().ToList();
        return real.Count == 0 ? null : new ButtonRow(real);
    }
}
