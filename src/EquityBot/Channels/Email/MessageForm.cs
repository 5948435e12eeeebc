using EquityBot.Access;
using EquityBot.Chat;
using Microsoft.Extensions.Primitives;

namespace EquityBot.Channels.Email;

/// <summary>A neutral card as a page's HTML, every button a form that works without a script.</summary>
sealed class MessageForm(string action, Html token, Phrases words, Refusal? refusal)
{
    const int LongestValue = 1000;

    /// <summary>No form is open before somebody asks for it: for a page with several.</summary>
    public bool Folded { get; init; }

    /// <summary>Of the card's title; 2 where the page has a title of its own.</summary>
    public int HeadingLevel { get; init; } = 1;

    /// <summary>What was typed into the form of this button, by input. A box that was not ticked is an answer too.</summary>
    public static Dictionary<string, string> Read(Button button, IFormCollection form) => button.Inputs
        .Where(input => form.ContainsKey(Name(input)))
        .ToDictionary(input => input.Id, input => input.Type == InputType.Choices ? string.Join(',', Given(form[Name(input)])) : Given(form[Name(input)]).LastOrDefault() ?? "");

    /// <summary>What was typed, where the button is no longer there to say what it had asked for.</summary>
    public static Dictionary<string, string> Typed(IFormCollection form) => form
        .Where(field => field.Key.StartsWith(Prefix, StringComparison.Ordinal) && Given(field.Value).Any()).ToDictionary(field => field.Key[Prefix.Length..], field => string.Join(',', Given(field.Value)));

    /// <summary>The button's inputs as they were filled in beforehand when this form was drawn.</summary>
    public static IReadOnlyList<Input> Asked(Button button, IFormCollection form) => [.. button.Inputs.Select(input => input with { Value = Given(form[Before(input)]).LastOrDefault() })];

    static IEnumerable<string> Given(StringValues values) => values.OfType<string>().Where(value => value.Length > 0);

    const string Prefix = "v.";

    static string Name(Input input) => Prefix + input.Id;

    static string Before(Input input) => $"w.{input.Id}";

    public Html Draw(Card card)
    {
        var primary = card.Buttons.FirstOrDefault(button => button.Primary) ?? (card.Buttons.Count() == 1 ? card.Buttons.Single() : null);
        return Html.Of($"""
            <article class="card">
            {(refusal is null ? null : Html.Of($"""<div class="banner at-risk" role="alert"><strong>{refusal.Words.Title}</strong>{Blocks(refusal.Words.Blocks, null)}</div>"""))}
            <h{HeadingLevel}>{card.Title}</h{HeadingLevel}>
            {Blocks(card.Blocks, primary)}
            </article>
            """);
    }

    Html Blocks(IEnumerable<Block> blocks, Button? primary) => Html.Join(blocks.Select(block => Of(block, primary)));

    Html Of(Block block, Button? primary) => block switch
    {
        Words { Strong: true } strong => Html.Of($"<p><strong>{strong.Text}</strong></p>"),
        Words plain => Html.Of($"<p>{plain.Text}</p>"),
        Quiet quiet => Html.Of($"""<p class="quiet">{quiet.Text}</p>"""),
        Status status => Html.Of($"""<p class="status {MailCard.Tone(status.Mood)}"><span aria-hidden="true">{PlainText.Shape(status.Mood)}</span> {status.Word}</p>"""),
        Banner banner => Html.Of($"""<p class="banner {MailCard.Tone(banner.Mood)}"><span aria-hidden="true">{PlainText.Shape(banner.Mood)}</span> {banner.Text}</p>"""),
        Facts facts => Html.Of($"<dl>{Html.Join(facts.Rows.Select(fact => Html.Of($"<div><dt>{fact.Label}</dt><dd>{fact.Value}</dd></div>")))}</dl>"),
        Quote quote => Html.Of($"<blockquote><p>“{quote.Text}”</p><footer>{quote.By}</footer></blockquote>"),
        Bullets bullets => Html.Of($"<ul>{Html.Join(bullets.Items.Select(item => Html.Of($"<li>{item}</li>")))}</ul>"),
        Trend trend => Html.Of($"""{Of(new Words(trend.Title, Strong: true), primary)}{TrendChart.Of(trend)}{Of(trend.Table, primary)}"""),
        Table table => Html.Of($"""<div class="wide"><table><thead><tr>{Html.Join(table.Columns.Select(column => Html.Of($"""<th scope="col">{column}</th>""")))}</tr></thead><tbody>{Html.Join(table.Rows.Select(Row))}</tbody></table></div>"""),
        Link link => Html.Of($"""<p><a href="{link.Address.AbsoluteUri}">{link.Title}</a></p>"""),
        Divider => Html.Of($"<hr>"),
        Section section => Html.Of($"<section><h2>{section.Title}</h2>{Blocks(section.Blocks, primary)}</section>"),
        Question question => Html.Of($"""<div class="question"><p>{question.Text}</p><div class="buttons">{Html.Join(question.Answers.Select(answer => Press(answer, primary)))}</div></div>"""),
        ButtonRow row => Html.Of($"""<div class="buttons">{Html.Join(row.Buttons.Select(button => Press(button, primary)))}</div>"""),
        _ => throw new NotSupportedException($"No page element for {block.GetType().Name}."),
    };

    static Html Row(IReadOnlyList<string> cells) => Html.Of($"<tr>{Html.Join(cells.Select(cell => Html.Of($"<td>{cell}</td>")))}</tr>");

    /// <summary>A button that asks for something opens its form first; the one that the card is about has it open.</summary>
    Html Press(Button button, Button? primary)
    {
        var (isPrimary, isRefused) = (button == primary, refusal?.Button == button.Id);
        if (button.Inputs.Count == 0)
        {
            return Form(button, Html.Nothing, isPrimary);
        }

        var open = isRefused || (isPrimary && !Folded && refusal is null && button.Inputs.Any(input => input.Required));
        return Html.Of($"""
            <details{Html.Of($" open").When(open)}><summary{Html.Of($""" class="primary" """).When(isPrimary)}>{button.Title}</summary>
            {Form(button, Html.Join(button.Inputs.Select(input => Html.Of($"{Field(button, input, isRefused)}{FilledIn(input)}"))), true)}</details>
            """);
    }

    Html Form(Button button, Html fields, bool primary) => Html.Of($"""
        <form method="post" action="{action}">{token}<input type="hidden" name="button" value="{button.Id}">{fields}<button type="submit"{Html.Of($""" class="primary" """).When(primary)}>{button.Title}</button></form>
        """);

    /// <summary>So that what was typed is told from what stood there, should somebody save in between.</summary>
    static Html? FilledIn(Input input) => input.Value is null ? null : Html.Of($"""<input type="hidden" name="{Before(input)}" value="{input.Value}">""");

    Html Field(Button button, Input input, bool refused)
    {
        var (id, name) = ($"f-{button.Id:N}-{input.Id}", Name(input));
        var value = refused && refusal!.Typed.TryGetValue(input.Id, out var typed) ? typed : input.Value ?? "";
        var (label, required) = (Html.Of($"""{input.Label} {(input.Required ? null : Html.Of($"""<span class="quiet">{words["message.optional"]}</span>"""))}"""), Html.Of($" required").When(input.Required));
        return input.Type switch
        {
            InputType.Choices => Group(input.Choices.Select((choice, place) => Tick("checkbox", $"{id}-{place}", name, choice, value.Split(',').Contains(choice.Value), Html.Nothing)).Prepend(Html.Of($"""<input type="hidden" name="{name}" value="">"""))),
            InputType.Choice when input is { Required: true, Choices.Count: <= 4 } => Group(input.Choices.Select((choice, place) => Tick("radio", $"{id}-{place}", name, choice, choice.Value == value, required))),
            InputType.Choice => Labelled(Html.Of($"""<select id="{id}" name="{name}"{required}>{Html.Join(input.Choices.Select(choice => Html.Of($"""<option value="{choice.Value}"{Html.Of($" selected").When(choice.Value == value)}>{choice.Title}</option>""")).Prepend(Html.Of($"""<option value=""></option>""")))}</select>""")),
            InputType.Toggle => Html.Of($"""<div class="field"><input type="hidden" name="{name}" value="false">{Tick("checkbox", id, name, new(input.Label, "true"), value == "true", Html.Nothing)}</div>"""),
            InputType.Date => Labelled(Html.Of($"""<input id="{id}" name="{name}" type="date" value="{value}"{required}>""")),
            InputType.Number => Labelled(Html.Of($"""<input id="{id}" name="{name}" type="text" inputmode="decimal" maxlength="{LongestValue}" value="{value}"{required}>""")),
            _ when input.Id is "what" or "note" or "reason" or "need" or "rationale" => Labelled(Html.Of($"""<textarea id="{id}" name="{name}" rows="3" maxlength="{LongestValue}"{required}>{value}</textarea>""")),
            _ => Labelled(Html.Of($"""<input id="{id}" name="{name}" type="text" maxlength="{LongestValue}" value="{value}"{required}>""")),
        };

        Html Labelled(Html field) => Html.Of($"""<div class="field"><label for="{id}">{label}</label>{field}</div>""");

        Html Group(IEnumerable<Html> ticks) => Html.Of($"""<fieldset class="field"><legend>{label}</legend>{Html.Join(ticks)}</fieldset>""");
    }

    static Html Tick(string type, string id, string name, Choice choice, bool ticked, Html required) =>
        Html.Of($"""<div class="tick"><input type="{type}" id="{id}" name="{name}" value="{choice.Value}"{Html.Of($" checked").When(ticked)}{required}><label for="{id}">{choice.Title}</label></div>""");
}
