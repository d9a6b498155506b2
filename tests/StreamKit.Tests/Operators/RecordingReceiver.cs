using StreamKit.Operators;
using StreamKit.Records;

namespace StreamKit.Tests.Operators;

/// <summary>The end of a chain that writes down what comes, and says "no more" when its script does.</summary>
internal sealed class RecordingReceiver<T>(Func<bool>? takesMore = null) : Receiver<Batch<T>>
{
    private bool _refusing;

    /// <summary>Everything that came, batches taken apart.</summary>
    public List<Recorded<T>> Elements { get; } = [];

    public IEnumerable<T> Values => Elements.Where(static e => e.Signal is null).Select(static e => e.Value);

    public IEnumerable<Signal> Signals => Elements.Where(static e => e.Signal is not null)
        .Select(static e => e.Signal!.Value);

    public int EmptyBatches { get; private set; }

    public override bool OnBatch(Batch<T> batch)
    {
        Assert.False(_refusing, "nothing may come before the receiver was resumed");
        EmptyBatches += batch.Count == 0 ? 1 : 0;
        for (int i = 0; i < batch.Count; i++)
        {
            Elements.Add(
                new(batch.Timestamps[i], batch.Values[i]) { Split = batch.Split, LateCause = batch.LateCause });
        }

        batch.Return();
        return Answer();
    }

    public override bool OnSignal(Signal signal)
    {
        Assert.False(_refusing, "nothing may come before the receiver was resumed");
        Elements.Add(new(0, default!) { Signal = signal });
        return Answer();
    }

    public override bool Resume()
    {
        // Sometimes there is still no room.
        return Answer();
    }

    private bool Answer()
    {
        bool takes = takesMore?.Invoke() ?? true;
        _refusing = !takes;
        return takes;
    }
}
