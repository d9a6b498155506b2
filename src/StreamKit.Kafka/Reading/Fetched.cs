namespace StreamKit.Kafka.Reading;

/// <summary>One thing that came from a partition: a record, or what stands in its place.</summary>
internal readonly struct Fetched<T>
{
    private Fetched(T? value, object? instead, long next, int bytes) =>
        (Value, Instead, Next, Bytes) = (value, instead, next, bytes);

    /// <summary>The record, where nothing stands in its place.</summary>
    public T? Value { get; }

    /// <summary>
    /// Null for a record; a <see cref="Connectors.BadRecord"/>; <see cref="PartitionFeed{T}.Passed"/> for a message
    /// that rightly is none; <see cref="PartitionFeed{T}.End"/>.
    /// </summary>
    public object? Instead { get; }

    /// <summary>The offset to go on from after it.</summary>
    public long Next { get; }

    /// <summary>How many bytes it had in Kafka.</summary>
    public int Bytes { get; }

    public static Fetched<T> Record(T value, long offset, int bytes) => new(value, null, offset + 1, bytes);

    public static Fetched<T> NoRecord(object instead, long offset, int bytes) =>
        new(default, instead, offset + 1, bytes);

    public static Fetched<T> EndAt(long offset) => new(default, PartitionFeed<T>.End, offset, 0);
}
