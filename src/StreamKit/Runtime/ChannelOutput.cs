using System.Threading.Channels;
using StreamKit.Operators;
using StreamKit.Records;

namespace StreamKit.Runtime;

/// <summary>The sending end of a channel between two subtasks.</summary>
/// <remarks>
/// What does not fit is held, and the chain before it stops until the subtask has awaited room for it.
/// </remarks>
/// <param name="writer">The channel's writer.</param>
/// <param name="flow">What has gone through the channel.</param>
/// <param name="capacity">How much the channel holds.</param>
/// <param name="receiver">Tells the receiving subtask.</param>
/// <param name="patience">How long to look for room before sleeping.</param>
internal sealed class ChannelOutput<TBatch>(
    ChannelWriter<Element<TBatch>> writer,
    ChannelFlow flow,
    int capacity,
    WakeUp receiver,
    Patience patience)
    : Receiver<TBatch>, IPendingOutput
{
    private readonly Queue<Element<TBatch>> _held = new();

    public bool HasPending => _held.Count > 0;

    public override bool IsBusy => flow.Depth > capacity / 2;

    public override bool OnBatch(TBatch batch) => Send(new Element<TBatch>(batch));

    public override bool OnSignal(Signal signal) => signal.IsLocal ? !HasPending : Send(new Element<TBatch>(signal));

    public override bool Resume()
    {
        while (_held.TryPeek(out Element<TBatch> element) && writer.TryWrite(element))
        {
            _held.Dequeue();
            flow.Wrote();
            receiver.Signal();
        }

        return !HasPending;
    }

    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        for (int i = 0; patience.LooksAgain(i) && (flow.Depth >= capacity || !Resume()); i++)
        {
            Patience.Pause();
        }

        while (_held.TryPeek(out Element<TBatch> element))
        {
            long began = patience.BeginSleep();
            await writer.WriteAsync(element, cancellationToken).ConfigureAwait(true);
            patience.EndSleep(began);
            _held.Dequeue();
            flow.Wrote();
            receiver.Signal();
        }
    }

    private bool Send(Element<TBatch> element)
    {
        if (!HasPending && writer.TryWrite(element))
        {
            flow.Wrote();
            receiver.Signal();
            return true;
        }

        _held.Enqueue(element);
        return false;
    }
}
