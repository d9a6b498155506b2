using System.Globalization;
using System.Text.RegularExpressions;
using StreamKit.Windowing;

namespace StreamKit.Tests.Conformance.Notation;

/// <summary>The words of a scenario before the bar.</summary>
internal static partial class ScenarioWords
{
    /// <summary>Adds what one word says.</summary>
    public static ScenarioSettings Set(ScenarioSettings settings, string word)
    {
        Match match = Word().Match(word);
        if (!match.Success)
        {
            throw new FormatException($"'{word}' is no setting of a scenario.");
        }

        string name = match.Groups[1].Value;
        long[] numbers = [.. match.Groups[2].Value
            .Split(',', StringSplitOptions.RemoveEmptyEntries)
            .Select(static n => long.Parse(n, CultureInfo.InvariantCulture))];
        if (TimeKind(name, numbers) is { } windows)
        {
            return WithoutWindows() with { Windows = windows };
        }

        return Changed(settings, name, numbers) ?? Speaking(settings, name, numbers) ?? (name, numbers) switch
        {
            ("gaps", []) => WithoutWindows() with { RecordWindows = TimeWindows.Session<Mark>(OwnGap) },
            ("bound", [var bound]) => settings with { Bound = bound },
            ("dropx", []) => settings with { DropsX = true },
            ("order", []) => settings with { Orders = true },
            ("batch", [var max, var within]) => settings with { Batch = ((int)max, within) },
            ("fill", [var seenWithin]) => settings with { Fill = seenWithin },
            ("filllast", [var seenWithin]) => settings with { Fill = seenWithin, FillsLast = true },
            ("then", [var size]) => settings with { Then = size },
            ("then", [var size, var lateness]) => settings with { Then = size, ThenLateness = lateness },
            _ => throw new FormatException($"'{word}' is no setting of a scenario, or has other numbers."),
        };

        ScenarioSettings WithoutWindows() => settings is { Windows: null, RecordWindows: null }
            ? settings
            : throw new FormatException($"'{word}' is the second kind of windows of one scenario.");
    }

    // A record of such a scenario without a number is a mistake in the scenario.
    private static TimeSpan OwnGap(Mark mark) => TimeSpan.FromTicks(mark.Number!.Value);

    private static WindowAssigner? TimeKind(string name, long[] numbers) => (name, numbers) switch
    {
        ("tumbling", [var size]) => TimeWindows.Tumbling(new(size)),
        ("tumbling", [var size, var offset]) => TimeWindows.Tumbling(new(size), new(offset)),
        ("hopping", [var size, var every]) => TimeWindows.Hopping(new(size), new(every)),
        ("hopping", [var size, var every, var offset]) => TimeWindows.Hopping(new(size), new(every), new(offset)),
        ("cumulative", [var size, var step]) => TimeWindows.Cumulative(new(size), new(step)),
        ("cumulative", [var size, var step, var offset]) => TimeWindows.Cumulative(new(size), new(step), new(offset)),
        ("session", [var gap]) => TimeWindows.Session(new(gap)),
        ("lookback", [var length]) => TimeWindows.LookBack(new(length)),
        ("count", [var size]) => CountWindows.Tumbling((int)size),
        ("count", [var size, var every]) => CountWindows.Sliding((int)size, (int)every),
        ("global", []) => TimeWindows.Global(),
        _ => null,
    };

    // What is said of windows that stand before it.
    private static ScenarioSettings? Changed(ScenarioSettings settings, string name, long[] numbers) =>
        (name, numbers, settings.Windows) switch
        {
            ("max", [var longest], SessionWindows sessions) =>
                settings with { Windows = sessions.MaxDuration(new(longest)) },
            ("ends", [var number], SessionWindows sessions) => settings with
            {
                Windows = null,
                RecordWindows = sessions.EndsOn((Mark mark) => mark.Number == number),
            },
            ("partial", [], CountAssigner count) => settings with
            {
                Windows = CountWindows.Sliding(count.Size, count.Every, PartialWindows.Emit),
            },
            ("clock", [], { } windows) => settings with { Windows = windows.InProcessingTime() },
            ("clockdrop", [], { } windows) =>
                settings with { Windows = windows.InProcessingTime(OnCompletion.Drop) },
            _ => null,
        };

    private static ScenarioSettings? Speaking(ScenarioSettings settings, string name, long[] numbers) =>
        (name, numbers) switch
        {
            ("lateness", [var lateness]) => settings with { Lateness = lateness },
            ("early", [var every]) => settings with { Early = every },
            ("earlyevery", [var count]) => settings with { EarlyTrigger = Triggers.EveryRecords(count) },
            ("earlyevent", [var period]) => settings with { EarlyTrigger = Triggers.EveryEventTime(new(period)) },
            ("lateevery", [var count]) => settings with { LateTrigger = Triggers.EveryRecords(count) },
            ("lateevent", [var period]) => settings with { LateTrigger = Triggers.EveryEventTime(new(period)) },
            ("lateclock", [var period]) => settings with { LateTrigger = Triggers.EveryProcessingTime(new(period)) },
            ("latenever", []) => settings with { LateTrigger = Triggers.Never() },
            ("update", []) => settings with { Update = 0 },
            ("update", [var throttle]) => settings with { Update = throttle },
            ("accumulating", []) => settings with { Mode = PaneMode.Accumulating },
            ("discarding", []) => settings with { Mode = PaneMode.Discarding },
            ("retracting", []) => settings with { Mode = PaneMode.Retracting },
            ("count" or "times" or "max", []) => settings with { Aggregate = name },
            _ => null,
        };

    [GeneratedRegex(@"^([a-z]+)(?:\((-?\d+(?:,-?\d+)*)\))?$", RegexOptions.CultureInvariant)]
    private static partial Regex Word();
}
