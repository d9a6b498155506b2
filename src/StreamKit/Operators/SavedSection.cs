namespace StreamKit.Operators;

/// <summary>What a stretch of a key group's part holds, of those that sliced windows write.</summary>
internal enum SavedSection
{
    /// <summary>Keys of one slice with their accumulators.</summary>
    Slice,

    /// <summary>Keys of one window with what was emitted for them.</summary>
    Panes,

    /// <summary>Keys with what was merged of them ahead of the windows to come.</summary>
    Rolling,
}
