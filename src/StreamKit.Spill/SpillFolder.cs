using System.Globalization;
using StreamKit.State;

namespace StreamKit.Spill;

/// <summary>The folder of one run of a job.</summary>
/// <remarks>
/// A file that is held open for as long as the folder is in use tells it from one that a dead process left behind: the
/// system lets go of it, however the process ends.
/// </remarks>
internal sealed class SpillFolder : IStateSpillArea
{
    private const string InUse = "in-use";

    private readonly string _path;
    private readonly FileStream _inUse;
    private long _files;

    public SpillFolder(string path)
    {
        _path = path;
        Directory.CreateDirectory(path);
        _inUse = new FileStream(Path.Combine(path, InUse), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
    }

    /// <summary>Removes a folder that nobody uses.</summary>
    public static void RemoveIfLeft(string path)
    {
        try
        {
            // One that has no such file yet is being made: it is looked for and not made here.
            using (new FileStream(Path.Combine(path, InUse), FileMode.Open, FileAccess.ReadWrite, FileShare.None))
            {
                Array.ForEach(Directory.GetFiles(path, "*" + SpillFile.Extension), File.Delete);
            }

            Directory.Delete(path, recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // In use.
        }
    }

    public IStateRunWriter Begin()
    {
        string name = Interlocked.Increment(ref _files).ToString(CultureInfo.InvariantCulture) + SpillFile.Extension;
        return new SpillFileWriter(Path.Combine(_path, name));
    }

    public void Dispose()
    {
        _inUse.Dispose();
        RemoveIfLeft(_path);
    }
}
