using System.Collections.Concurrent;
using StreamKit.Time;
using StreamKit.Windowing;

namespace StreamKit.Connectors;

/// <summary>
/// Keeps the newest window result of each key, for code in the same process to look at whenever it likes.
/// </summary>
/// <typeparam name="TKey">The type of the keys.</typeparam>
/// <typeparam name="TValue">The type of the results.</typeparam>
/// <remarks>
/// Any thread may read. A result of a later window replaces that of an earlier one, a later pane that of an earlier
/// one; a late result of an earlier window does not replace a newer one; a retraction removes what it takes back. A
/// view is no part of a checkpoint: in a new process it is empty, and holds a key again when the job says something of
/// it. A job that is started again in the same process goes on with the view as it is; the results that it works out
/// once more replace themselves.
/// </remarks>
public sealed class KeyedView<TKey, TValue> : ISink<WindowResult<TKey, TValue>>
    where TKey : notnull
{
    private readonly ConcurrentDictionary<TKey, WindowResult<TKey, TValue>> _latest = new();
    private readonly TimeSpan _retention;

    /// <summary>An empty view.</summary>
    /// <param name="retention">
    /// How long, in event time after its window's end, a key is kept that says nothing new; null: for ever. Memory
    /// grows with the keys that are kept.
    /// </param>
    public KeyedView(TimeSpan? retention = null)
    {
        _retention = retention ?? Timeout.InfiniteTimeSpan;
        if (retention is { } given)
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(given, TimeSpan.Zero, nameof(retention));
        }
    }

    /// <inheritdoc/>
    public SinkMode Mode => SinkMode.Retract;

    /// <summary>How many keys are kept.</summary>
    public int Count => _latest.Count;

    /// <summary>The newest result of a key; false where there is none.</summary>
    /// <param name="key">The key.</param>
    /// <param name="result">The result.</param>
    public bool TryGet(TKey key, out WindowResult<TKey, TValue> result) => _latest.TryGetValue(key, out result);

    /// <summary>The newest results of all keys, as they are now, in no order.</summary>
    public IReadOnlyList<WindowResult<TKey, TValue>> Snapshot() => [.. _latest.Values];

    /// <inheritdoc/>
    public ValueTask<ISinkWriter<WindowResult<TKey, TValue>>> OpenAsync(
        SinkContext context,
        CancellationToken cancellationToken) => new(new Writer(this));

    private void Take(in WindowResult<TKey, TValue> result)
    {
        bool known = _latest.TryGetValue(result.Key, out WindowResult<TKey, TValue> present);
        if (result.Pane.IsRetraction)
        {
            if (known && present.Window == result.Window)
            {
                _latest.TryRemove(result.Key, out _);
            }
        }
        else if (!known || present.Window <= result.Window)
        {
            _latest[result.Key] = result;
        }
    }

    private void Forget(Timestamp watermark)
    {
        if (_retention == Timeout.InfiniteTimeSpan)
        {
            return;
        }

        foreach ((TKey key, WindowResult<TKey, TValue> result) in _latest)
        {
            if (watermark.Ticks >= TickMath.Add(result.Window.EndTime.Ticks, _retention.Ticks)
                && watermark < Timestamp.MaxValue)
            {
                _latest.TryRemove(key, out _);
            }
        }
    }

    private sealed class Writer(KeyedView<TKey, TValue> view) : ISinkWriter<WindowResult<TKey, TValue>>
    {
        public ValueTask WriteAsync(SinkBatch<WindowResult<TKey, TValue>> records, CancellationToken cancellationToken)
        {
            foreach (ref readonly WindowResult<TKey, TValue> result in records.Values.Span)
            {
                view.Take(in result);
            }

            return ValueTask.CompletedTask;
        }

        public ValueTask OnWatermarkAsync(Timestamp watermark, CancellationToken cancellationToken)
        {
            view.Forget(watermark);
            return ValueTask.CompletedTask;
        }

        public ValueTask FlushAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
