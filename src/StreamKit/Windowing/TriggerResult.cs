namespace StreamKit.Windowing;

/// <summary>What a trigger decides.</summary>
public enum TriggerResult
{
    /// <summary>The window says nothing now.</summary>
    Wait,

    /// <summary>The window says its result, if a record came since it last did.</summary>
    Fire,

    /// <summary>
    /// The window says its result, also where no record came since. Only accumulating panes repeat themselves: a
    /// discarding pane is never empty, and a retracting one never replaces a result by the same.
    /// </summary>
    FireUnchanged,
}
