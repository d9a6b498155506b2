using System.Globalization;
using HashtagTracker.Live;

namespace HashtagTracker.Browser.Tests;

/// <summary>A row of the ranking as it stands in the document.</summary>
/// <param name="Rank">Its place.</param>
/// <param name="Tag">The hashtag.</param>
/// <param name="Count">How often it was used, with separators between thousands.</param>
/// <param name="Bar">The length of its bar, from 0 to 1.</param>
public sealed record ShownRow(string Rank, string Tag, string Count, double Bar)
{
    /// <summary>Equal but for the rounding of the bar.</summary>
    public static IEqualityComparer<ShownRow> Alike { get; } = EqualityComparer<ShownRow>.Create(
        (a, b) => a is not null && b is not null && a with { Bar = b.Bar } == b && Math.Abs(a.Bar - b.Bar) < 0.001,
        row => row.Tag.GetHashCode(StringComparison.Ordinal));

    /// <summary>The number that a text begins with.</summary>
    public static long Number(string text) => long.Parse(
        text.Split(' ')[0], NumberStyles.AllowThousands, CultureInfo.InvariantCulture);

    /// <summary>How a place of the server's ranking has to be shown.</summary>
    internal static ShownRow Of(int index, TopTag top, long most) => new(
        (index + 1).ToString(CultureInfo.InvariantCulture),
        top.Tag,
        top.Count.ToString("#,0", CultureInfo.InvariantCulture),
        top.Count / (double)most);
}
