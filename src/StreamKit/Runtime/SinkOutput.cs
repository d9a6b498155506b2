using StreamKit.Connectors;
using StreamKit.Operators;
using StreamKit.Records;
using StreamKit.Time;

namespace StreamKit.Runtime;

/// <summary>The end of the chain of a subtask that writes to a sink.</summary>
internal sealed class SinkOutput<T>(ISink<T> sink, SinkContext sinkContext, OperatorContext context)
    : Receiver<Batch<T>>, IPendingOutput, IAsyncDisposable
{
    private ISinkWriter<T>? _writer;
    private Batch<T>? _batch;
    private long? _watermark;
    private bool _flush;
    private bool _unflushed;

    public bool HasPending => _batch is not null || _watermark is not null || _flush;

    public async ValueTask OpenAsync(CancellationToken cancellationToken) =>
        _writer = await sink.OpenAsync(sinkContext, cancellationToken).ConfigureAwait(false);

    public override bool OnBatch(Batch<T> batch)
    {
        context.Counters.RecordsIn += batch.Count;
        _batch = batch;
        return false;
    }

    public override bool OnSignal(Signal signal)
    {
        switch (signal.Kind)
        {
            case SignalKind.Watermark:
                context.Counters.Watermark = signal.Value;
                _watermark = signal.Value;
                break;
            case SignalKind.Drained or SignalKind.End:
                _flush = _unflushed;
                break;
        }

        return !HasPending;
    }

    public override bool Resume() => !HasPending;

    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        ISinkWriter<T> writer = _writer ?? throw new InvalidOperationException("The sink has not been opened.");
        if (_batch is { } batch)
        {
            var records = new SinkBatch<T>(
                batch.Values.AsMemory(0, batch.Count), batch.Timestamps.AsMemory(0, batch.Count));
            await writer.WriteAsync(records, cancellationToken).ConfigureAwait(false);
            _unflushed = true;
            context.Counters.RecordsOut += batch.Count;
            batch.Return();
            _batch = null;
        }

        if (_watermark is { } watermark)
        {
            await writer.OnWatermarkAsync(new Timestamp(watermark), cancellationToken).ConfigureAwait(false);
            _watermark = null;
        }

        if (_flush)
        {
            await writer.FlushAsync(cancellationToken).ConfigureAwait(false);
            _flush = false;
            _unflushed = false;
        }
    }

    public ValueTask DisposeAsync() => _writer?.DisposeAsync() ?? ValueTask.CompletedTask;
}
