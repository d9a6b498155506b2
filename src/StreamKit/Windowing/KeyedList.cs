using System.Collections;
using StreamKit.Serialization;

namespace StreamKit.Windowing;

/// <summary>Records of one key, in the order in which they arrived.</summary>
/// <typeparam name="TKey">The type of the key.</typeparam>
/// <typeparam name="T">The type of the records.</typeparam>
[StateSerializer(typeof(KeyedListSerializer<,>))]
public sealed class KeyedList<TKey, T> : IReadOnlyList<T>, IHasParts
{
    private readonly IReadOnlyList<T> _records;

    /// <summary>Records of one key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="records">The records; the list is not copied.</param>
    public KeyedList(TKey key, IReadOnlyList<T> records)
    {
        ArgumentNullException.ThrowIfNull(records);
        (Key, _records) = (key, records);
    }

    /// <summary>The key.</summary>
    public TKey Key { get; }

    /// <summary>How many records there are.</summary>
    public int Count => _records.Count;

    IEnumerable<object?> IHasParts.Parts => [Key, _records];

    /// <summary>The record at a place, from 0.</summary>
    /// <param name="index">The place.</param>
    public T this[int index] => _records[index];

    /// <summary>The records in their order.</summary>
    public IEnumerator<T> GetEnumerator() => _records.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
