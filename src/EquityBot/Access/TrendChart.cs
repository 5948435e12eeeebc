using System.Globalization;
using EquityBot.Chat;

namespace EquityBot.Access;

/// <summary>
/// A trend as a line, true to time, with its target as a dashed line. Its table stands below it and says the same in words, so the drawing itself is hidden
/// from whoever listens to the page. Without a script; colours are those of the style sheet.
/// </summary>
static class TrendChart
{
    const double Width = 400, Height = 230, Left = 8, Right = 8, Top = 34, Bottom = 60;

    public static Html Of(Trend trend)
    {
        if (trend.Points.Count < 2)
        {
            return Html.Nothing;
        }

        var values = trend.Points.Append(trend.Aim).OfType<TrendPoint>().Select(point => (double)point.Value).ToList();
        var (least, most) = (values.Min(), values.Max());
        var spots = trend.Points.Select((point, place) => (Point: point, X: Left + (Share(trend, place) * (Width - Left - Right)), Y: Across((double)point.Value))).ToList();
        var (first, last) = (spots[0], spots[^1]);
        return Html.Of($"""
            <svg class="trend" viewBox="0 0 {Width} {Height}" aria-hidden="true" focusable="false">
            {(trend.Aim is { } aim ? Aim(aim, Across((double)aim.Value)) : null)}
            <polyline points="{string.Join(' ', spots.Select(spot => $"{Said(spot.X)},{Said(spot.Y)}"))}"/>
            {Html.Join(spots.Select(spot => Html.Of($"""<circle cx="{Said(spot.X)}" cy="{Said(spot.Y)}" r="4"><title>{spot.Point.Label}: {spot.Point.Said}</title></circle>""")))}
            <text x="{Left}" y="{Said(Beside(first.Y, spots[1].Y))}">{first.Point.Said}</text>
            <text x="{Width - Right}" y="{Said(Beside(last.Y, spots[^2].Y))}" text-anchor="end">{last.Point.Said}</text>
            <text class="day" x="{Left}" y="{Height - 8}">{first.Point.Label}</text>
            <text class="day" x="{Width - Right}" y="{Height - 8}" text-anchor="end">{last.Point.Label}</text>
            </svg>
            """);

        // Where nothing changed there is one height, in the middle.
        double Across(double value) => most > least ? Top + ((most - value) / (most - least) * (Height - Top - Bottom)) : (Top + Height - Bottom) / 2;
    }

    static Html Aim(TrendPoint aim, double y) => Html.Of($"""
        <line class="aim" x1="{Left}" x2="{Width - Right}" y1="{Said(y)}" y2="{Said(y)}"/><text class="aim" x="{Width / 2}" y="{Said(Beside(y, y))}" text-anchor="middle">{aim.Label}: {aim.Said}</text>
        """);

    /// <summary>From 0 to 1; by days where they are known and more than one.</summary>
    static double Share(Trend trend, int place) => trend.Points[0].On is { } first && trend.Points[^1].On is { } last && last > first && trend.Points[place].On is { } day
        ? (double)(day.DayNumber - first.DayNumber) / (last.DayNumber - first.DayNumber)
        : (double)place / (trend.Points.Count - 1);

    /// <summary>Words stand above their point, or below it where the line comes from above.</summary>
    static double Beside(double y, double neighbour) => neighbour < y ? y + 24 : y - 12;

    static string Said(double number) => number.ToString("0.#", CultureInfo.InvariantCulture);
}
