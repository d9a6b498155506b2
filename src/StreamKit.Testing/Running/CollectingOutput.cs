using StreamKit.Operators;
using StreamKit.Records;
using StreamKit.Time;

namespace StreamKit.Testing.Running;

/// <summary>
/// The end of a chain: keeps the records, watches over the rules, and refuses more where it is told to.
/// </summary>
internal sealed class CollectingOutput<T>(List<T> records, bool refuses) : Receiver<Batch<T>>
{
    // Once would do; twice shows a caller that takes the first answer for granted.
    private const int RefusalsInARow = 2;

    private long _watermark = long.MinValue;
    private bool _ended;
    private int _refusalsLeft;

    public override bool OnBatch(Batch<T> batch)
    {
        Check();
        records.AddRange(batch.Values.AsSpan(0, batch.Count));
        batch.Return();
        return Answer();
    }

    public override bool OnSignal(Signal signal)
    {
        if (signal.IsLocal)
        {
            return _refusalsLeft == 0;
        }

        Check();
        if (signal.Kind == SignalKind.Watermark)
        {
            if (signal.Value < _watermark)
            {
                throw new StreamTestException(
                    $"The watermark fell from {new Timestamp(_watermark)} to {new Timestamp(signal.Value)}.");
            }

            _watermark = signal.Value;
        }

        _ended |= signal.Kind == SignalKind.End;
        return Answer();
    }

    public override bool Resume()
    {
        if (_refusalsLeft > 0)
        {
            _refusalsLeft--;
        }

        return _refusalsLeft == 0;
    }

    private bool Answer()
    {
        if (refuses)
        {
            _refusalsLeft = RefusalsInARow;
        }

        return !refuses;
    }

    private void Check()
    {
        if (_refusalsLeft > 0)
        {
            throw new StreamTestException("An operator handed something to an output that could not take more.");
        }

        if (_ended)
        {
            throw new StreamTestException("An operator emitted something after the end of the stream.");
        }
    }
}
