using System.Globalization;
using StreamKit.Connectors;

namespace StreamKit.Tests.Runtime;

/// <summary>
/// A log that a test goes on writing while jobs, one after the other, read it; a position is the number of records
/// read.
/// </summary>
internal sealed class FedLog(string split = "log") : ISource<At>
{
    private readonly Lock _lock = new();
    private readonly List<At> _records = [];
    private TaskCompletionSource _more = NewSignal();
    private bool _hasEnded;

    public Replayability Replayability => Replayability.Full;

    /// <summary>How many positions a job has gone on from.</summary>
    public int Seeks { get; private set; }

    /// <summary>A record for each second, with the keys in turn.</summary>
    public FedLog Feed(IEnumerable<int> seconds, int keys = 3)
    {
        lock (_lock)
        {
            _records.AddRange(seconds.Select(second => new At(second, $"k{second % keys}")));
            Signal();
        }

        return this;
    }

    public FedLog End()
    {
        lock (_lock)
        {
            _hasEnded = true;
            Signal();
        }

        return this;
    }

    public ValueTask<IReadOnlyList<ISplitReader<At>>> OpenAsync(
        SourceContext<At> context, CancellationToken cancellationToken) => new([new Reader(this, split)]);

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Signal()
    {
        _more.SetResult();
        _more = NewSignal();
    }

    private sealed class Reader(FedLog log, string split) : ISplitReader<At>
    {
        private int _next;

        public string Split => split;

        public string Position => _next.ToString(CultureInfo.InvariantCulture);

        public ValueTask SeekAsync(string position, CancellationToken cancellationToken)
        {
            _next = int.Parse(position, CultureInfo.InvariantCulture);
            log.Seeks++;
            return ValueTask.CompletedTask;
        }

        public async ValueTask<bool> ReadAsync(RecordBuffer<At> buffer, CancellationToken cancellationToken)
        {
            while (true)
            {
                Task more;
                lock (log._lock)
                {
                    if (_next < log._records.Count)
                    {
                        while (_next < log._records.Count && buffer.Remaining > 0)
                        {
                            buffer.Add(log._records[_next++]);
                        }

                        return true;
                    }

                    if (log._hasEnded)
                    {
                        return false;
                    }

                    more = log._more.Task;
                }

                await more.WaitAsync(cancellationToken);
            }
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
