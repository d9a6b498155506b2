using StreamKit.Connectors;
using StreamKit.PostgreSql.Connections;

namespace StreamKit.PostgreSql.Writing;

/// <summary>Gathers records and writes them by the batch; what a flush has returned of is committed.</summary>
internal sealed class TableSinkWriter<T>(
    Link link, RowWriter<T> rows, PostgreSqlSinkOptions options, TimeProvider clock) : ISinkWriter<T>
{
    private readonly List<T> _gathered = [];
    private long _since;    // When the oldest of them came.
    private bool _broken;   // A write failed for good: the job ends, and what is gathered is not tried again.
    private bool _disposed;

    /// <summary>Connects, so that what is wrong shows before any record comes.</summary>
    public Task OpenAsync(CancellationToken cancellationToken)
    {
        link.Prepare = rows.PrepareAsync;
        return link.RunAsync(static (_, _) => Task.CompletedTask, cancellationToken);
    }

    public async ValueTask WriteAsync(SinkBatch<T> records, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        cancellationToken.ThrowIfCancellationRequested();
        for (int from = 0; from < records.Count;)
        {
            if (_gathered.Count == 0)
            {
                _since = clock.GetTimestamp();
            }

            int count = Math.Min(options.BatchRecords - _gathered.Count, records.Count - from);
            _gathered.AddRange(records.Values.Span.Slice(from, count));
            from += count;
            if (_gathered.Count == options.BatchRecords || clock.GetElapsedTime(_since) >= options.BatchDelay)
            {
                await WriteOutAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }

    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        cancellationToken.ThrowIfCancellationRequested();
        await WriteOutAsync(cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        link.Hurry();
        try
        {
            if (!_broken)
            {
                await WriteOutAsync(CancellationToken.None).ConfigureAwait(false);
            }
        }
        finally
        {
            await link.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task WriteOutAsync(CancellationToken cancellationToken)
    {
        if (_gathered.Count == 0)
        {
            return;
        }

        T[] records = [.. _gathered];
        _broken = true;
        await link
            .RunAsync((connection, token) => rows.WriteAsync(connection, records, token), cancellationToken)
            .ConfigureAwait(false);
        _broken = false;
        _gathered.Clear();
    }
}
