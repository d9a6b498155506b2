using System.Globalization;

namespace StreamKit.Files.Writing;

/// <summary>
/// The names of the files that a sink writes: {0} is their number, from 0, and {1} when their span begins, in UTC.
/// </summary>
internal sealed class FileNames
{
    private readonly string _pattern;

    public FileNames(string path, FileSinkOptions options)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        _pattern = path;
        IsPattern = path.Contains("{0", StringComparison.Ordinal) || path.Contains("{1", StringComparison.Ordinal);
        IsGzip = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);
        string name = Path.GetFileName(path);
        if (name.Length == 0)
        {
            throw new ArgumentException($"'{path}' names a folder; name a file in it.", nameof(path));
        }

        if (path.EndsWith(".br", StringComparison.OrdinalIgnoreCase))
        {
            throw new ArgumentException(
                "Brotli files are read but not written, since nothing can be appended to them: use .gz.",
                nameof(path));
        }

        IsNumbered = IsPattern && Of(0, default) != Of(1, default);
        Root = RootOf(path);
        Pattern = Path.GetRelativePath(Root, Path.GetFullPath(path));
        PendingFolder = Path.Combine(Root, $".{PlainOf(Pattern)}.pending");
        if ((options.Rolls || options.ExactlyOnce) && !IsNumbered)
        {
            throw new ArgumentException(
                $"'{path}' has no place for the number of the file; write it like 'counts-{{0:000}}.csv'.",
                nameof(path));
        }
    }

    public bool IsPattern { get; }

    /// <summary>Whether files differ by their number.</summary>
    public bool IsNumbered { get; }

    public bool IsGzip { get; }

    /// <summary>The folder that all files lie in, themselves or in folders of it.</summary>
    public string Root { get; }

    /// <summary>The pattern, from the root on.</summary>
    public string Pattern { get; }

    /// <summary>Where files lie that are not visible yet: on the same disk, found by no pattern of a source.</summary>
    public string PendingFolder { get; }

    public string Of(int number, DateTimeOffset begin)
    {
        try
        {
            string path = IsPattern ? string.Format(CultureInfo.InvariantCulture, _pattern, number, begin) : _pattern;
            return Path.GetFullPath(path);
        }
        catch (FormatException e)
        {
            throw new ArgumentException(
                $"'{_pattern}' is no pattern of file names; write it like 'counts-{{1:yyyyMMdd}}-{{0:000}}.csv'.", e);
        }
    }

    // What stands before the first place for a number, an instant or an escaped brace names the same folder each time.
    private static string RootOf(string path)
    {
        int place = path.IndexOf('{', StringComparison.Ordinal);
        string fixedPart = place < 0 ? path : path[..place];
        string? folder = Path.GetDirectoryName(Path.GetFullPath(fixedPart + "_"));
        return folder ?? Path.GetFullPath(".");
    }

    private static string PlainOf(string name) =>
        string.Concat(name.Select(static sign => char.IsLetterOrDigit(sign) || sign is '-' or '.' ? sign : '_'));
}
