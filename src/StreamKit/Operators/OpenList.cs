using System.Runtime.InteropServices;
using StreamKit.Serialization;
using StreamKit.State;

namespace StreamKit.Operators;

/// <summary>A list that is being filled.</summary>
internal sealed class OpenList<TKey, T>(TKey key, ulong hash, long number, long due)
{
    public TKey Key { get; } = key;

    public ulong Hash { get; } = hash;

    /// <summary>How many lists were begun before it.</summary>
    public long Number { get; set; } = number;

    /// <summary>The instant of processing time at which it goes out, full or not.</summary>
    public long Due { get; set; } = due;

    public List<T> Records { get; private init; } = [];

    public Extent Extent { get; set; } = Extent.None;

    public static OpenList<TKey, T> Read(ref StateReader reader, SavedKeys<TKey> keys, int group)
    {
        TKey key = keys.Read(ref reader, reader.Schema<TKey>(), group, out ulong hash);
        var list = new OpenList<TKey, T>(key, hash, reader.ReadInt64(), reader.ReadInt64())
        {
            Extent = new Extent(reader.ReadInt64(), reader.ReadInt64()),
            Records = [.. ListForm.Read<T>(ref reader)],
        };
        return list.Records.Count > 0 ? list : throw StateException.Damaged("a list that is being filled is empty");
    }

    public void Write(ref StateWriter writer)
    {
        writer.Value(Key);
        writer.Write(Number);
        writer.Write(Due);
        writer.Write(Extent.First);
        writer.Write(Extent.Last);
        ListForm.Write<T>(ref writer, CollectionsMarshal.AsSpan(Records));
    }
}
