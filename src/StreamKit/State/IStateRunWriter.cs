namespace StreamKit.State;

/// <summary>
/// Writes a run from its first section to its last; disposed before it is complete, it leaves nothing.
/// </summary>
public interface IStateRunWriter : IDisposable
{
    /// <summary>Writes the next section.</summary>
    /// <param name="section">All of it; it may be empty, and is not used after the call.</param>
    /// <exception cref="Serialization.StateException">It cannot be written; the message says why.</exception>
    void Write(ReadOnlySpan<byte> section);

    /// <summary>Ends the run after its last section.</summary>
    /// <returns>What was written, to be read.</returns>
    /// <exception cref="Serialization.StateException">It cannot be written; the message says why.</exception>
    IStateRun Complete();
}
