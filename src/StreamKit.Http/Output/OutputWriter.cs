using StreamKit.Connectors;

namespace StreamKit.Http.Output;

/// <summary>Hands what one job writes to the publisher; nothing here waits for anybody who listens.</summary>
internal sealed class OutputWriter<T>(FramePublisher<T> publisher) : ISinkWriter<T>
{
    private bool _isDisposed;

    public ValueTask WriteAsync(SinkBatch<T> records, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        publisher.Write(records.Values.Span);
        return ValueTask.CompletedTask;
    }

    public ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        publisher.Check();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        if (!_isDisposed)
        {
            _isDisposed = true;
            publisher.Finish();
        }

        return ValueTask.CompletedTask;
    }
}
