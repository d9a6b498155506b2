namespace StreamKit.Files.Reading;

/// <summary>Names a file, or all files of a folder whose names match a pattern with * and ?.</summary>
internal sealed class PathPattern
{
    private readonly string _folder;
    private readonly string _name;

    public PathPattern(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        FullPath = Path.GetFullPath(path);
        _name = Path.GetFileName(FullPath);
        _folder = Path.GetDirectoryName(FullPath) ?? "";
        if (_name.Length == 0 || _folder.Length == 0)
        {
            throw new ArgumentException(
                $"'{path}' names a folder; name a file in it, or all of them with '*'.", nameof(path));
        }

        if (HasWildcard(_folder))
        {
            throw new ArgumentException(
                $"'{path}' has a wildcard in the name of a folder; only the last part of the path may have one.",
                nameof(path));
        }
    }

    public string FullPath { get; }

    /// <summary>Whether it is a pattern, unless a file of exactly this name exists.</summary>
    public bool IsPattern => HasWildcard(_name) && !File.Exists(FullPath);

    /// <summary>The files that match now, in the ordinal order of their paths.</summary>
    /// <exception cref="UnauthorizedAccessException">The folder may not be read.</exception>
    public string[] Matches()
    {
        if (!Directory.Exists(_folder))
        {
            return [];
        }

        var options = new EnumerationOptions
        {
            MatchType = MatchType.Simple,
            MatchCasing = MatchCasing.PlatformDefault,
            IgnoreInaccessible = false,
            AttributesToSkip = 0,
        };
        string[] files = Directory.GetFiles(_folder, _name, options);
        Array.Sort(files, StringComparer.Ordinal);
        return files;
    }

    private static bool HasWildcard(string name) => name.AsSpan().ContainsAny('*', '?');
}
