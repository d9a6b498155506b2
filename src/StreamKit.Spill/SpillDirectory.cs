using StreamKit.State;

namespace StreamKit.Spill;

/// <summary>A directory that holds a folder for each run of a job that has spilled.</summary>
internal sealed class SpillDirectory(string path) : IStateSpill
{
    private const string Prefix = "spill-";

    public IStateSpillArea Open(string job) => Failures.Told($"use the directory '{path}'", () =>
    {
        Directory.CreateDirectory(path);
        RemoveLeftOvers();
        return new SpillFolder(Path.Combine(path, Prefix + Guid.NewGuid().ToString("N")));
    });

    // What cannot be removed now is in use, or is somebody else's: the next one tries again.
    private void RemoveLeftOvers()
    {
        foreach (string folder in Directory.EnumerateDirectories(path, Prefix + "*"))
        {
            SpillFolder.RemoveIfLeft(folder);
        }
    }
}
