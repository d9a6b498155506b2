using StreamKit.Operators;
using StreamKit.Records;

namespace StreamKit.Tests.Operators;

/// <summary>A lane that writes down what comes, and refuses at times.</summary>
internal sealed class RecordingLane<TKey, T>(Func<bool> takesMore) : Receiver<KeyedBatch<TKey, T>>
{
    private bool _refusing;

    public List<string> Seen { get; } = [];

    public override bool OnBatch(KeyedBatch<TKey, T> batch)
    {
        Assert.False(_refusing, "nothing may come before the lane was resumed");
        Batch<T> records = batch.Records;
        Seen.Add(NaiveExchange<TKey, T>.Describe(Enumerable.Range(0, batch.Count).Select(
            i => NaiveExchange<TKey, T>.Describe(
                records.Timestamps[i], records.Values[i], batch.Keys[i], batch.Hashes[i], batch.LateCause))));
        batch.Return();
        return Answer();
    }

    public override bool OnSignal(Signal signal)
    {
        Assert.False(_refusing, "nothing may come before the lane was resumed");
        Seen.Add($"{signal}");
        return Answer();
    }

    public override bool Resume() => Answer();

    private bool Answer() => !(_refusing = !takesMore());
}
