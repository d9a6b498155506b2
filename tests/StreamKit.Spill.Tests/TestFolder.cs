namespace StreamKit.Spill.Tests;

/// <summary>A folder of its own for one test.</summary>
public sealed class TestFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("streamkit-spill-");

    public string Path => _folder.FullName;

    /// <summary>Everything in it, files and folders.</summary>
    public string[] Content => Directory.GetFileSystemEntries(Path, "*", SearchOption.AllDirectories);

    public void Dispose() => _folder.Delete(recursive: true);
}
