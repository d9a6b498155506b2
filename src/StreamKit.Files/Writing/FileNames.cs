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
        if (options.Rolls && !IsNumbered)
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
}
