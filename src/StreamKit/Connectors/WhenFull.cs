namespace StreamKit.Connectors;

/// <summary>What happens when an observable pushes faster than the pipeline takes: it cannot be slowed down.</summary>
public enum WhenFull
{
    /// <summary>The job fails, so that no record is lost unseen.</summary>
    Fail,

    /// <summary>The oldest record that waits is dropped.</summary>
    DropOldest,

    /// <summary>The record that comes is dropped.</summary>
    DropNewest,
}
