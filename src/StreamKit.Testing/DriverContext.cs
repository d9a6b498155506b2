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
    private volatile bool _moreSplitsMayCome;

    public override string Name => options.Name;

    public override TimeProvider Clock => options.Clock;

    public override ILogger Logger => options.Logger;

    public override bool MoreSplitsMayCome
    {
        get => _moreSplitsMayCome;
        set => _moreSplitsMayCome = value;
    }

    public override void AddSplit(ISplitReader<T> reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        lock (_gate)
        {
            _splits.Add(new SplitDriver<T>(reader, options.BatchRecords));
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
            _splits.InsertRange(0, readers.Select(reader => new SplitDriver<T>(reader, options.BatchRecords)));
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
