using System.Globalization;
using StreamKit.Connectors;

namespace StreamKit.Hosting.Tests;

/// <summary>A log with one split that a test appends to, and that can be read again from any position.</summary>
internal sealed class FedLog<T> : ISource<T>
{
    private readonly Lock _lock = new();
    private readonly List<T> _records = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _isEnded;

    public Replayability Replayability => Replayability.Full;

    /// <summary>The clock of the job that opened it last.</summary>
    public TimeProvider? Clock { get; private set; }

    public FedLog<T> Feed(params IEnumerable<T> records)
    {
        Change(() => _records.AddRange(records));
        return this;
    }

    public FedLog<T> End()
    {
        Change(() => _isEnded = true);
        return this;
    }

    public ValueTask<IReadOnlyList<ISplitReader<T>>> OpenAsync(
        SourceContext<T> context, CancellationToken cancellationToken)
    {
        Clock = context.Clock;
        return new((IReadOnlyList<ISplitReader<T>>)[new Reader(this)]);
    }

    private void Change(Action change)
    {
        lock (_lock)
        {
            change();
            _changed.SetResult();
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    private sealed class Reader(FedLog<T> log) : ISplitReader<T>
    {
        private int _next;

        public string Split => "log";

        public string Position => _next.ToString(CultureInfo.InvariantCulture);

        public ValueTask SeekAsync(string position, CancellationToken cancellationToken)
        {
            _next = int.Parse(position, CultureInfo.InvariantCulture);
            return ValueTask.CompletedTask;
        }

        public async ValueTask<bool> ReadAsync(RecordBuffer<T> buffer, CancellationToken cancellationToken)
        {
            while (true)
            {
                Task changed;
                lock (log._lock)
                {
                    for (; _next < log._records.Count && !buffer.IsFull; _next++)
                    {
                        buffer.Add(log._records[_next]);
                    }

                    if (buffer.Count > 0 || log._isEnded)
                    {
                        return buffer.Count > 0;
                    }

                    changed = log._changed.Task;
                }

                await changed.WaitAsync(cancellationToken);
            }
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
