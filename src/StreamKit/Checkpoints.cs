using StreamKit.Checkpointing;

namespace StreamKit;

/// <summary>Where a job keeps what it needs to go on after a crash, and what lies there.</summary>
public static class Checkpoints
{
    /// <summary>Takes checkpoints into a store.</summary>
    /// <param name="store">The store.</param>
    /// <param name="every">How long after the beginning of one checkpoint the next begins. Above zero.</param>
    /// <exception cref="ArgumentOutOfRangeException">The interval is not above zero.</exception>
    public static CheckpointOptions In(ICheckpointStore store, TimeSpan every)
    {
        var options = new CheckpointOptions { Store = store, Every = every };
        options.Check();
        return options;
    }
}
