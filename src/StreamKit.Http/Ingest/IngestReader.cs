using StreamKit.Connectors;

namespace StreamKit.Http.Ingest;

/// <summary>Hands the queue to a job.</summary>
internal sealed class IngestReader<T> : ISplitReader<T>
{
    // What was reported waits until the read returns, so it must not become much.
    private const int MaxReportsPerRead = 100;

    private readonly IngestQueue<T> _queue;
    private readonly SourceContext<T> _context;
    private readonly Action _end;
    private readonly CancellationTokenRegistration _stopping;

    public IngestReader(IngestQueue<T> queue, SourceContext<T> context, Action end, CancellationToken stop)
    {
        (_queue, _context, _end) = (queue, context, end);

        // From the first word of the stop on, nothing is accepted that nobody would read.
        _stopping = stop.UnsafeRegister(static queue => ((IngestQueue<T>)queue!).Close(), queue);
    }

    public string Split => "http";

    public string? Position => null;

    public ValueTask SeekAsync(string position, CancellationToken cancellationToken) =>
        throw new NotSupportedException("What came by HTTP cannot be read again.");

    public async ValueTask<bool> ReadAsync(RecordBuffer<T> buffer, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        while (!Take(buffer, MaxReportsPerRead))
        {
            if (!await _queue.WaitAsync(cancellationToken).ConfigureAwait(false))
            {
                return false;
            }
        }

        return true;
    }

    public ValueTask DrainAsync(RecordBuffer<T> buffer, CancellationToken cancellationToken)
    {
        _queue.Close();
        Take(buffer, int.MaxValue);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.DisposeAsync().ConfigureAwait(false);
        _end();
    }

    private bool Take(RecordBuffer<T> buffer, int mostReports)
    {
        int reports = 0;
        while (reports < mostReports && _queue.Take(buffer) is { } bad)
        {
            reports++;
            _context.Report(bad);
        }

        return reports > 0 || buffer.Count > 0;
    }
}
