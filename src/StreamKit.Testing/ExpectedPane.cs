using System.Globalization;
using StreamKit.Testing.Running;
using StreamKit.Time;
using StreamKit.Windowing;

namespace StreamKit.Testing;

/// <summary>What a test expects of one window result; made by <see cref="Expected.Pane"/>.</summary>
/// <typeparam name="TKey">The type of the keys.</typeparam>
/// <typeparam name="TValue">The type of the results.</typeparam>
public sealed record ExpectedPane<TKey, TValue>
{
    internal ExpectedPane()
    {
    }

    /// <summary>The key.</summary>
    public required TKey Key { get; init; }

    /// <summary>The window's start, in units of the test since 1970.</summary>
    public required long Start { get; init; }

    /// <summary>The window's end, in units of the test since 1970.</summary>
    public required long End { get; init; }

    /// <summary>The result.</summary>
    public required TValue Value { get; init; }

    /// <summary>When it is emitted, against the watermark.</summary>
    public required PaneTiming Timing { get; init; }

    /// <summary>Whether it takes an earlier result back.</summary>
    public bool IsRetraction { get; init; }

    /// <summary>Whether it fills the gap of a window that has no result of its own.</summary>
    public bool IsFilled { get; init; }

    /// <summary>How many results come before it; null: any number.</summary>
    public int? Index { get; init; }

    /// <summary>Whether it is the window's last; null: either.</summary>
    public bool? IsFinal { get; init; }

    /// <summary>The same, emitted before the window is complete.</summary>
    public ExpectedPane<TKey, TValue> Early() => this with { Timing = PaneTiming.Early };

    /// <summary>The same, emitted for a late record.</summary>
    public ExpectedPane<TKey, TValue> Late() => this with { Timing = PaneTiming.Late };

    /// <summary>The same, as a retraction.</summary>
    public ExpectedPane<TKey, TValue> Retracted() => this with { IsRetraction = true };

    /// <summary>The same, as what <c>FillGaps</c> puts in a gap.</summary>
    public ExpectedPane<TKey, TValue> Filled() => this with { IsFilled = true };

    /// <summary>The same, as the window's last result.</summary>
    public ExpectedPane<TKey, TValue> Final() => this with { IsFinal = true };

    /// <summary>The expectation in one line.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{(IsRetraction ? "retraction of " : "")}{(IsFilled ? "filled " : "")}{Key} [{Start}, {End}) "
        + $"{Structure.Describe(Value, TimeSpan.FromTicks(1))} {Timing}");

    internal bool Matches(in WindowResult<TKey, TValue> result, TimeSpan unit) =>
        EqualityComparer<TKey>.Default.Equals(Key, result.Key)
        && result.Window.StartTime == new Timestamp(Start * unit.Ticks)
        && result.Window.EndTime == new Timestamp(End * unit.Ticks)
        && Structure.AreEqual(Value, result.Value)
        && Timing == result.Pane.Timing
        && IsRetraction == result.Pane.IsRetraction
        && IsFilled == result.Pane.IsFilled
        && (Index is null || Index == result.Pane.Index)
        && (IsFinal is null || IsFinal == result.Pane.IsFinal);
}
