namespace StreamKit.State;

/// <summary>State that was spilled in one go and never changes: sections, each of which is read by itself.</summary>
/// <remarks>Disposed, it gives back its room.</remarks>
public interface IStateRun : IDisposable
{
    /// <summary>How many bytes it takes where it lies.</summary>
    long Bytes { get; }

    /// <summary>How many bytes a section has.</summary>
    /// <param name="section">Which one, from 0, in the order in which they were written.</param>
    int LengthOf(int section);

    /// <summary>Reads a section.</summary>
    /// <param name="section">Which one, from 0, in the order in which they were written.</param>
    /// <param name="into">Where it goes; as long as the section.</param>
    /// <exception cref="Serialization.StateException">It cannot be read, or is not what was written.</exception>
    void Read(int section, Span<byte> into);
}
