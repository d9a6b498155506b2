using StreamKit.Windowing;

namespace StreamKit.Connectors;

/// <summary>
/// Keeps the results of the latest windows, for code in the same process to look at whenever it likes.
/// </summary>
/// <typeparam name="TKey">The type of the keys.</typeparam>
/// <typeparam name="TValue">The type of the results.</typeparam>
/// <remarks>
/// Any thread may read; a reader sees a window as it was after some batch of results. A view is no part of a
/// checkpoint: in a new process it is empty, and of a window it holds what the job says from then on. A job that is
/// started again in the same process goes on with the view as it is; the results that it works out once more replace
/// themselves.
/// </remarks>
public sealed class WindowView<TKey, TValue> : ISink<WindowResult<TKey, TValue>>
    where TKey : notnull
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<Window, Dictionary<TKey, WindowResult<TKey, TValue>>> _windows = [];
    private readonly int _capacity;

    /// <summary>An empty view.</summary>
    /// <param name="windows">How many windows are kept, the latest; memory grows with it. Default: 2.</param>
    public WindowView(int windows = 2)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(windows);
        _capacity = windows;
    }

    /// <inheritdoc/>
    public SinkMode Mode => SinkMode.Retract;

    /// <summary>The latest window that has results; null while there is none.</summary>
    public Window? Latest
    {
        get
        {
            lock (_lock)
            {
                return _windows.Count == 0 ? null : _windows.Keys.Last();
            }
        }
    }

    /// <summary>The windows that are kept, by end.</summary>
    public IReadOnlyList<Window> Windows
    {
        get
        {
            lock (_lock)
            {
                return [.. _windows.Keys];
            }
        }
    }

    /// <summary>The newest results of a window that is kept, in no order; empty where there are none.</summary>
    /// <param name="window">The window.</param>
    public IReadOnlyList<WindowResult<TKey, TValue>> Results(Window window)
    {
        lock (_lock)
        {
            return _windows.TryGetValue(window, out Dictionary<TKey, WindowResult<TKey, TValue>>? results)
                ? [.. results.Values]
                : [];
        }
    }

    /// <inheritdoc/>
    public ValueTask<ISinkWriter<WindowResult<TKey, TValue>>> OpenAsync(
        SinkContext context,
        CancellationToken cancellationToken) => new(new Writer(this));

    private void Take(in WindowResult<TKey, TValue> result)
    {
        if (!_windows.TryGetValue(result.Window, out Dictionary<TKey, WindowResult<TKey, TValue>>? results))
        {
            if (result.Pane.IsRetraction || (_windows.Count == _capacity && result.Window < _windows.Keys.First()))
            {
                return; // An older window than those that are kept.
            }

            results = [];
            _windows.Add(result.Window, results);
            if (_windows.Count > _capacity)
            {
                _windows.Remove(_windows.Keys.First());
            }
        }

        if (result.Pane.IsRetraction)
        {
            results.Remove(result.Key);
            if (results.Count == 0)
            {
                // A session that was merged away must not take the place of one that is there.
                _windows.Remove(result.Window);
            }
        }
        else
        {
            results[result.Key] = result;
        }
    }

    private sealed class Writer(WindowView<TKey, TValue> view) : ISinkWriter<WindowResult<TKey, TValue>>
    {
        public ValueTask WriteAsync(SinkBatch<WindowResult<TKey, TValue>> records, CancellationToken cancellationToken)
        {
            lock (view._lock)
            {
                foreach (ref readonly WindowResult<TKey, TValue> result in records.Values.Span)
                {
                    view.Take(in result);
                }
            }

            return ValueTask.CompletedTask;
        }

        public ValueTask FlushAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
