namespace StreamKit.Windowing;

/// <summary>What becomes of a window by count that has fewer records than it should.</summary>
public enum PartialWindows
{
    /// <summary>It says nothing: every result covers exactly as many records as asked for. The default.</summary>
    Drop,

    /// <summary>
    /// It says what it has: at the start of a key, where sliding windows are not full yet, and once at the end of the
    /// stream, where records have come since the last result.
    /// </summary>
    Emit,
}
