using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using StreamKit.Connectors;
using StreamKit.Diagnostics;
using StreamKit.Operators;
using StreamKit.Time;

namespace StreamKit.Runtime;

/// <summary>What a subtask that reads a source offers to it.</summary>
internal sealed class RunningSource<T>(SourceSubtask<T> subtask, JobSettings settings, OperatorCounters counters)
    : SourceContext<T>
{
    private volatile bool _moreSplitsMayCome;

    private bool _hasDropped;

    /// <summary>Splits that were added, and how far they had come before.</summary>
    public ConcurrentQueue<(ISplitReader<T> Reader, long Watermark)> Added { get; } = new();

    /// <summary>Records that were reported; a reader may be on another thread, so the subtask hands them on.</summary>
    public ConcurrentQueue<FailedRecord> Failed { get; } = new();

    /// <summary>The splits by their names.</summary>
    public ConcurrentDictionary<string, SourceSplit> Origins { get; } = new(StringComparer.Ordinal);

    /// <summary>What the source is told of completed checkpoints.</summary>
    public SourceCommits Commits { get; } = new();

    /// <summary>What is to be disposed in the end, the last first.</summary>
    public ConcurrentStack<IAsyncDisposable> Resources { get; } = new();

    public override string Name => subtask.Name;

    public override TimeProvider Clock => settings.Clock;

    public override ILogger Logger { get; } = settings.Loggers.CreateLogger<SourceContext<T>>();

    public override bool MoreSplitsMayCome
    {
        get => _moreSplitsMayCome;
        set
        {
            _moreSplitsMayCome = value;
            subtask.WakeUp.Signal();
        }
    }

    public override bool HasCheckpoints => settings.Checkpoints is not null;

    public override void OnCheckpointCompleted(
        Func<IReadOnlyList<SplitPosition>, CancellationToken, ValueTask> action)
    {
        ArgumentNullException.ThrowIfNull(action);
        Commits.Want(action);
    }

    public override Task TakeCheckpointAsync(CancellationToken cancellationToken) =>
        subtask.Checkpoints is { } checkpoints
            ? Commits.TakeAsync(checkpoints, cancellationToken)
            : throw new InvalidOperationException(
                $"The job takes no checkpoints, so '{Name}' cannot ask for one: see HasCheckpoints.");

    public override Timestamp WatermarkOf(string split)
    {
        ArgumentNullException.ThrowIfNull(split);
        return new Timestamp(Origins.GetValueOrDefault(split)?.Watermark ?? long.MinValue);
    }

    public override void DisposeLater(IAsyncDisposable resource)
    {
        ArgumentNullException.ThrowIfNull(resource);
        Resources.Push(resource);
    }

    public override void AddSplit(ISplitReader<T> reader) => AddSplit(reader, Timestamp.MinValue);

    public override void AddSplit(ISplitReader<T> reader, Timestamp watermark)
    {
        ArgumentNullException.ThrowIfNull(reader);
        Added.Enqueue((reader, watermark.Ticks));
        subtask.WakeUp.Signal();
    }

    public override void Report(BadRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        Interlocked.Increment(ref counters.Errors);
        var failed = new FailedRecord(Name, record.Exception)
        {
            Split = record.Split,
            Position = record.Position,
            Bytes = record.Bytes,
        };
        subtask.Errors.ThrowIfFatal(in failed);
        Failed.Enqueue(failed);
        subtask.WakeUp.Signal();
    }

    internal override void CountDropped()
    {
        Interlocked.Increment(ref counters.DroppedRecords);
        if (!Interlocked.Exchange(ref _hasDropped, true))
        {
            Log.RecordsDropped(Logger, Name);
        }
    }
}
