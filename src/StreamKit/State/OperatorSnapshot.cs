using System.Buffers;
using StreamKit.Serialization;

namespace StreamKit.State;

/// <summary>
/// What one operator of one subtask remembers at a barrier: a part of its own, and a part for each key group.
/// </summary>
/// <remarks>
/// What lies in key groups can be taken up by any number of lanes. The part of its own belongs to the operator as a
/// whole, such as a watermark; whoever takes it up sees the parts of all lanes.
/// </remarks>
internal sealed class OperatorSnapshot(string name, string kind, int version, StateTypes types)
{
    private readonly ArrayBufferWriter<byte> _own = new();
    private readonly ArrayBufferWriter<byte>?[] _groups = new ArrayBufferWriter<byte>?[KeyGroups.Count];
    private readonly List<Action<OperatorSnapshot>> _later = [];

    /// <summary>The operator's name, by which it is found again.</summary>
    public string Name { get; } = name;

    /// <summary>What kind of operator it is, for people.</summary>
    public string Kind { get; } = kind;

    /// <summary>The version of the form that the state is written in.</summary>
    public int Version { get; } = version;

    /// <summary>The forms of the values in the state.</summary>
    public StateSchemas Schemas { get; } = new(types);

    /// <summary>The part that belongs to no key.</summary>
    public ReadOnlyMemory<byte> OwnBytes => _own.WrittenMemory;

    /// <summary>Writes to the part that belongs to no key; flush it when done.</summary>
    public StateWriter Own() => new(_own, Schemas);

    /// <summary>
    /// Writes to the part of the group that a key with this hash belongs to; flush it before the next.
    /// </summary>
    public StateWriter Group(ulong hash) => GroupOf(KeyGroups.GroupOf(hash));

    /// <summary>Writes to the part of a key group; flush it before the next.</summary>
    public StateWriter GroupOf(int group) => new(_groups[group] ??= new ArrayBufferWriter<byte>(), Schemas);

    /// <summary>The part of a key group; empty where nothing was written.</summary>
    public ReadOnlyMemory<byte> BytesOf(int group) => _groups[group]?.WrittenMemory ?? default;

    /// <summary>
    /// Has something written after the subtask has gone on, by another thread: it may use only what nobody changes.
    /// </summary>
    public void Later(Action<OperatorSnapshot> write) => _later.Add(write);

    /// <summary>Writes what was put off; called once.</summary>
    public void Complete()
    {
        foreach (Action<OperatorSnapshot> write in _later)
        {
            write(this);
        }

        _later.Clear();
    }
}
