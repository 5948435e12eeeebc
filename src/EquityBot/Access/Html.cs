using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace EquityBot.Access;

/// <summary>Markup. Whatever is put into it is escaped, unless it is markup itself; so a page can forget to escape nothing.</summary>
public sealed class Html
{
    static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    readonly string markup;

    Html(string markup) => this.markup = markup;

    public static readonly Html Nothing = new("");

    /// <summary><c>Html.Of($"&lt;p&gt;{words}&lt;/p&gt;")</c>: text in braces is escaped, for elements and for quoted attributes alike.</summary>
    public static Html Of(Markup markup) => new(markup.ToString());

    public static Html Join(IEnumerable<Html> parts) => new(string.Concat(parts.Select(part => part.markup)));

    /// <summary>The markup when it holds, else nothing.</summary>
    public Html When(bool holds) => holds ? this : Nothing;

    public override string ToString() => markup;

    [InterpolatedStringHandler]
    public readonly struct Markup(int literalLength, int formattedCount)
    {
        readonly StringBuilder text = new(literalLength + (32 * formattedCount));

        public void AppendLiteral(string literal) => text.Append(literal);

        public void AppendFormatted(Html? part) => text.Append(part?.markup);

        public void AppendFormatted<T>(T value) => text.Append(Encoder.Encode(Convert.ToString(value, CultureInfo.InvariantCulture) ?? ""));

        public override string ToString() => text.ToString();
    }
}
