using System.Globalization;

namespace HashtagTracker.CommandLine;

/// <summary>Reads and writes durations as one types them:
/// <c>500ms</c>, <c>60s</c>, <c>1.5m</c>, <c>1h</c>, <c>2d</c>.</summary>
internal static class DurationText
{
    /// <summary>What is accepted, for messages.</summary>
    public const string Form = "a number and ms, s, m, h or d, such as 500ms, 60s, 5m or 1h";

    // Longer than any window makes sense, and far from the overflow of ticks when durations are added.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(3650);

    private static readonly (string Suffix, TimeSpan Unit)[] Units =
    [
        ("ms", TimeSpan.FromMilliseconds(1)), ("s", TimeSpan.FromSeconds(1)), ("m", TimeSpan.FromMinutes(1)),
        ("h", TimeSpan.FromHours(1)), ("d", TimeSpan.FromDays(1)),
    ];

    /// <summary>Reads a duration of 0 or more, in whole ticks, up to ten years.</summary>
    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = default;
        foreach ((string suffix, TimeSpan unit) in Units)
        {
            if (!text.EndsWith(suffix, StringComparison.Ordinal))
            {
                continue;
            }

            if (decimal.TryParse(
                text.AsSpan(0, text.Length - suffix.Length),
                NumberStyles.AllowDecimalPoint,
                CultureInfo.InvariantCulture,
                out decimal number)
                && number <= Longest.Ticks / unit.Ticks)
            {
                duration = TimeSpan.FromTicks((long)(number * unit.Ticks));
                return true;
            }
        }

        return false;
    }

    /// <summary>Writes a duration in the largest unit that divides it.</summary>
    public static string Format(TimeSpan duration)
    {
        (string suffix, TimeSpan unit) = duration == TimeSpan.Zero
            ? Units[1]
            : Units.LastOrDefault(candidate => duration.Ticks % candidate.Unit.Ticks == 0, Units[0]);
        return ((decimal)duration.Ticks / unit.Ticks).ToString("0.####", CultureInfo.InvariantCulture) + suffix;
    }
}
