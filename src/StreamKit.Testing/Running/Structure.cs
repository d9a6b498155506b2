using System.Collections;
using System.Globalization;
using StreamKit.Time;
using StreamKit.Windowing;

namespace StreamKit.Testing.Running;

/// <summary>Compares and describes results part by part, lists by their elements.</summary>
internal static class Structure
{
    public static bool AreEqual(object? one, object? other) => (one, other) switch
    {
        _ when Equals(one, other) => true,
        (IHasParts a, IHasParts b) => a.GetType() == b.GetType() && AllEqual(a.Parts, b.Parts),
        (string, _) or (_, string) => false,
        (IEnumerable a, IEnumerable b) => AllEqual(a.Cast<object?>(), b.Cast<object?>()),
        _ => false,
    };

    public static string Describe(object? value, TimeSpan unit) => value switch
    {
        null => "null",
        string text => $"\"{text}\"",
        Timestamp timestamp => InUnits(timestamp, unit),
        Window window => $"[{InUnits(window.StartTime, unit)}, {InUnits(window.EndTime, unit)})",
        Pane pane => $"{pane.Timing} {pane.Index}"
            + $"{(pane.IsFinal ? " final" : "")}{(pane.IsRetraction ? " retraction" : "")}"
            + (pane.IsFilled ? " filled" : ""),
        IHasParts parts => string.Join(" ", parts.Parts.Select(part => Describe(part, unit))),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        IEnumerable many => $"[{string.Join(", ", many.Cast<object?>().Select(one => Describe(one, unit)))}]",
        _ => value.ToString() ?? string.Empty,
    };

    public static string InUnits(Timestamp timestamp, TimeSpan unit) => timestamp.Ticks switch
    {
        long.MinValue or long.MaxValue => timestamp.ToString(),
        var ticks when ticks % unit.Ticks == 0 => (ticks / unit.Ticks).ToString(CultureInfo.InvariantCulture),
        _ => timestamp.ToString(),
    };

    private static bool AllEqual(IEnumerable<object?> one, IEnumerable<object?> other)
    {
        object?[] a = [.. one], b = [.. other];
        return a.Length == b.Length && a.Zip(b).All(static pair => AreEqual(pair.First, pair.Second));
    }
}
