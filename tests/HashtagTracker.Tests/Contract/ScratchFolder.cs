namespace HashtagTracker.Tests.Contract;

/// <summary>An empty folder for the files of one test, removed after it.</summary>
internal sealed class ScratchFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("hashtag-tracker-");

    /// <summary>The path of a file in it.</summary>
    public string File(string name) => Path.Combine(_folder.FullName, name);

    /// <summary>Writes a file and gives its path.</summary>
    public async Task<string> WriteAsync(string name, IEnumerable<string> lines)
    {
        string path = File(name);
        await System.IO.File.WriteAllTextAsync(path, string.Concat(lines.Select(line => line + "\n")));
        return path;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
