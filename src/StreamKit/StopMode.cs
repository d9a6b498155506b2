namespace StreamKit;

/// <summary>How a job stops.</summary>
public enum StopMode
{
    /// <summary>
    /// The sources end where they are, all that was read goes through, event time ends, and every open window is
    /// emitted. A job that was drained is finished: going on from there would emit those windows again.
    /// </summary>
    Drain,

    /// <summary>
    /// The job takes a checkpoint, lets sinks commit what belongs to it, and stops: open windows are not emitted,
    /// because a job that is started again goes on from there.
    /// </summary>
    Checkpoint,

    /// <summary>
    /// Everything stops where it is; open windows are not emitted. With checkpoints, a job that is started again goes
    /// on from the last one.
    /// </summary>
    Abort,
}
