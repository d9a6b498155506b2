using StreamKit.Aggregation;
using StreamKit.Serialization;

namespace StreamKit.Operators;

/// <summary>The form of the entries of one key group in a run that was spilled.</summary>
internal static class SpilledSection
{
    /// <summary>Writes some entries of a slice, in the order given.</summary>
    public static void Write<TKey, TAcc, TMonoid>(
        ref StateWriter writer, Slice<TKey, TAcc> slice, ReadOnlySpan<int> indexes, TMonoid monoid)
        where TMonoid : struct, IMonoid<TAcc>
    {
        writer.Write(indexes.Length);
        StateSerializer<TKey> keys = writer.Schema<TKey>();
        foreach (int index in indexes)
        {
            writer.Write(slice.RegisteredOf(index));
            writer.Payload(keys, in slice.Table.At(index).Key);
            monoid.Write(ref writer, in slice.Table.At(index).Value);
        }
    }
}
