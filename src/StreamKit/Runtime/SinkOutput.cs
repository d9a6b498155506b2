using StreamKit.Connectors;
using StreamKit.Operators;
using StreamKit.Records;
using StreamKit.Serialization;
using StreamKit.State;
using StreamKit.Time;

namespace StreamKit.Runtime;

/// <summary>The end of the chain of a subtask that writes to a sink.</summary>
/// <remarks>
/// A sink that promises exactly once is given epochs where the job takes checkpoints. Every other is flushed at each
/// barrier, so that what lies before it is where the sink promises to bring it.
/// </remarks>
internal sealed class SinkOutput<T> : Receiver<Batch<T>>, IPendingOutput, ICommits, IStateful
{
    private readonly ISink<T> _sink;
    private readonly SinkContext _sinkContext;
    private readonly OperatorContext _context;
    private ISinkWriter<T>? _writer;
    private SinkEpochs<T>? _epochs;
    private OperatorState? _restored;
    private Batch<T>? _batch;
    private long? _watermark;
    private long? _barrier;
    private bool _flush;
    private bool _unflushed;

    public SinkOutput(ISink<T> sink, SinkContext sinkContext, OperatorContext context)
    {
        (_sink, _sinkContext, _context) = (sink, sinkContext, context);
        if (Commits)
        {
            context.Remember(this);
        }
    }

    public bool HasPending => _batch is not null || _watermark is not null || _flush || _barrier is not null;

    public bool Commits => _sinkContext.HasCheckpoints && _sink.Guarantee == SinkGuarantee.ExactlyOnce;

    public async ValueTask OpenAsync(CancellationToken cancellationToken)
    {
        _writer = await _sink.OpenAsync(_sinkContext, cancellationToken).ConfigureAwait(true);
        if (!Commits)
        {
            return;
        }

        _epochs = _writer switch
        {
            IEpochSinkWriter<T> twoPhase => new TwoPhaseEpochs<T>(twoPhase),
            IWriteAheadSinkWriter<T> writeAhead => new WriteAheadEpochs<T>(writeAhead),
            _ => throw new InvalidOperationException(
                $"The sink of '{_context.Name}' promises exactly once, but its writer is neither an "
                + $"{nameof(IEpochSinkWriter<>)} nor an {nameof(IWriteAheadSinkWriter<>)}."),
        };
        if (_restored is { } state)
        {
            _epochs.Restore(state);
            _restored = null;
        }

        await _epochs.RecoverAsync(cancellationToken).ConfigureAwait(true);
    }

    public override bool OnBatch(Batch<T> batch)
    {
        _context.Counters.RecordsIn += batch.Count;
        _batch = batch;
        return false;
    }

    public override bool OnSignal(Signal signal)
    {
        switch (signal.Kind)
        {
            case SignalKind.Watermark:
                _context.Counters.Watermark = signal.Value;
                _watermark = signal.Value;
                break;
            case SignalKind.Drained or SignalKind.End:
                _flush = _unflushed;
                break;
            case SignalKind.Barrier:
                _barrier = signal.Value;
                break;
        }

        return !HasPending;
    }

    public override bool Resume() => !HasPending;

    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        ISinkWriter<T> writer = Writer;
        if (_batch is { } batch)
        {
            var records = new SinkBatch<T>(
                batch.Values.AsMemory(0, batch.Count), batch.Timestamps.AsMemory(0, batch.Count));
            await WriteAsync(writer, records, cancellationToken).ConfigureAwait(true);
            _unflushed = true;
            _context.Counters.RecordsOut += batch.Count;
            batch.Return();
            _batch = null;
        }

        if (_watermark is { } watermark)
        {
            await writer.OnWatermarkAsync(new Timestamp(watermark), cancellationToken).ConfigureAwait(true);
            _watermark = null;
        }

        if (_flush || (_barrier is not null && _unflushed))
        {
            await writer.FlushAsync(cancellationToken).ConfigureAwait(true);
            _flush = false;
            _unflushed = false;
        }

        if (_barrier is { } checkpoint)
        {
            if (_epochs is not null)
            {
                await _epochs.PrepareAsync(checkpoint, cancellationToken).ConfigureAwait(true);
            }

            _barrier = null;
        }
    }

    public ValueTask PrepareLastAsync(CancellationToken cancellationToken) =>
        _epochs?.PrepareAsync(long.MaxValue, cancellationToken) ?? ValueTask.CompletedTask;

    public async ValueTask<bool> CommitAsync(long checkpoint, CancellationToken cancellationToken)
    {
        if (_epochs is null)
        {
            return true;
        }

        await _epochs.CommitAsync(checkpoint, cancellationToken).ConfigureAwait(true);
        return _epochs.IsCommitted;
    }

    public ValueTask DisposeAsync() => _writer?.DisposeAsync() ?? ValueTask.CompletedTask;

    public string StateKind => "sink";

    // Which form it is, the writer decides; a sink whose records may have to lie in a checkpoint needs their type.
    public void Declare(StateNeeds needs)
    {
        if (_sink is IWriteAheadSink<T>)
        {
            needs.Add<T>();
        }
    }

    public void Save(OperatorSnapshot snapshot) => _epochs?.Save(snapshot);

    // The writer opens later, with the subtask.
    public void Restore(OperatorState state) => _restored = state;

    private ValueTask WriteAsync(
        ISinkWriter<T> writer, SinkBatch<T> records, CancellationToken cancellationToken) => _epochs is { } epochs
            ? epochs.WriteAsync(records, cancellationToken)
            : writer.WriteAsync(records, cancellationToken);

    private ISinkWriter<T> Writer => _writer ?? throw new InvalidOperationException("The sink has not been opened.");
}
