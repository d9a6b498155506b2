namespace StreamKit.Records;

/// <summary>What travels between records and keeps its place among them.</summary>
internal enum SignalKind : byte
{
    /// <summary>No later record of the stream has a smaller timestamp than the signal's value.</summary>
    Watermark,

    /// <summary>The stream is silent and holds no watermark back.</summary>
    Idle,

    /// <summary>The stream is no longer silent.</summary>
    Active,

    /// <summary>One split of a source has come; its number is the signal's split.</summary>
    SplitStart,

    /// <summary>Every split that the sources know at their start has been announced; records may follow.</summary>
    Started,

    /// <summary>One split of a source is silent.</summary>
    SplitIdle,

    /// <summary>One split of a source is no longer silent.</summary>
    SplitActive,

    /// <summary>One split of a source has ended.</summary>
    SplitEnd,

    /// <summary>One split of a source has ended, and further ones may come in its place.</summary>
    SplitRetired,

    /// <summary>One split of a source is not read before others have caught up with it.</summary>
    SplitHeld,

    /// <summary>One split of a source that was held is read again.</summary>
    SplitReleased,

    /// <summary>
    /// The records before it belong to the checkpoint of the signal's value, those after it do not. Operators let it
    /// pass; the subtask saves what they remember when it has come from every input.
    /// </summary>
    Barrier,

    /// <summary>The stream has ended; nothing follows.</summary>
    End,

    /// <summary>Processing time has come to the signal's value; within a subtask only.</summary>
    ProcessingTime,

    /// <summary>
    /// The input has nothing more to read for the moment: hand over what is held; within a subtask only.
    /// </summary>
    Drained,
}
