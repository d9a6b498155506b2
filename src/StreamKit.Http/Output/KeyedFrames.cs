using System.Buffers;

namespace StreamKit.Http.Output;

/// <summary>Makes frames of records that replace each other, and keeps the newest of each key.</summary>
internal sealed class KeyedFrames<T, TKey>(
    RecordSerializer<T> serializer, Func<T, TKey> key, int maxRecords, int maxKeys) : FrameSource<T>
    where TKey : notnull
{
    private readonly OrderedDictionary<TKey, T> _waiting = [];
    private readonly Dictionary<TKey, LinkedListNode<(TKey Key, byte[] Json)>> _latest = [];

    // The key that has said nothing for longest is the first.
    private readonly LinkedList<(TKey Key, byte[] Json)> _order = new();

    public override bool HasKeys => true;

    public override int Count => _waiting.Count;

    // Frames are cut when they are taken, so that the key that waits longest goes first.
    public override bool IsFull => _waiting.Count >= maxKeys;

    public override int Add(T record)
    {
        _waiting[key(record)] = record;
        return 0;
    }

    public override byte[]? TakeFrame()
    {
        int count = Math.Min(_waiting.Count, maxRecords);
        if (count == 0)
        {
            return null;
        }

        serializer.Begin();
        for (int i = 0; i < count; i++)
        {
            (TKey changed, T record) = _waiting.GetAt(i);
            Keep(changed, serializer.Add(record).ToArray());
        }

        if (count == _waiting.Count)
        {
            _waiting.Clear();
        }
        else
        {
            RemoveFirst(count);
        }

        return serializer.End();
    }

    public override byte[]? TakeSnapshot()
    {
        if (_order.Count == 0)
        {
            return null;
        }

        var snapshot = new ArrayBufferWriter<byte>();
        foreach ((TKey _, byte[] json) in _order)
        {
            snapshot.Write(snapshot.WrittenCount == 0 ? "["u8 : ","u8);
            snapshot.Write(json);
        }

        snapshot.Write("]"u8);
        return snapshot.WrittenSpan.ToArray();
    }

    private void Keep(TKey changed, byte[] json)
    {
        if (_latest.TryGetValue(changed, out LinkedListNode<(TKey Key, byte[] Json)>? node))
        {
            _order.Remove(node);
            node.Value = (changed, json);
        }
        else
        {
            if (_latest.Count == maxKeys)
            {
                _latest.Remove(_order.First!.Value.Key); // There is at least one key.
                _order.RemoveFirst();
            }

            node = new LinkedListNode<(TKey Key, byte[] Json)>((changed, json));
            _latest.Add(changed, node);
        }

        _order.AddLast(node);
    }

    // Removing one by one from the front would move all others each time.
    private void RemoveFirst(int count)
    {
        KeyValuePair<TKey, T>[] rest = [.. _waiting.Skip(count)];
        _waiting.Clear();
        foreach ((TKey waiting, T record) in rest)
        {
            _waiting.Add(waiting, record);
        }
    }
}
