using StreamKit.Operators;
using StreamKit.Records;

namespace StreamKit.Runtime;

/// <summary>A subtask that is fed by other subtasks through channels.</summary>
internal sealed class StageSubtask<TBatch> : Subtask
{
    private readonly InputGate<TBatch> _gate;
    private readonly List<string> _inputs = [];
    private InputMerge<TBatch>? _merge;
    private ICommits? _sink;
    private long _committed;

    public StageSubtask(SubtaskId id, JobSettings settings)
        : base(id, settings) => _gate = new InputGate<TBatch>(settings, WakeUp);

    public override int QueueDepth => _gate.Depth;

    public override bool Commits => _sink is { Commits: true };

    private InputMerge<TBatch> Merge =>
        _merge ?? throw new InvalidOperationException($"The chain of '{Name}' was not built.");

    /// <summary>Opens one more input.</summary>
    /// <param name="from">Who sends, by a name that stays the same.</param>
    public ChannelOutput<TBatch> OpenInput(string from)
    {
        _inputs.Add(from);
        return _gate.Open();
    }

    public void SetHead(Receiver<TBatch> head, bool inputsHaveSplits = false)
    {
        _merge = new InputMerge<TBatch>(head, inputsHaveSplits);
        State.Add(Stage + "/inputs", _merge);
    }

    /// <summary>The sink that the subtask opens before it begins, and disposes in the end.</summary>
    public void Owns(ICommits sink) => _sink = sink;

    protected override ValueTask OpenAsync(CancellationToken cancellationToken) =>
        _sink?.OpenAsync(cancellationToken) ?? ValueTask.CompletedTask;

    protected override ValueTask CloseAsync() => _sink?.DisposeAsync() ?? ValueTask.CompletedTask;

    protected override ValueTask PushAsync(Signal signal, CancellationToken cancellationToken) =>
        Merge.OnLocalSignal(signal) && !Errors.HasPending
            ? ValueTask.CompletedTask
            : UnblockAsync(Merge.Resume, cancellationToken);

    protected override async ValueTask FinishAsync(CancellationToken cancellationToken)
    {
        if (Checkpoints is null || _sink is not { Commits: true } sink)
        {
            TellEnd();
            return;
        }

        await sink.PrepareLastAsync(cancellationToken).ConfigureAwait(true);
        TellEnd();
        while (!await CommitAsync(sink, cancellationToken).ConfigureAwait(true))
        {
            await WakeUp.WaitAsync(cancellationToken).ConfigureAwait(true);
        }
    }

    protected override async Task LoopAsync(CancellationToken cancellationToken)
    {
        InputMerge<TBatch> merge = Merge;
        merge.AddInputs(_inputs);

        Func<bool> resume = merge.Resume;
        bool drained = false;
        while (!merge.IsEnded)
        {
            bool canTakeMore;
            if (TryRead(drained, out int input, out Element<TBatch> element))
            {
                Tick();
                drained = false;
                canTakeMore = element.IsBatch
                    ? merge.OnBatch(input, element.Batch)
                    : await OnSignalAsync(input, element.Signal, cancellationToken).ConfigureAwait(true);
            }
            else if (!drained)
            {
                drained = true;
                canTakeMore = merge.OnLocalSignal(Signal.Drained);
            }
            else
            {
                await WaitAsync(merge.NextTimer, cancellationToken).ConfigureAwait(true);
                Tick();
                canTakeMore = true;
            }

            if (!canTakeMore || Errors.HasPending)
            {
                await UnblockAsync(resume, cancellationToken).ConfigureAwait(true);
            }

            if (merge.NextTimer <= Clock.Now)
            {
                drained = false; // What is due may hand something on, which is not to wait for company.
                if (!merge.OnLocalSignal(Signal.ProcessingTime(Clock.Now)) || Errors.HasPending)
                {
                    await UnblockAsync(resume, cancellationToken).ConfigureAwait(true);
                }
            }

            if (_sink is { } sink && _committed < Completed)
            {
                await CommitAsync(sink, cancellationToken).ConfigureAwait(true);
            }

            await StepAsync().ConfigureAwait(true);
        }
    }

    private async ValueTask<bool> CommitAsync(ICommits sink, CancellationToken cancellationToken)
    {
        long completed = Completed;
        bool all = await sink.CommitAsync(completed, cancellationToken).ConfigureAwait(true);
        if (_committed < completed)
        {
            _committed = completed;
            Checkpoints?.Commit(this, completed);
        }

        return all;
    }

    // A barrier goes no further on its own: it is sent on when it has come from every input.
    private async ValueTask<bool> OnSignalAsync(int input, Signal signal, CancellationToken cancellationToken)
    {
        switch (signal.Kind)
        {
            case SignalKind.Barrier:
                if (_gate.Alignment.OnBarrier(input, signal.Value))
                {
                    await TakeCheckpointAsync(signal.Value, cancellationToken).ConfigureAwait(true);
                }

                return true;
            case SignalKind.End:
                bool wasLast = _gate.Alignment.OnEnd(input);
                if (!Merge.OnSignal(input, signal) || Errors.HasPending)
                {
                    await UnblockAsync(Merge.Resume, cancellationToken).ConfigureAwait(true);
                }

                if (wasLast && !Merge.IsEnded)
                {
                    await TakeCheckpointAsync(_gate.Alignment.Checkpoint, cancellationToken).ConfigureAwait(true);
                }

                return true;
            default:
                return Merge.OnSignal(input, signal);
        }
    }

    // Where the sender is about as fast as this subtask, the next batch comes within microseconds; being put to sleep
    // and woken again would take longer than working on it.
    private bool TryRead(bool spin, out int input, out Element<TBatch> element)
    {
        if (_gate.TryRead(out input, out element))
        {
            return true;
        }

        for (int i = 0; spin && LooksAgain(i); i++)
        {
            Patience.Pause();
            if (_gate.SeemsReady() && _gate.TryRead(out input, out element))
            {
                return true;
            }
        }

        return false;
    }
}
