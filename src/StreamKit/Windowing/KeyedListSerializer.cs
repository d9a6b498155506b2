using StreamKit.Serialization;

namespace StreamKit.Windowing;

/// <summary>Batches of one key.</summary>
internal sealed class KeyedListSerializer<TKey, T> : StateSerializer<KeyedList<TKey, T>?>
{
    public override string Schema => "keyed-list";

    public override void Write(ref StateWriter writer, in KeyedList<TKey, T>? value)
    {
        if (value is null)
        {
            writer.WriteNull();
            return;
        }

        T[] records = [.. value];
        writer.Value(value.Key);
        writer.Value(in records);
    }

    public override KeyedList<TKey, T>? Read(ref StateReader reader) => reader.TryReadNull()
        ? null
        : new(reader.Value<TKey>(), reader.Value<T[]?>() ?? []);
}
