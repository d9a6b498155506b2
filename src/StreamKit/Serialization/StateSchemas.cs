using System.Runtime.CompilerServices;

namespace StreamKit.Serialization;

/// <summary>What is written in one blob: the schemas by index, with the serializer for each type.</summary>
/// <remarks>
/// A table that writes grows with what is written, so it is put before the blob after the blob is complete. A table
/// that was read knows what the blob holds, and finds for each type the reader of a schema. Of one thread.
/// </remarks>
internal sealed class StateSchemas(StateTypes types)
{
    private const int MaxSchemas = 1 << 16;

    private readonly List<(string Schema, int Version)> _entries = [];

    // By the slot of a type; each is null or what one of the two methods below put there.
    private Entry[] _byType = [];

    public StateTypes Types => types;

    public int Count => _entries.Count;

    public (string Schema, int Version) this[int index] => _entries[index];

    /// <summary>Reads a table that <see cref="WriteTo"/> wrote.</summary>
    /// <exception cref="StateException">The bytes are not a table.</exception>
    public static StateSchemas Read(StateTypes types, ref StateReader reader)
    {
        var table = new StateSchemas(types);
        int count = reader.ReadCount();
        if (count > MaxSchemas)
        {
            throw StateException.Damaged("a blob holds more schemas than there can be");
        }

        for (int i = 0; i < count; i++)
        {
            string schema = reader.ReadString() ?? throw StateException.Damaged("a schema has no name");
            table._entries.Add((schema, reader.ReadInt32()));
        }

        return table;
    }

    public void WriteTo(ref StateWriter writer)
    {
        writer.Write(_entries.Count);
        foreach ((string schema, int version) in _entries)
        {
            writer.Write(schema);
            writer.Write(version);
        }
    }

    /// <summary>The serializer of a type, with the index under which the table names its schema.</summary>
    /// <exception cref="StateException">The type has no serializer.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public StateSerializer<T> ToWrite<T>(out int index)
    {
        int slot = StateSlot.Of<T>.Id;
        Entry[] byType = _byType;
        if ((uint)slot < (uint)byType.Length && byType[slot].Serializer is { } found)
        {
            index = byType[slot].Index;
            return Unsafe.As<StateSerializer<T>>(found); // The slot is the type's.
        }

        return Enter<T>(out index);
    }

    /// <summary>What reads the values of a type that were written under an index.</summary>
    /// <exception cref="StateException">There is no such index, or nothing reads the schema as the type.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public StateSerializer<T> ToRead<T>(int index)
    {
        int slot = StateSlot.Of<T>.Id;
        Entry[] byType = _byType;
        if ((uint)slot < (uint)byType.Length
            && byType[slot].Index == index
            && byType[slot].Serializer is { } found)
        {
            return Unsafe.As<StateSerializer<T>>(found); // The slot is the type's.
        }

        return Resolve<T>(index);
    }

    private StateSerializer<T> Enter<T>(out int index)
    {
        StateSerializer<T> serializer = types.Find<T>() ?? throw types.Missing(typeof(T));
        index = _entries.Count;
        _entries.Add((serializer.Schema, serializer.Version));
        SlotOf<T>() = new Entry { Serializer = serializer, Index = index };
        return serializer;
    }

    private StateSerializer<T> Resolve<T>(int index)
    {
        if ((uint)index >= (uint)_entries.Count)
        {
            throw StateException.Damaged("a value names a schema that its blob does not list");
        }

        (string schema, int version) = _entries[index];
        StateSerializer<T> reader = types.ReaderOf<T>(schema, version);
        SlotOf<T>() = new Entry { Serializer = reader, Index = index };
        return reader;
    }

    private ref Entry SlotOf<T>()
    {
        int slot = StateSlot.Of<T>.Id;
        if (slot >= _byType.Length)
        {
            Array.Resize(ref _byType, Math.Max(slot + 1, _byType.Length * 2));
        }

        return ref _byType[slot];
    }

    private struct Entry
    {
        public object? Serializer;
        public int Index;
    }
}
