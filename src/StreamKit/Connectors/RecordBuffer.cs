using StreamKit.Records;

namespace StreamKit.Connectors;

/// <summary>The room for records that the engine gives to a reader.</summary>
/// <typeparam name="T">The type of the records.</typeparam>
public sealed class RecordBuffer<T>
{
    private Batch<T> _batch = null!; // Given before a reader sees the buffer.

    internal RecordBuffer()
    {
    }

    /// <summary>How many records have been added.</summary>
    public int Count => _batch.Count;

    /// <summary>How many more records there is room for.</summary>
    public int Remaining => _batch.Capacity - _batch.Count;

    /// <summary>Whether there is no more room.</summary>
    public bool IsFull => _batch.IsFull;

    /// <summary>Adds a record.</summary>
    /// <param name="record">The record.</param>
    /// <exception cref="InvalidOperationException">The buffer is full.</exception>
    public void Add(T record)
    {
        if (_batch.IsFull)
        {
            throw new InvalidOperationException("The record buffer is full: check IsFull before adding.");
        }

        _batch.Values[_batch.Count] = record;
        _batch.SetCount(_batch.Count + 1);
    }

    /// <summary>The room that is left, to be written directly; follow with <see cref="Advance"/>.</summary>
    public Span<T> GetSpan() => _batch.Values.AsSpan(_batch.Count);

    /// <summary>Counts records that were written into <see cref="GetSpan"/>.</summary>
    /// <param name="count">How many, from the start of the span.</param>
    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Remaining);
        _batch.SetCount(_batch.Count + count);
    }

    internal RecordBuffer<T> Over(Batch<T> batch)
    {
        _batch = batch;
        return this;
    }
}
