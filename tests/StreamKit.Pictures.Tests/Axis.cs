using System.Globalization;

namespace StreamKit.Pictures.Tests;

/// <summary>What the numbers of a picture mean: so many units since an instant.</summary>
/// <param name="Unit">The unit.</param>
/// <param name="Sign">How the unit is written.</param>
/// <param name="Step">How many units lie between two marks of the axis.</param>
/// <param name="Origin">The instant of 0, a whole number of units since 1970.</param>
internal sealed record Axis(TimeSpan Unit, string Sign, int Step, DateTimeOffset Origin)
{
    public static Axis Seconds { get; } = new(TimeSpan.FromSeconds(1), "s", 5, DateTimeOffset.UnixEpoch);

    /// <summary>The origin in units since 1970.</summary>
    public long OriginUnits => (Origin - DateTimeOffset.UnixEpoch).Ticks / Unit.Ticks;

    public double At(long ticks) => (ticks / (double)Unit.Ticks) - OriginUnits;

    public string Text(double at) => string.Create(CultureInfo.InvariantCulture, $"{at} {Sign}");
}
