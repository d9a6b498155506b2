namespace StreamKit.Windowing;

/// <summary>When a result was emitted, against the watermark.</summary>
public enum PaneTiming
{
    /// <summary>Before the watermark reached the window's end: the window may still grow.</summary>
    Early,

    /// <summary>When the watermark reached the window's end. At most one such pane per key and window.</summary>
    OnTime,

    /// <summary>After that, for a late record that was accepted.</summary>
    Late,
}
