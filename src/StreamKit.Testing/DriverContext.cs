using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using StreamKit.Connectors;
using StreamKit.Diagnostics;
using StreamKit.Time;

namespace StreamKit.Testing;

/// <summary>The context that a driver gives to a source: it remembers everything.</summary>
internal sealed class DriverContext<T>(SourceDriverOptions options) : SourceContext<T>
{
    private readonly Lock _gate = new();
    private readonly List<SplitDriver<T>> _splits = [];
    private readonly List<BadRecord> _badRecords = [];
    private readonly List<(int Count, TaskCompletionSource Reached)> _waiting = [];
    private readonly ConcurrentStack<IAsyncDisposable> _resources = new();
    private Func<IReadOnlyList<SplitPosition>, CancellationToken, ValueTask>? _completed;
    private volatile bool _moreSplitsMayCome;

    public override string Name => options.Name;

    public override TimeProvider Clock => options.Clock;

    public override ILogger Logger => options.Logger;

    public override bool MoreSplitsMayCome
    {
        get => _moreSplitsMayCome;
        set => _moreSplitsMayCome = value;
    }

    public override bool HasCheckpoints => options.HasCheckpoints;

    public override void OnCheckpointCompleted(
        Func<IReadOnlyList<SplitPosition>, CancellationToken, ValueTask> action)
    {
        ArgumentNullException.ThrowIfNull(action);
        if (Interlocked.CompareExchange(ref _completed, action, null) is not null)
        {
            throw new InvalidOperationException("The source is told of completed checkpoints already.");
        }
    }

    public override Task TakeCheckpointAsync(CancellationToken cancellationToken) => HasCheckpoints
        ? CompleteCheckpointAsync(cancellationToken)
        : throw new InvalidOperationException($"'{Name}' asks for a checkpoint, but HasCheckpoints is false.");

    // A driver reads records, and makes no watermarks of them.
    public override Timestamp WatermarkOf(string split) => Timestamp.MinValue;

    public override void DisposeLater(IAsyncDisposable resource) => _resources.Push(resource);

    /// <summary>Tells the source that what has been read so far is in a checkpoint that is complete.</summary>
    public async Task CompleteCheckpointAsync(CancellationToken cancellationToken)
    {
        SplitPosition[] positions = [.. Splits()
            .Where(static split => !split.IsHandedOver)
            .Select(static split => new SplitPosition(split.Name, split.Position, Timestamp.MinValue))];
        if (Volatile.Read(ref _completed) is { } action)
        {
            await action(positions, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Disposes what the source has left to the job.</summary>
    public async ValueTask DisposeResourcesAsync()
    {
        while (_resources.TryPop(out IAsyncDisposable? resource))
        {
            await resource.DisposeAsync().ConfigureAwait(false);
        }
    }

    public override void AddSplit(ISplitReader<T> reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        lock (_gate)
        {
            _splits.Add(CreateDriver(reader));
            _waiting.RemoveAll(w => w.Count <= _splits.Count && w.Reached.TrySetResult());
        }
    }

    // A driver reads records, and makes no watermarks of them.
    public override void AddSplit(ISplitReader<T> reader, Timestamp watermark) => AddSplit(reader);

    /// <summary>Puts the splits that opening returned before those that were added meanwhile.</summary>
    public void AddFirst(IReadOnlyList<ISplitReader<T>> readers)
    {
        lock (_gate)
        {
            _splits.InsertRange(0, readers.Select(CreateDriver));
            _waiting.RemoveAll(w => w.Count <= _splits.Count && w.Reached.TrySetResult());
        }
    }

    public override void Report(BadRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        lock (_gate)
        {
            _badRecords.Add(record);
        }

        if (options.BadRecords == Testing.BadRecords.Fail)
        {
            throw new StreamException(Name, null, null, record.Exception);
        }
    }

    private SplitDriver<T> CreateDriver(ISplitReader<T> reader) =>
        new(reader, options.BatchRecords, () => BadRecords().Count);

    public IReadOnlyList<SplitDriver<T>> Splits()
    {
        lock (_gate)
        {
            return [.. _splits];
        }
    }

    public IReadOnlyList<BadRecord> BadRecords()
    {
        lock (_gate)
        {
            return [.. _badRecords];
        }
    }

    public Task SplitsAsync(int count)
    {
        lock (_gate)
        {
            if (_splits.Count >= count)
            {
                return Task.CompletedTask;
            }

            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((count, reached));
            return reached.Task;
        }
    }
}
