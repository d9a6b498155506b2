using System.IO.Hashing;
using Microsoft.Win32.SafeHandles;
using StreamKit.Serialization;
using StreamKit.State;

namespace StreamKit.Spill;

/// <summary>A run in a file of its own: its sections one after the other, and nothing else.</summary>
/// <remarks>
/// Where each section lies, and its checksum, is kept in memory: nobody but this process reads the file. It is opened
/// for each read, so that thousands of runs need no more handles than there are lanes.
/// </remarks>
/// <param name="path">The file.</param>
/// <param name="sections">Where each section ends, and its checksum.</param>
internal sealed class SpillFile(string path, IReadOnlyList<(long End, ulong Checksum)> sections) : IStateRun
{
    public const string Extension = ".run";

    public long Bytes => sections.Count == 0 ? 0 : sections[^1].End;

    public int LengthOf(int section) => checked((int)(sections[section].End - StartOf(section)));

    public void Read(int section, Span<byte> into)
    {
        if (into.Length != LengthOf(section))
        {
            throw new ArgumentException("There is not as much room as the section takes.", nameof(into));
        }

        if (into.IsEmpty)
        {
            return;
        }

        int read = 0;
        try
        {
            using SafeFileHandle file = File.OpenHandle(path);
            int more;
            do
            {
                more = RandomAccess.Read(file, into[read..], StartOf(section) + read);
                read += more;
            }
            while (more > 0 && read < into.Length);
        }
        catch (Exception exception) when (Failures.IsOfFiles(exception))
        {
            throw Failures.Of($"read '{path}'", exception);
        }

        if (read < into.Length || XxHash3.HashToUInt64(into) != sections[section].Checksum)
        {
            throw new StateException($"Spilled state in '{path}' is not what was written: look at the disk.");
        }
    }

    public void Dispose() => Remove(path);

    /// <summary>Removes a file; where that fails it goes with its folder.</summary>
    public static void Remove(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception exception) when (Failures.IsOfFiles(exception))
        {
            // It is tried again with the whole folder.
        }
    }

    private long StartOf(int section) => section == 0 ? 0 : sections[section - 1].End;
}
