using System.Text.Json.Serialization;

namespace EquityBot.Chat;

/// <summary>Something to press. What the wire carries is its id; what it does is a <see cref="ButtonRecord"/> of ours.</summary>
public sealed record Button(Guid Id, string Title)
{
    /// <summary>C-12, E-4; null where the button has no subject.</summary>
    public string? Ref { get; init; }

    public bool Primary { get; init; }

    /// <summary>What it asks for before it can be pressed.</summary>
    public IReadOnlyList<Input> Inputs { get; init; } = [];

    [JsonIgnore]
    public string Verb { get; init; } = "";

    [JsonIgnore]
    public Guid? SubjectId { get; init; }

    /// <summary>The subject's version when the button was made; null for reads, which are never outdated.</summary>
    [JsonIgnore]
    public int? Version { get; init; }

    /// <summary>Values that go with the press whatever is typed.</summary>
    [JsonIgnore]
    public IReadOnlyDictionary<string, string> Values { get; init; } = new Dictionary<string, string>();

    /// <summary>Changes nothing: may be pressed again and again.</summary>
    [JsonIgnore]
    public bool Reads { get; init; }
}

public enum InputType
{
    Text,
    Number,
    Date,
    Choice,
    Choices,
    Toggle,
}

public sealed record Choice(string Title, string Value);

/// <summary>One field of a button's form.</summary>
public sealed record Input(string Id, string Label, InputType Type)
{
    public bool Required { get; init; }

    /// <summary>Filled in beforehand; a date as <c>yyyy-MM-dd</c>.</summary>
    public string? Value { get; init; }

    public IReadOnlyList<Choice> Choices { get; init; } = [];

    /// <summary>Asks for a colleague or partner at work and how to reach them: the screen lets a telephone number and an address pass here.</summary>
    public bool IsContact { get; init; }
}
