using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using StreamKit.State;

namespace StreamKit.Tests.State;

/// <summary>The table against a dictionary, step by step, with hashes that collide on purpose.</summary>
[Properties(Arbitrary = [typeof(KeyTableProperties)], MaxTest = 300)]
public class KeyTableProperties
{
    /// <summary>What is done to the table.</summary>
    public enum TableStep
    {
        Add,
        Remove,
        Clear,
        Find,
    }

    /// <summary>Steps over few keys, so that they meet; a clear is rare, so that the table grows.</summary>
    public static Arbitrary<(TableStep Step, int Key)[]> Steps()
    {
        Gen<TableStep> step = Gen.Frequency(
            (60, Gen.Constant(TableStep.Add)), (25, Gen.Constant(TableStep.Remove)), (
                14, Gen.Constant(TableStep.Find)), (1, Gen.Constant(TableStep.Clear)));
        return Arb.From(step.Zip(Gen.Choose(0, 80)).ArrayOf(), Shrink);
    }

    [Property]
    public void TheTableIsADictionaryWithGoodHashes((TableStep Step, int Key)[] steps) =>
        AssertModel(steps, static key => (ulong)key * 0x9E37_79B9_7F4A_7C15, static key => key);

    [Property]
    public void TheTableIsADictionaryWithOneHashForAllKeys((TableStep Step, int Key)[] steps) =>
        AssertModel(steps, static _ => 7, static key => key);

    [Property]
    public void TheTableIsADictionaryWithRunsThatWrapAroundItsEnd((TableStep Step, int Key)[] steps) =>
        AssertModel(steps, static key => uint.MaxValue - (ulong)(key % 3), static key => $"key-{key}");

    [Property]
    public void TheTableIsADictionaryWithRunsThatOverlap((TableStep Step, int Key)[] steps) =>
        AssertModel(steps, static key => (ulong)(key / 4), static key => $"key-{key}");

    [Fact]
    public void ThousandsOfKeysStayInTheOrderInWhichTheyCame()
    {
        var table = new KeyTable<int, int>();
        for (int round = 0; round < 3; round++)
        {
            for (int key = 0; key < 5_000; key++)
            {
                int index = table.FindOrAdd(key, (ulong)key * 0x9E37_79B9_7F4A_7C15, out bool added);
                Assert.True(added);
                Assert.Equal(key, index);
            }

            Assert.Equal(Enumerable.Range(0, 5_000), table.Entries.ToArray().Select(static entry => entry.Key));
            table.Clear();
            Assert.Equal(0, table.Count);
            Assert.Equal(-1, table.Find(1, unchecked((uint)0x9E37_79B9_7F4A_7C15)));
        }
    }

    [Fact]
    public void AClearedTableHoldsNothingAlive()
    {
        var table = new KeyTable<object, object>();
        WeakReference[] held = Fill(table);

        table.Clear();
        GC.Collect();

        Assert.All(held, static reference => Assert.False(reference.IsAlive));
        GC.KeepAlive(table);
    }

    [Fact]
    public void ARemovedEntryIsHeldByNothing()
    {
        var table = new KeyTable<object, object>();
        WeakReference[] held = Fill(table);
        while (table.Count > 0)
        {
            table.RemoveAt(0);
        }

        GC.Collect();

        Assert.All(held, static reference => Assert.False(reference.IsAlive));
        GC.KeepAlive(table);
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static WeakReference[] Fill(KeyTable<object, object> table)
    {
        List<WeakReference> held = [];
        for (int i = 0; i < 20; i++)
        {
            object key = new(), value = new();
            table.At(table.FindOrAdd(key, (ulong)i, out _)).Value = value;
            held.Add(new WeakReference(key));
            held.Add(new WeakReference(value));
        }

        return [.. held];
    }

    private static void AssertModel<TKey>(
        (TableStep Step, int Key)[] steps, Func<int, ulong> hashOf, Func<int, TKey> keyOf)
        where TKey : notnull
    {
        var table = new KeyTable<TKey, int>();
        Dictionary<TKey, int> model = [];
        for (int i = 0; i < steps.Length; i++)
        {
            TKey key = keyOf(steps[i].Key);
            ulong hash = hashOf(steps[i].Key);
            switch (steps[i].Step)
            {
                case TableStep.Add:
                    int at = table.FindOrAdd(key, hash, out bool added);
                    Assert.Equal(!model.ContainsKey(key), added);
                    table.At(at).Value = i;
                    model[key] = i;
                    break;
                case TableStep.Remove when table.Find(key, (uint)hash) is >= 0 and var index:
                    table.RemoveAt(index);
                    Assert.True(model.Remove(key));
                    break;
                case TableStep.Clear:
                    table.Clear();
                    model.Clear();
                    break;
                default:
                    Assert.Equal(model.ContainsKey(key), table.Find(key, (uint)hash) >= 0);
                    break;
            }

            Assert.Equal(model.Count, table.Count);
        }

        Assert.Equal(
            model.OrderBy(static pair => pair.Value).Select(static pair => (pair.Key, pair.Value)),
            table.Entries.ToArray().OrderBy(static entry => entry.Value)
                .Select(static entry => (entry.Key, entry.Value)));
        for (int key = 0; key <= 80; key++)
        {
            int index = table.Find(keyOf(key), (uint)hashOf(key));
            Assert.Equal(
                model.TryGetValue(keyOf(key), out int value) ? value : -1, index < 0 ? -1 : table.At(index).Value);
        }
    }

    private static IEnumerable<(TableStep Step, int Key)[]> Shrink((TableStep Step, int Key)[] steps)
    {
        for (int length = steps.Length / 2; length > 0; length /= 2)
        {
            for (int at = 0; at + length <= steps.Length; at += length)
            {
                yield return [.. steps[..at], .. steps[(at + length)..]];
            }
        }
    }
}
