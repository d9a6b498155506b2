using StreamKit.Checkpointing;

namespace StreamKit;

/// <summary>Where a job goes on from when it starts.</summary>
/// <remarks>
/// A job that is restarted after a failure goes on from its last checkpoint, wherever it once started.
/// </remarks>
public sealed record StartPoint
{
    private StartPoint(StartChoice choice) => Choice = choice;

    /// <summary>The newest checkpoint or savepoint that can be read; the beginning where there is none.</summary>
    public static StartPoint Latest { get; } = new(new StartChoice());

    /// <summary>
    /// The beginning: nothing is restored. What lies in the store stays, until checkpoints of the new run replace it.
    /// </summary>
    public static StartPoint Beginning { get; } = new(new StartChoice { IsBeginning = true });

    internal StartChoice Choice { get; }

    /// <summary>A savepoint; the job does not start where it is missing or damaged.</summary>
    /// <param name="name">Its name.</param>
    public static StartPoint Savepoint(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return new StartPoint(new StartChoice { Savepoint = name });
    }

    /// <summary>A checkpoint; the job does not start where it is missing or damaged.</summary>
    /// <param name="id">Its number.</param>
    public static StartPoint Checkpoint(long id)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(id);
        return new StartPoint(new StartChoice { Id = id });
    }
}
