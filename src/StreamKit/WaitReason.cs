namespace StreamKit;

/// <summary>Why an operator's watermark is where it is, and not further.</summary>
public enum WaitReason
{
    /// <summary>No window that has records waits to be closed.</summary>
    NothingOpen,

    /// <summary>A split has not had a record yet, or no split is there; nothing is known of its time.</summary>
    NoRecordYet,

    /// <summary>A split's records have come, but none of them has made a watermark.</summary>
    NoWatermarkYet,

    /// <summary>A split delivers records, and is behind the others.</summary>
    SlowSplit,

    /// <summary>Nothing comes from a split, and its last records are behind.</summary>
    SilentSplit,

    /// <summary>All splits are idle, so no record says that time goes on.</summary>
    AllIdle,

    /// <summary>A split is not read before the others of its alignment group have caught up.</summary>
    HeldByAlignment,

    /// <summary>A source is not read because something further down is full or slow.</summary>
    BackPressure,

    /// <summary>The watermark that closes the window has been made, and is on its way to the operator.</summary>
    OnItsWay,

    /// <summary>Event time has ended there: everything has been said.</summary>
    Finished,

    /// <summary>Records have no event time there: the operator stands before <c>WithEventTime</c>.</summary>
    NoEventTime,
}
