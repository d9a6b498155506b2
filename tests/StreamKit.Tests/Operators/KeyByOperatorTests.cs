using StreamKit.Operators;
using StreamKit.Records;

namespace StreamKit.Tests.Operators;

/// <summary>With one lane, the side that has time hashes the keys; each once, and with the same result.</summary>
public class KeyByOperatorTests
{
    private static readonly int[] s_values = [3, 1, 4, 1, 5, 9, 2, 6];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void TheSideThatHasTimeHashes(bool isBusy)
    {
        var bench = new Bench(batchSize: s_values.Length);
        var lane = new HashesSeen(isBusy);
        var hashed = new List<int>();

        bench.Push(new KeyByOperator<Key, int>(n => new Key(n, hashed), [lane], bench.Context()), s_values);

        Assert.Equal(isBusy ? s_values.Length : 0, lane.HashedBefore);
        Assert.Equal(s_values, hashed);
    }

    [Fact]
    public void WhoHashesDoesNotMatter()
    {
        ulong[][] seen = [.. new[] { true, false }.Select(isBusy =>
        {
            var bench = new Bench(batchSize: s_values.Length);
            var lane = new HashesSeen(isBusy);
            bench.Push(new KeyByOperator<Key, int>(n => new Key(n, []), [lane], bench.Context()), s_values);
            return lane.Hashes;
        })];

        Assert.Equal(s_values.Length, seen[0].Length);
        Assert.Equal(seen[0], seen[1]);
    }

    private sealed class Key(int number, List<int> hashed) : IEquatable<Key>
    {
        public int TimesHashed { get; private set; }

        public bool Equals(Key? other) => number == other?.Number;

        public override bool Equals(object? obj) => Equals(obj as Key);

        public override int GetHashCode()
        {
            TimesHashed++;
            hashed.Add(number);
            return number;
        }

        private int Number => number;
    }

    private sealed class HashesSeen(bool isBusy) : Receiver<KeyedBatch<Key, int>>
    {
        public override bool IsBusy => isBusy;

        public int HashedBefore { get; private set; }

        public ulong[] Hashes { get; private set; } = [];

        public override bool OnBatch(KeyedBatch<Key, int> batch)
        {
            HashedBefore = batch.Keys.Take(batch.Count).Sum(static key => key.TimesHashed);
            Hashes = [.. batch.Hashes.Take(batch.Count)];
            batch.Return();
            return true;
        }

        public override bool OnSignal(Signal signal) => true;

        public override bool Resume() => true;
    }
}
