using StreamKit.Connectors;
using StreamKit.Records;

namespace StreamKit.Runtime;

/// <summary>One split of a running source, and the read that is under way there.</summary>
internal sealed class SplitPump<T>(ISplitReader<T> reader, int number, BatchPool<T> pool) : IAsyncDisposable
{
    private readonly RecordBuffer<T> _buffer = new();
    private Batch<T>? _batch;
    private Task<bool>? _pending;

    public int Number { get; } = number;

    /// <summary>
    /// Takes what the split has: a batch, null where it has nothing yet (then <paramref name="whenReady"/> is called later),
    /// or the end.
    /// </summary>
    public bool TryTake(Action whenReady, CancellationToken cancellationToken, out Batch<T>? batch, out bool ended)
    {
        (batch, ended) = (null, false);
        if (_pending is null)
        {
            _batch ??= pool.Rent();
            ValueTask<bool> read = reader.ReadAsync(_buffer.Over(_batch), cancellationToken);
            if (!read.IsCompleted)
            {
                _pending = read.AsTask();
                _pending.GetAwaiter().UnsafeOnCompleted(whenReady);
                return false;
            }

            return Complete(read.GetAwaiter().GetResult(), out batch, out ended);
        }

        if (!_pending.IsCompleted)
        {
            return false;
        }

        Task<bool> completed = _pending;
        _pending = null;
        return Complete(completed.GetAwaiter().GetResult(), out batch, out ended);
    }

    public async ValueTask DisposeAsync()
    {
        if (_pending is { } pending)
        {
            // The read was told to stop; the reader is not disposed under it.
            await ((Task)pending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await reader.DisposeAsync().ConfigureAwait(false);
    }

    private bool Complete(bool more, out Batch<T>? batch, out bool ended)
    {
        Batch<T>? filled = _batch;
        _batch = null;
        ended = !more;
        if (!more || filled is null)
        {
            filled?.Return();
            batch = null;
            return true;
        }

        if (filled.Count == 0)
        {
            // Everything that the reader met was reported as bad.
            filled.Return();
            batch = null;
            return true;
        }

        filled.Split = Number;
        Array.Fill(filled.Timestamps, long.MinValue, 0, filled.Count);
        batch = filled;
        return true;
    }
}
