using StreamKit.Serialization;

namespace StreamKit.State;

/// <summary>A table that was spilled: a section for each key group.</summary>
/// <param name="run">Where it lies.</param>
/// <param name="schemas">How its values are written.</param>
/// <param name="entries">How many entries it has.</param>
/// <param name="level">How often its entries have been put together with those of other runs.</param>
internal sealed class SpilledRun(IStateRun run, StateSchemas schemas, long entries, int level) : IDisposable
{
    /// <summary>How many bytes it takes where it lies.</summary>
    public long Bytes => run.Bytes;

    /// <summary>How many entries it has.</summary>
    public long Entries => entries;

    /// <summary>How often its entries have been put together with those of other runs.</summary>
    public int Level => level;

    /// <summary>Reads the section of a key group.</summary>
    /// <param name="group">The key group.</param>
    /// <param name="buffer">Grows until the section fits; the reader reads from there.</param>
    public StateReader Read(int group, scoped ref byte[] buffer)
    {
        int length = run.LengthOf(group);
        if (buffer.Length < length)
        {
            buffer = GC.AllocateUninitializedArray<byte>(length + (length / 4));
        }

        run.Read(group, buffer.AsSpan(0, length));
        return new StateReader(buffer.AsMemory(0, length), schemas);
    }

    public void Dispose() => run.Dispose();
}
