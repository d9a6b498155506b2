using System.Collections.Concurrent;
using StreamKit.Checkpointing;
using StreamKit.Connectors;
using StreamKit.Diagnostics;
using StreamKit.Operators;
using StreamKit.Records;

namespace StreamKit.Runtime;

/// <summary>A subtask that reads the splits of a source in turn.</summary>
internal sealed class SourceSubtask<T> : Subtask
{
    private readonly ISource<T> _source;
    private readonly RunningSource<T> _context;
    private readonly BatchPool<T> _pool;
    private readonly OperatorCounters _counters;
    private readonly List<SplitPump<T>> _pumps = [];
    private readonly CancellationToken _stopReading;
    private readonly SourceProgress _progress;
    private CancellationTokenSource? _reading;

    // Whether the chain was told that there is nothing more to read, and has been given nothing since.
    private bool _drained;
    private Receiver<Batch<T>>? _head;
    private int _splits;

    // The checkpoints asked for, in their order: one that is skipped here would never be complete.
    private readonly ConcurrentQueue<BarrierRequest> _asked = new();

    public SourceSubtask(
        SubtaskId id,
        ISource<T> source,
        JobSettings settings,
        CancellationToken stopReading)
        : base(id, settings)
    {
        _source = source;
        _counters = new OperatorCounters(id.Name, 0);
        _progress = new SourceProgress(id.Name);
        State.Add(id.Name, _progress);
        _stopReading = stopReading;
        _pool = new BatchPool<T>(settings.BatchSize);
        AddCounters(_counters);
        _context = new RunningSource<T>(this, settings, _counters);
    }

    public override bool StartsBarriers => true;

    public override bool Commits => _context.Commits.IsWanted;

    private Receiver<Batch<T>> Head =>
        _head ?? throw new InvalidOperationException($"The chain of '{Name}' was not built.");

    public void SetHead(Receiver<Batch<T>> head) => _head = head;

    public override void Trigger(long checkpoint, bool isLast)
    {
        _asked.Enqueue(new BarrierRequest(checkpoint, isLast));
        WakeUp.Signal();
    }

    protected override IReadOnlyList<ManifestPosition> Positions => _progress.Positions;

    protected override ValueTask PushAsync(Signal signal, CancellationToken cancellationToken)
    {
        _drained = signal.Kind == SignalKind.Drained;
        return Head.OnSignal(signal) && !Errors.HasPending
            ? ValueTask.CompletedTask
            : UnblockAsync(Head.Resume, cancellationToken);
    }

    protected override async ValueTask OpenAsync(CancellationToken cancellationToken)
    {
        _reading = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _stopReading);
        try
        {
            foreach (ISplitReader<T> reader in await _source.OpenAsync(_context, _reading.Token).ConfigureAwait(true))
            {
                _pumps.Add(PumpOf(reader, long.MinValue));
            }

            await SeekAllAsync(_reading.Token).ConfigureAwait(true);
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
            await Settings.RunAsync(reading.Cancel).ConfigureAwait(true);
        }

        var failures = new List<Exception>();
        _context.Commits.Close();
        foreach (IAsyncDisposable open in _pumps
            .Concat<IAsyncDisposable>(_context.Added.Select(static added => added.Reader))
            .Concat(_context.Resources))
        {
            try
            {
                await open.DisposeAsync().ConfigureAwait(true);
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

    protected override async ValueTask FinishAsync(CancellationToken cancellationToken)
    {
        _context.Commits.Note(long.MaxValue, PositionsOfSplits());
        TellEnd();
        while (Commits && Checkpoints is not null && _context.Commits.Told < long.MaxValue)
        {
            await WakeUp.WaitAsync(cancellationToken).ConfigureAwait(true);
            await TellOfCompletedAsync(cancellationToken).ConfigureAwait(true);
        }
    }

    protected override async Task LoopAsync(CancellationToken cancellationToken)
    {
        Receiver<Batch<T>> head = Head;
        // Every split is known before the first record, so that none is overtaken by a watermark of the others.
        foreach (SplitPump<T> pump in _pumps)
        {
            await PushAsync(Signal.SplitStart(pump.Number, pump.Origin), cancellationToken).ConfigureAwait(true);
        }

        await PushAsync(Signal.Started, cancellationToken).ConfigureAwait(true);
        try
        {
            await ReadAllAsync(head, cancellationToken).ConfigureAwait(true);
        }
        catch (OperationCanceledException) when (IsDraining(cancellationToken))
        {
            // What was read goes on to the end, as if the source had ended here.
            await DrainAsync(head, cancellationToken).ConfigureAwait(true);
        }

        await ReportFailedAsync(head, cancellationToken).ConfigureAwait(true);
        await PushAsync(Signal.Watermark(long.MaxValue), cancellationToken).ConfigureAwait(true);
        await PushAsync(Signal.End, cancellationToken).ConfigureAwait(true);
    }

    private bool IsDraining(CancellationToken abort) =>
        _stopReading.IsCancellationRequested && !abort.IsCancellationRequested;

    private async Task DrainAsync(Receiver<Batch<T>> head, CancellationToken cancellationToken)
    {
        foreach (SplitPump<T> pump in _pumps)
        {
            while (await pump.TakeRestAsync(cancellationToken).ConfigureAwait(true) is { } rest)
            {
                // It counts as read, or whoever goes on from the last positions would read it again.
                string? position = Checkpoints is null ? null : pump.Position;
                await PushAsync(head, rest, cancellationToken).ConfigureAwait(true);
                if (Checkpoints is not null)
                {
                    _progress.Reach(pump.Origin.Split, position);
                }
            }
        }
    }

    private async ValueTask TakeCheckpointIfAskedAsync(CancellationToken cancellationToken)
    {
        while (_asked.TryDequeue(out BarrierRequest? asked))
        {
            _context.Commits.Note(asked.Checkpoint, PositionsOfSplits());
            await TakeCheckpointAsync(asked.Checkpoint, cancellationToken).ConfigureAwait(true);
            while (asked.IsLast)
            {
                // What follows belongs to whoever goes on from here: the job is aborted once the checkpoint is
                // complete.
                await WakeUp.WaitAsync(cancellationToken).ConfigureAwait(true);
                await TellOfCompletedAsync(cancellationToken).ConfigureAwait(true);
            }
        }

        await TellOfCompletedAsync(cancellationToken).ConfigureAwait(true);
    }

    private async ValueTask TellOfCompletedAsync(CancellationToken cancellationToken)
    {
        if (Completed is var completed && completed > _context.Commits.Told)
        {
            await _context.Commits.TellAsync(completed, cancellationToken).ConfigureAwait(true);
            Checkpoints?.Commit(this, completed);
        }
    }

    private IReadOnlyList<SplitPosition> PositionsOfSplits() => !Commits
        ? []
        : [.. _progress.Positions.Select(split =>
            new SplitPosition(split.Split, split.Position, _context.WatermarkOf(split.Split)))];

    // Splits that had ended are not read again; the others go on where they were.
    private async ValueTask SeekAllAsync(CancellationToken cancellationToken)
    {
        for (int i = 0; i < _pumps.Count; i++)
        {
            if (!await SeekAsync(_pumps[i], cancellationToken).ConfigureAwait(true))
            {
                SplitPump<T> ended = _pumps[i];
                _pumps.RemoveAt(i--);
                await ended.DisposeAsync().ConfigureAwait(true);
            }
        }
    }

    private async ValueTask<bool> SeekAsync(SplitPump<T> pump, CancellationToken cancellationToken)
    {
        ManifestPosition? known = _progress.Find(pump.Origin.Split);
        if (known is { Ended: true })
        {
            return false;
        }

        if (known?.Position is { } position)
        {
            await pump.SeekAsync(position, cancellationToken).ConfigureAwait(true);
        }

        // Where reading begins belongs to every checkpoint from now on: a split that is silent until the job is started
        // again must not begin elsewhere then, such as at an end that has moved.
        _progress.Reach(pump.Origin.Split, Checkpoints is null ? null : pump.Position);
        return true;
    }

    private async Task ReadAllAsync(Receiver<Batch<T>> head, CancellationToken cancellationToken)
    {
        CancellationToken reading = _reading!.Token; // Made when the source was opened.
        Action whenReady = WakeUp.Signal;
        while (_pumps.Count > 0 || _context.MoreSplitsMayCome || !_context.Added.IsEmpty)
        {
            reading.ThrowIfCancellationRequested();
            await AddSplitsAsync(head, cancellationToken).ConfigureAwait(true);
            await ReportFailedAsync(head, cancellationToken).ConfigureAwait(true);
            await TakeCheckpointIfAskedAsync(cancellationToken).ConfigureAwait(true);
            bool any = false;
            for (int i = 0; i < _pumps.Count; i++)
            {
                SplitPump<T> pump = _pumps[i];
                if (await IsHeldAsync(head, pump, cancellationToken).ConfigureAwait(true)
                    || !pump.IsReady(whenReady, reading))
                {
                    continue;
                }

                (Batch<T>? batch, bool ended) = await pump.TakeAsync().ConfigureAwait(true);
                any = true;
                Tick();
                string? position = Checkpoints is null ? null : pump.Position;
                if (batch is not null)
                {
                    await PushAsync(head, batch, cancellationToken).ConfigureAwait(true);
                }

                if (Checkpoints is not null)
                {
                    _progress.Reach(pump.Origin.Split, position); // Without a batch all that came was bad.
                }

                if (ended)
                {
                    _pumps.RemoveAt(i--);
                    End(pump);
                    await EndSplitAsync(head, pump, cancellationToken).ConfigureAwait(true);
                }
            }

            if (!any)
            {
                if (!_drained)
                {
                    await PushAsync(Signal.Drained, cancellationToken).ConfigureAwait(true);
                }
                else
                {
                    await WaitAsync(head.NextTimer, reading).ConfigureAwait(true);
                    Tick();
                }
            }

            if (head.NextTimer <= Clock.Now)
            {
                await PushAsync(Signal.ProcessingTime(Clock.Now), cancellationToken).ConfigureAwait(true);
            }

            await StepAsync().ConfigureAwait(true);
        }
    }

    private async ValueTask AddSplitsAsync(Receiver<Batch<T>> head, CancellationToken cancellationToken)
    {
        while (_context.Added.TryDequeue(out (ISplitReader<T> Reader, long Watermark) added))
        {
            SplitPump<T> pump = PumpOf(added.Reader, added.Watermark);
            if (!await SeekAsync(pump, cancellationToken).ConfigureAwait(true))
            {
                await pump.DisposeAsync().ConfigureAwait(true);
                continue;
            }

            _pumps.Add(pump);
            await PushAsync(Signal.SplitStart(pump.Number, pump.Origin), cancellationToken).ConfigureAwait(true);
        }
    }

    private SplitPump<T> PumpOf(ISplitReader<T> reader, long watermark)
    {
        var origin = new SourceSplit(Name, reader.Split, WakeUp) { StoredWatermark = watermark };
        _context.Origins[reader.Split] = origin;
        return new SplitPump<T>(reader, _splits++, origin, _pool);
    }

    private void End(SplitPump<T> pump)
    {
        if (pump.IsHandedOver)
        {
            _progress.Forget(pump.Origin.Split);
        }
        else
        {
            _progress.End(pump.Origin.Split);
        }
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
            await PushAsync(signal, cancellationToken).ConfigureAwait(true);
        }

        return isHeld;
    }

    private async ValueTask ReportFailedAsync(Receiver<Batch<T>> head, CancellationToken cancellationToken)
    {
        while (_context.Failed.TryDequeue(out FailedRecord failed))
        {
            Errors.Report(in failed);
            if (Errors.HasPending)
            {
                await UnblockAsync(head.Resume, cancellationToken).ConfigureAwait(true);
            }
        }
    }

    private async ValueTask EndSplitAsync(
        Receiver<Batch<T>> head, SplitPump<T> pump, CancellationToken cancellationToken)
    {
        await pump.DisposeAsync().ConfigureAwait(true);

        // While further splits may come, event time has not ended with the last one; those that came before it ended
        // are known first. The flag is read before them, because it may fall as soon as the last split was added.
        bool moreMayCome = _context.MoreSplitsMayCome;
        await AddSplitsAsync(head, cancellationToken).ConfigureAwait(true);
        Signal signal = moreMayCome ? Signal.SplitRetired(pump.Number) : Signal.SplitEnd(pump.Number);
        await PushAsync(signal, cancellationToken).ConfigureAwait(true);
    }

    private ValueTask PushAsync(Receiver<Batch<T>> head, Batch<T> batch, CancellationToken cancellationToken)
    {
        _drained = false;
        _counters.RecordsOut += batch.Count;
        return head.OnBatch(batch) && !Errors.HasPending
            ? ValueTask.CompletedTask
            : UnblockAsync(head.Resume, cancellationToken);
    }
}
