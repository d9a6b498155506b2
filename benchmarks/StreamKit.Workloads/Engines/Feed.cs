using System.Buffers;

namespace StreamKit.Workloads.Engines;

/// <summary>The events of a workload in the order of arrival, as a source would hand them out.</summary>
internal abstract class Feed<T>(int count)
{
    // Items are fetched in blocks, so that a peer that goes item by item pays for its own machinery and not for this.
    private const int BlockEvents = 1024;

    public int Count { get; } = count;

    public abstract void CopyTo(int start, Span<T> destination);

    /// <summary>One by one.</summary>
    public IEnumerable<T> Items()
    {
        var block = new T[BlockEvents];
        for (int start = 0; start < Count; start += BlockEvents)
        {
            int count = Math.Min(BlockEvents, Count - start);
            CopyTo(start, block.AsSpan(0, count));
            for (int i = 0; i < count; i++)
            {
                yield return block[i];
            }
        }
    }

    /// <summary>In pooled arrays; whoever has taken one in gives it back with <see cref="Return"/>.</summary>
    public IEnumerable<ArraySegment<T>> Batches(int events)
    {
        for (int start = 0; start < Count; start += events)
        {
            int count = Math.Min(events, Count - start);
            T[] batch = ArrayPool<T>.Shared.Rent(count);
            CopyTo(start, batch.AsSpan(0, count));
            yield return new ArraySegment<T>(batch, 0, count);
        }
    }

    public static void Return(ArraySegment<T> batch) => ArrayPool<T>.Shared.Return(batch.Array!);
}
