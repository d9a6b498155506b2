using StreamKit.Serialization;

namespace StreamKit.State;

/// <summary>What one subtask saved of one operator.</summary>
internal sealed class StatePart(int version, StateSchemas schemas, ReadOnlyMemory<byte> own)
{
    /// <summary>The version of the form that it is written in.</summary>
    public int Version { get; } = version;

    /// <summary>The key groups to be taken up, with what was saved of each.</summary>
    public required IReadOnlyList<(int Group, ReadOnlyMemory<byte> Content)> Groups { get; init; }

    /// <summary>Whether a part of its own was written.</summary>
    public bool HasOwn => own.Length > 0;

    /// <summary>Reads the part that belongs to no key.</summary>
    public StateReader Own() => new(own, schemas);

    /// <summary>Reads what was saved of a key group.</summary>
    public StateReader Read(ReadOnlyMemory<byte> content) => new(content, schemas);
}
