using StreamKit.Serialization;

namespace StreamKit.Windowing;

/// <summary>Which of a window's results this is.</summary>
/// <remarks>For one key and window the panes come as <c>Early* OnTime? Late*</c>.</remarks>
[StateSerializer(typeof(PaneSerializer))]
public readonly record struct Pane
{
    /// <summary>Describes a pane.</summary>
    /// <param name="timing">When it was emitted, against the watermark.</param>
    /// <param name="index">How many results came before it for this key and window.</param>
    /// <param name="isFinal">Whether no further result can follow.</param>
    /// <param name="isRetraction">Whether it takes the result before it back.</param>
    /// <param name="isFilled">Whether it stands for a window that has no result of its own.</param>
    public Pane(
        PaneTiming timing, int index, bool isFinal = false, bool isRetraction = false, bool isFilled = false) =>
        (Timing, Index, IsFinal, IsRetraction, IsFilled) = (timing, index, isFinal, isRetraction, isFilled);

    /// <summary>When it was emitted, against the watermark.</summary>
    public PaneTiming Timing { get; }

    /// <summary>
    /// How many results came before it for this key and window; a retraction has the index of what it takes back.
    /// </summary>
    public int Index { get; }

    /// <summary>Whether it is the first result for this key and window.</summary>
    public bool IsFirst => Index == 0 && !IsRetraction;

    /// <summary>Whether no further result can follow: the window's state is gone.</summary>
    public bool IsFinal { get; }

    /// <summary>
    /// Whether it takes the result before it back; the value is exactly the one that was emitted then.
    /// </summary>
    public bool IsRetraction { get; }

    /// <summary>
    /// Whether <c>FillGaps</c> made the result, because the window has none of its own for this key.
    /// </summary>
    public bool IsFilled { get; }
}
