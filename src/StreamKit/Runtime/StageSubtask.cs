using StreamKit.Operators;
using StreamKit.Records;

namespace StreamKit.Runtime;

/// <summary>A subtask that is fed by other subtasks through channels.</summary>
internal sealed class StageSubtask<TBatch> : Subtask
{
    private readonly InputGate<TBatch> _gate;
    private InputMerge<TBatch>? _merge;
    private Func<CancellationToken, ValueTask>? _open;
    private IAsyncDisposable? _resource;

    public StageSubtask(string name, int lane, JobSettings settings)
        : base(name, lane, settings) => _gate = new InputGate<TBatch>(settings.ChannelCapacity, WakeUp, settings.Clock);

    public override int QueueDepth => _gate.Depth;

    public ChannelOutput<TBatch> OpenInput() => _gate.Open();

    public void SetHead(Receiver<TBatch> head, bool inputsHaveSplits = false) =>
        _merge = new InputMerge<TBatch>(head, inputsHaveSplits);

    /// <summary>Something that the subtask opens before it begins, and disposes in the end.</summary>
    public void Owns(Func<CancellationToken, ValueTask> open, IAsyncDisposable resource) =>
        (_open, _resource) = (open, resource);

    protected override ValueTask OpenAsync(CancellationToken cancellationToken) =>
        _open?.Invoke(cancellationToken) ?? ValueTask.CompletedTask;

    protected override ValueTask CloseAsync() => _resource?.DisposeAsync() ?? ValueTask.CompletedTask;

    protected override async Task LoopAsync(CancellationToken cancellationToken)
    {
        InputMerge<TBatch> merge = _merge
            ?? throw new InvalidOperationException($"The chain of '{Name}' was not built.");
        for (int i = 0; i < _gate.Count; i++)
        {
            merge.AddInput();
        }

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
                    : merge.OnSignal(input, element.Signal);
            }
            else if (!drained)
            {
                drained = true;
                canTakeMore = merge.OnLocalSignal(Signal.Drained);
            }
            else
            {
                await WaitAsync(merge.NextTimer, cancellationToken).ConfigureAwait(false);
                Tick();
                canTakeMore = true;
            }

            if (!canTakeMore || Errors.HasPending)
            {
                await UnblockAsync(resume, cancellationToken).ConfigureAwait(false);
            }

            if (merge.NextTimer <= Clock.Now)
            {
                drained = false; // What is due may hand something on, which is not to wait for company.
                if (!merge.OnLocalSignal(Signal.ProcessingTime(Clock.Now)) || Errors.HasPending)
                {
                    await UnblockAsync(resume, cancellationToken).ConfigureAwait(false);
                }
            }

            await StepAsync().ConfigureAwait(false);
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

        for (int i = 0; spin && i < LooksBeforeSleep; i++)
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
