using StreamKit.Serialization;

namespace StreamKit.State;

/// <summary>
/// What one operator of one subtask takes up: the parts that its lanes saved, as far as they concern it.
/// </summary>
internal sealed class OperatorState(string name, IReadOnlyList<StatePart> parts)
{
    /// <summary>The operator's name.</summary>
    public string Name { get; } = name;

    /// <summary>
    /// One part for each subtask that saved, in the order of lanes: its own part whole, and those of its key groups
    /// that belong to the subtask that takes up.
    /// </summary>
    public IReadOnlyList<StatePart> Parts { get; } = parts;

    /// <summary>Reads one entry of a key group.</summary>
    public delegate void ReadEntry(ref StateReader reader, int group);

    /// <summary>Reads all entries of all key groups, lane by lane.</summary>
    public void ReadGroups(ReadEntry read)
    {
        foreach (StatePart part in Parts)
        {
            foreach ((int group, ReadOnlyMemory<byte> content) in part.Groups)
            {
                StateReader reader = part.Read(content);
                while (!reader.IsAtEnd)
                {
                    read(ref reader, group);
                }
            }
        }
    }
}
