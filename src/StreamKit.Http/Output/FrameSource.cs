namespace StreamKit.Http.Output;

/// <summary>Collects records until they become frames; called by one thread at a time.</summary>
internal abstract class FrameSource<T>
{
    /// <summary>Whether records replace each other.</summary>
    public abstract bool HasKeys { get; }

    /// <summary>How many records wait to become a frame.</summary>
    public abstract int Count { get; }

    /// <summary>Whether so many wait that they must become one before there are more.</summary>
    public abstract bool IsFull { get; }

    /// <summary>Adds a record, and says how many others had to go for it.</summary>
    public abstract int Add(T record);

    /// <summary>Makes the content of a frame of what waits; null where nothing does.</summary>
    public abstract byte[]? TakeFrame();

    /// <summary>The newest record of each key; null where records have none.</summary>
    public abstract byte[]? TakeSnapshot();
}
