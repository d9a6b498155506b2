using StreamKit.Connectors;
using StreamKit.Records;

namespace StreamKit.Runtime;

/// <summary>One split of a running source, and the read that is under way there.</summary>
internal sealed class SplitPump<T>(ISplitReader<T> reader, int number, SourceSplit origin, BatchPool<T> pool)
    : IAsyncDisposable
{
    private readonly RecordBuffer<T> _buffer = new();
    private Batch<T>? _batch;
    private ValueTask<bool>? _read;

    public int Number { get; } = number;

    /// <summary>Where the split comes from, and whether it may be read.</summary>
    public SourceSplit Origin { get; } = origin;

    /// <summary>Whether the chain was told that the split is held.</summary>
    public bool IsHeld { get; set; }

    /// <summary>Where the record after the last one taken begins; ask only while no read is under way.</summary>
    public string? Position => reader.Position;

    /// <summary>Whether the split, now that it has ended, goes on in another process.</summary>
    public bool IsHandedOver => reader.IsHandedOver;

    /// <summary>Goes to a position, before the first read.</summary>
    public ValueTask SeekAsync(string position, CancellationToken cancellationToken) =>
        reader.SeekAsync(position, cancellationToken);

    /// <summary>
    /// Begins to read where no read is under way; true when what the split has can be taken without waiting.
    /// </summary>
    /// <param name="whenReady">Called later where there is nothing yet.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    public bool IsReady(Action whenReady, CancellationToken cancellationToken)
    {
        if (_read is null)
        {
            _batch ??= pool.Rent();
            ValueTask<bool> read = reader.ReadAsync(_buffer.Over(_batch), cancellationToken);
            _read = read;
            if (!read.IsCompleted)
            {
                Task<bool> waiting = read.AsTask();
                _read = new ValueTask<bool>(waiting);
                waiting.GetAwaiter().UnsafeOnCompleted(whenReady);
            }
        }

        return _read.Value.IsCompleted;
    }

    /// <summary>Takes what the split has: a batch, nothing (all that came was bad), or the end.</summary>
    public async ValueTask<(Batch<T>? Batch, bool Ended)> TakeAsync()
    {
        ValueTask<bool> read = _read ?? throw new InvalidOperationException("No read is under way.");
        _read = null;
        bool more = await read.ConfigureAwait(true);
        return (Complete(), !more);
    }

    /// <summary>
    /// What the reader had read when it was told to stop, and then what else it holds; null where that is nothing.
    /// </summary>
    public async ValueTask<Batch<T>?> TakeRestAsync(CancellationToken cancellationToken)
    {
        if (_read is { } read)
        {
            _read = null;
            try
            {
                await read.ConfigureAwait(true);
            }
            catch (OperationCanceledException)
            {
                // That is what it was told; what it had put into the batch before is good.
            }

            if (Complete() is { } rest)
            {
                return rest;
            }
        }

        _batch ??= pool.Rent();
        await reader.DrainAsync(_buffer.Over(_batch), cancellationToken).ConfigureAwait(true);
        return Complete();
    }

    public async ValueTask DisposeAsync()
    {
        if (_read is { } read)
        {
            // The read was told to stop; the reader is not disposed under it.
            _read = null;
            await ((Task)read.AsTask()).ConfigureAwait(
                ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }

        await reader.DisposeAsync().ConfigureAwait(true);
    }

    private Batch<T>? Complete()
    {
        Batch<T>? batch = _batch;
        _batch = null;
        if (batch is null or { Count: 0 })
        {
            batch?.Return();
            return null;
        }

        batch.Split = Number;
        Array.Fill(batch.Timestamps, long.MinValue, 0, batch.Count);
        return batch;
    }
}
