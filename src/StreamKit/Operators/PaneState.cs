using StreamKit.Serialization;

namespace StreamKit.Operators;

/// <summary>What was emitted so far for one key and window.</summary>
internal struct PaneState<TOut>
{
    /// <summary>How many results were emitted.</summary>
    public int Emitted;

    /// <summary>The state of the window's content at the last result; see the operator's version counter.</summary>
    public long Version;

    /// <summary>Whether <see cref="Last"/> stands, so that it must be taken back before the next result.</summary>
    public bool HasLast;

    /// <summary>The exact last result; kept in retracting mode only.</summary>
    public TOut Last;

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <param name="reader">Where it stands.</param>
    /// <param name="results">What reads results; null where none is kept.</param>
    public static PaneState<TOut> Read(ref StateReader reader, StateSerializer<TOut>? results)
    {
        var state = new PaneState<TOut> { Emitted = reader.ReadInt32(), Version = reader.ReadInt64() };
        if (results is not null && reader.ReadBoolean())
        {
            (state.HasLast, state.Last) = (true, reader.Payload(results));
        }

        return state;
    }

    /// <summary>Writes it into a snapshot.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="results">What writes results; null where none is kept.</param>
    public readonly void Write(ref StateWriter writer, StateSerializer<TOut>? results)
    {
        writer.Write(Emitted);
        writer.Write(Version);
        if (results is not null)
        {
            writer.Write(HasLast);
            if (HasLast)
            {
                writer.Payload(results, in Last);
            }
        }
    }
}
