namespace StreamKit.Connectors;

/// <summary>How far a source can be read again; the guarantee of a job follows from it.</summary>
public enum Replayability
{
    /// <summary>What was read once is gone: after a crash the records in flight are lost.</summary>
    None,

    /// <summary>A bounded stretch of the past can be read again, such as a cursor of some hours.</summary>
    Bounded,

    /// <summary>Every position can be read again, such as a file or a log.</summary>
    Full,
}
