using StreamKit.State;

namespace StreamKit.Spill;

/// <summary>Keeps the state that does not fit into memory in files.</summary>
public static class SpillFiles
{
    /// <summary>Files in a directory of this machine.</summary>
    /// <param name="directory">
    /// The directory, best on a local disk; made when it is needed. Several jobs and processes may share it, and
    /// nothing else should be in it.
    /// </param>
    /// <returns>What <see cref="StateLimits.Spill"/> takes.</returns>
    /// <remarks>
    /// Each run of a job has a folder there, which goes with it. A process that was killed leaves its folders behind;
    /// the next job that spills to the directory removes them. Files are written once from start to end, and each
    /// section has a checksum (XxHash3) that is looked at when it is read. A disk that is full, or a directory that may
    /// not be written, fails the job; it is started again as its restart strategy says.
    /// </remarks>
    /// <exception cref="ArgumentException">No directory is named.</exception>
    public static IStateSpill In(string directory)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(directory);
        return new SpillDirectory(Path.GetFullPath(directory));
    }
}
