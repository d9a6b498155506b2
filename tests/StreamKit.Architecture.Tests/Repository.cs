using System.Diagnostics;

namespace StreamKit.Architecture.Tests;

/// <summary>The checkout that these tests were built from, found by walking up to <c>StreamKit.sln</c>.</summary>
internal static class Repository
{
    private static readonly Lazy<IReadOnlyList<string>> Tracked = new(ListTracked);

    public static string Root { get; } = FindRoot();

    /// <summary>
    /// The files that git tracks and that are still there, as paths from the root with forward slashes.
    /// </summary>
    public static IReadOnlyList<string> TrackedFiles => Tracked.Value;

    public static IEnumerable<SourceFile> Files(params string[] extensions) =>
        TrackedFiles.Where(path => extensions.Contains(Path.GetExtension(path))).Select(Read);

    public static SourceFile Read(string path) => new(path, File.ReadAllText(FullPath(path)));

    public static string FullPath(string path) => Path.Combine(Root, path);

    private static string FindRoot()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "StreamKit.sln")))
            {
                return at.FullName;
            }
        }

        throw new InvalidOperationException($"no StreamKit.sln in or above {AppContext.BaseDirectory}");
    }

    private static List<string> ListTracked()
    {
        // The checkout may belong to another user than the one who runs the tests, as it does in containers.
        var start = new ProcessStartInfo("git", ["-c", "safe.directory=*", "ls-files", "-z"])
        {
            WorkingDirectory = Root,
            RedirectStandardOutput = true,
        };
        using Process git = Process.Start(start) ?? throw new InvalidOperationException("git did not start");
        string[] paths = git.StandardOutput.ReadToEnd().Split('\0', StringSplitOptions.RemoveEmptyEntries);
        git.WaitForExit();
        if (git.ExitCode != 0 || paths.Length == 0)
        {
            throw new InvalidOperationException(
                $"git ls-files in {Root} ended with {git.ExitCode}, {paths.Length} files");
        }

        return [.. paths.Where(path => File.Exists(FullPath(path)))];
    }
}
