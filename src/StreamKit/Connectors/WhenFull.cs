namespace StreamKit.Connectors;

/// <summary>What happens when an observable pushes faster than the pipeline takes: it cannot be slowed down.</summary>
public enum WhenFull
{
    /// <summary>The job fails, so that no record is lost unseen.</summary>
    Fail,

    /// <summary>The oldest record that waits is dropped, and counted in the metrics.</summary>
    DropOldest,

    /// <summary>The record that comes is dropped, and counted in the metrics.</summary>
    DropNewest,
}
