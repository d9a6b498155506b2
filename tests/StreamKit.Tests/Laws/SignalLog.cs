using StreamKit.Operators;
using StreamKit.Records;

namespace StreamKit.Tests.Laws;

/// <summary>Takes everything and remembers the signals, in words, and the reach of time.</summary>
internal sealed class SignalLog<T> : Receiver<Batch<T>>
{
    public long Watermark { get; private set; } = long.MinValue;

    public bool IsIdle { get; private set; }

    public bool Fell { get; private set; }

    public List<LateCause> Causes { get; } = [];

    public override bool OnBatch(Batch<T> batch)
    {
        Causes.Add(batch.LateCause);
        batch.Return();
        return true;
    }

    public override bool OnSignal(Signal signal)
    {
        switch (signal.Kind)
        {
            case SignalKind.Watermark:
                Fell |= signal.Value <= Watermark;
                Watermark = signal.Value;
                break;
            case SignalKind.Idle:
                IsIdle = true;
                break;
            case SignalKind.Active:
                IsIdle = false;
                break;
        }

        return true;
    }

    public override bool Resume() => true;
}
