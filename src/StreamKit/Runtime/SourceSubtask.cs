using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using StreamKit.Connectors;
using StreamKit.Diagnostics;
using StreamKit.Operators;
using StreamKit.Records;
using StreamKit.Time;

namespace StreamKit.Runtime;

/// <summary>A subtask that reads the splits of a source in turn.</summary>
internal sealed class SourceSubtask<T> : Subtask
{
    private readonly ISource<T> _source;
    private readonly Context _context;
    private readonly BatchPool<T> _pool;
    private readonly OperatorCounters _counters;
    private readonly List<SplitPump<T>> _pumps = [];
    private readonly ConcurrentQueue<(ISplitReader<T> Reader, long Watermark)> _added = new();
    private readonly ConcurrentQueue<FailedRecord> _failed = new();
    private readonly CancellationToken _stopReading;
    private CancellationTokenSource? _reading;

    // Whether the chain was told that there is nothing more to read, and has been given nothing since.
    private bool _drained;
    private Receiver<Batch<T>>? _head;
    private int _splits;

    public SourceSubtask(
        string name,
        ISource<T> source,
        JobSettings settings,
        CancellationToken stopReading)
        : base(name, 0, settings)
    {
        _source = source;
        _counters = new OperatorCounters(name, 0);
        _stopReading = stopReading;
        _pool = new BatchPool<T>(settings.BatchSize);
        AddCounters(_counters);
        _context = new Context(this);
    }

    public void SetHead(Receiver<Batch<T>> head) => _head = head;

    protected override async ValueTask OpenAsync(CancellationToken cancellationToken)
    {
        _reading = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _stopReading);
        try
        {
            foreach (ISplitReader<T> reader in await _source.OpenAsync(_context, _reading.Token).ConfigureAwait(false))
            {
                _pumps.Add(PumpOf(reader, long.MinValue));
            }
        }
        catch (OperationCanceledException) when (IsDraining(cancellationToken))
        {
            // Drained before it was open: the source ends without a record.
        }
    }

    protected override async ValueTask CloseAsync()
    {
        if (_reading is { } reading)
        {
            await reading.CancelAsync().ConfigureAwait(false);
        }

        var failures = new List<Exception>();
        foreach (IAsyncDisposable open in _pumps.Concat<IAsyncDisposable>(_added.Select(static added => added.Reader)))
        {
            try
            {
                await open.DisposeAsync().ConfigureAwait(false);
            }
            catch (Exception exception)
            {
                failures.Add(exception); // The others must be closed all the same.
            }
        }

        _reading?.Dispose();
        if (failures.Count > 0)
        {
            throw failures.Count == 1 ? failures[0] : new AggregateException(failures);
        }
    }

    protected override async Task LoopAsync(CancellationToken cancellationToken)
    {
        Receiver<Batch<T>> head = _head ?? throw new InvalidOperationException($"The chain of '{Name}' was not built.");

        // Every split is known before the first record, so that none is overtaken by a watermark of the others.
        foreach (SplitPump<T> pump in _pumps)
        {
            await PushAsync(head, Signal.SplitStart(pump.Number, pump.Origin), cancellationToken).ConfigureAwait(false);
        }

        await PushAsync(head, Signal.Started, cancellationToken).ConfigureAwait(false);
        try
        {
            await ReadAllAsync(head, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (IsDraining(cancellationToken))
        {
            // What was read goes on to the end, as if the source had ended here.
            await DrainAsync(head, cancellationToken).ConfigureAwait(false);
        }

        await ReportFailedAsync(head, cancellationToken).ConfigureAwait(false);
        await PushAsync(head, Signal.Watermark(long.MaxValue), cancellationToken).ConfigureAwait(false);
        await PushAsync(head, Signal.End, cancellationToken).ConfigureAwait(false);
    }

    private bool IsDraining(CancellationToken abort) =>
        _stopReading.IsCancellationRequested && !abort.IsCancellationRequested;

    private async Task DrainAsync(Receiver<Batch<T>> head, CancellationToken cancellationToken)
    {
        foreach (SplitPump<T> pump in _pumps)
        {
            if (await pump.TakeRestAsync().ConfigureAwait(false) is { } rest)
            {
                await PushAsync(head, rest, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task ReadAllAsync(Receiver<Batch<T>> head, CancellationToken cancellationToken)
    {
        CancellationToken reading = _reading!.Token; // Made when the source was opened.
        Action whenReady = WakeUp.Signal;
        while (_pumps.Count > 0 || _context.MoreSplitsMayCome || !_added.IsEmpty)
        {
            reading.ThrowIfCancellationRequested();
            await AddSplitsAsync(head, cancellationToken).ConfigureAwait(false);
            await ReportFailedAsync(head, cancellationToken).ConfigureAwait(false);
            bool any = false;
            for (int i = 0; i < _pumps.Count; i++)
            {
                SplitPump<T> pump = _pumps[i];
                if (await IsHeldAsync(head, pump, cancellationToken).ConfigureAwait(false)
                    || !pump.IsReady(whenReady, reading))
                {
                    continue;
                }

                (Batch<T>? batch, bool ended) = await pump.TakeAsync().ConfigureAwait(false);
                any = true;
                Tick();
                if (batch is not null)
                {
                    await PushAsync(head, batch, cancellationToken).ConfigureAwait(false);
                }

                if (ended)
                {
                    _pumps.RemoveAt(i--);
                    await EndSplitAsync(head, pump, cancellationToken).ConfigureAwait(false);
                }
            }

            if (!any)
            {
                if (!_drained)
                {
                    await PushAsync(head, Signal.Drained, cancellationToken).ConfigureAwait(false);
                }
                else
                {
                    await WaitAsync(head.NextTimer, reading).ConfigureAwait(false);
                    Tick();
                }
            }

            if (head.NextTimer <= Clock.Now)
            {
                await PushAsync(head, Signal.ProcessingTime(Clock.Now), cancellationToken).ConfigureAwait(false);
            }

            await StepAsync().ConfigureAwait(false);
        }
    }

    private async ValueTask AddSplitsAsync(Receiver<Batch<T>> head, CancellationToken cancellationToken)
    {
        while (_added.TryDequeue(out (ISplitReader<T> Reader, long Watermark) added))
        {
            SplitPump<T> pump = PumpOf(added.Reader, added.Watermark);
            _pumps.Add(pump);
            await PushAsync(head, Signal.SplitStart(pump.Number, pump.Origin), cancellationToken).ConfigureAwait(false);
        }
    }

    private SplitPump<T> PumpOf(ISplitReader<T> reader, long watermark)
    {
        var origin = new SourceSplit(Name, reader.Split, WakeUp) { StoredWatermark = watermark };
        return new SplitPump<T>(reader, _splits++, origin, _pool);
    }

    // What was read before the split was held waits in its pump, and a read that is under way stays under way.
    private async ValueTask<bool> IsHeldAsync(
        Receiver<Batch<T>> head, SplitPump<T> pump, CancellationToken cancellationToken)
    {
        bool isHeld = pump.Origin.IsHeld();
        if (isHeld != pump.IsHeld)
        {
            pump.IsHeld = isHeld;
            Tick();
            Signal signal = isHeld ? Signal.SplitHeld(pump.Number) : Signal.SplitReleased(pump.Number);
            await PushAsync(head, signal, cancellationToken).ConfigureAwait(false);
        }

        return isHeld;
    }

    private async ValueTask ReportFailedAsync(Receiver<Batch<T>> head, CancellationToken cancellationToken)
    {
        while (_failed.TryDequeue(out FailedRecord failed))
        {
            Errors.Report(in failed);
            if (Errors.HasPending)
            {
                await UnblockAsync(head.Resume, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async ValueTask EndSplitAsync(
        Receiver<Batch<T>> head, SplitPump<T> pump, CancellationToken cancellationToken)
    {
        await pump.DisposeAsync().ConfigureAwait(false);

        // While further splits may come, event time has not ended with the last one; those that came before it ended
        // are known first. The flag is read before them, because it may fall as soon as the last split was added.
        bool moreMayCome = _context.MoreSplitsMayCome;
        await AddSplitsAsync(head, cancellationToken).ConfigureAwait(false);
        Signal signal = moreMayCome ? Signal.SplitRetired(pump.Number) : Signal.SplitEnd(pump.Number);
        await PushAsync(head, signal, cancellationToken).ConfigureAwait(false);
    }

    private ValueTask PushAsync(Receiver<Batch<T>> head, Batch<T> batch, CancellationToken cancellationToken)
    {
        _drained = false;
        _counters.RecordsOut += batch.Count;
        return head.OnBatch(batch) && !Errors.HasPending
            ? ValueTask.CompletedTask
            : UnblockAsync(head.Resume, cancellationToken);
    }

    private ValueTask PushAsync(Receiver<Batch<T>> head, Signal signal, CancellationToken cancellationToken)
    {
        _drained = signal.Kind == SignalKind.Drained;
        return head.OnSignal(signal) && !Errors.HasPending
            ? ValueTask.CompletedTask
            : UnblockAsync(head.Resume, cancellationToken);
    }

    private sealed class Context(SourceSubtask<T> subtask) : SourceContext<T>
    {
        private volatile bool _moreSplitsMayCome;

        private bool _hasDropped;

        public override string Name => subtask.Name;

        public override TimeProvider Clock => subtask.Settings.Clock;

        public override ILogger Logger { get; } = subtask.Settings.Loggers.CreateLogger<SourceContext<T>>();

        public override bool MoreSplitsMayCome
        {
            get => _moreSplitsMayCome;
            set
            {
                _moreSplitsMayCome = value;
                subtask.WakeUp.Signal();
            }
        }

        public override void AddSplit(ISplitReader<T> reader) => AddSplit(reader, Timestamp.MinValue);

        public override void AddSplit(ISplitReader<T> reader, Timestamp watermark)
        {
            ArgumentNullException.ThrowIfNull(reader);
            subtask._added.Enqueue((reader, watermark.Ticks));
            subtask.WakeUp.Signal();
        }

        public override void Report(BadRecord record)
        {
            ArgumentNullException.ThrowIfNull(record);
            Interlocked.Increment(ref subtask._counters.Errors);
            var failed = new FailedRecord(Name, record.Exception)
            {
                Split = record.Split,
                Position = record.Position,
                Bytes = record.Bytes,
            };

            // A reader may be on another thread, so only the subtask's own loop hands the record on.
            subtask.Errors.ThrowIfFatal(in failed);
            subtask._failed.Enqueue(failed);
            subtask.WakeUp.Signal();
        }

        internal override void CountDropped()
        {
            Interlocked.Increment(ref subtask._counters.DroppedRecords);
            if (!Interlocked.Exchange(ref _hasDropped, true))
            {
                Log.RecordsDropped(Logger, Name);
            }
        }
    }
}
