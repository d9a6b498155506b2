namespace StreamKit.Serialization;

/// <summary>Dictionaries that compare keys as their type does.</summary>
internal sealed class DictionarySerializer<TKey, TValue> : StateSerializer<Dictionary<TKey, TValue>?>
    where TKey : notnull
{
    public override string Schema => "dictionary";

    public override void Write(ref StateWriter writer, in Dictionary<TKey, TValue>? value)
    {
        if (value is null)
        {
            writer.WriteNull();
            return;
        }

        Check(value);
        writer.Write(value.Count);
        if (value.Count == 0)
        {
            return;
        }

        StateSerializer<TKey> keys = writer.Schema<TKey>();
        StateSerializer<TValue> values = writer.Schema<TValue>();
        foreach ((TKey key, TValue of) in value)
        {
            writer.Payload(keys, in key);
            writer.Payload(values, in of);
        }
    }

    public override Dictionary<TKey, TValue>? Read(ref StateReader reader)
    {
        if (reader.TryReadNull())
        {
            return null;
        }

        int count = reader.ReadCount();
        Dictionary<TKey, TValue> read = [];
        if (count == 0)
        {
            return read;
        }

        StateSerializer<TKey> keys = reader.Schema<TKey>();
        StateSerializer<TValue> values = reader.Schema<TValue>();
        for (int i = 0; i < count; i++)
        {
            TKey key = reader.Payload(keys);
            TValue of = reader.Payload(values);
            if (key is null || !read.TryAdd(key, of))
            {
                throw StateException.Damaged("a dictionary has a key twice, or none");
            }
        }

        return read;
    }

    // One that compares otherwise would be read back as one that does not, and find other things.
    private static void Check(Dictionary<TKey, TValue> value)
    {
        if (!ReferenceEquals(value.Comparer, EqualityComparer<TKey>.Default)
            && !ReferenceEquals(value.Comparer, StringComparer.Ordinal))
        {
            throw new StateException(
                $"A {TypeNames.Of(typeof(Dictionary<TKey, TValue>))} with a comparer of its own cannot be kept in "
                + "state: register a serializer that makes it with its comparer, with StateTypes.Use.");
        }
    }
}
