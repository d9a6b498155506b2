using StreamKit;
using StreamKit.Files;
using StreamKit.Windowing;

namespace HashtagTracker.Sinks;

/// <summary>Counts as CSV.</summary>
internal static class FileCounts
{
    /// <summary>Writes one file anew or, with checkpoints, a further one for each checkpoint: exactly once, whatever
    /// fails.</summary>
    public static void Add(DataStream<WindowResult<string, long>> counts, string path, bool hasCheckpoints)
    {
        if (Path.GetFileName(path).Length == 0 || Directory.Exists(path))
        {
            throw new TrackerException($"'{path}' cannot be written: it is a folder.");
        }

        FileSinkOptions options = hasCheckpoints
            ? new() { ExactlyOnce = true }
            : new() { IfExists = ExistingFile.Overwrite };
        CountRow.Ranked(counts)
            .To(FileSink.Csv<CountRow>(hasCheckpoints ? Numbered(path) : path, options: options), "counts-file");
    }

    /// <summary><c>counts.csv</c> as <c>counts-{0:00000}.csv</c>, unless it has a place for the number.</summary>
    public static string Numbered(string path)
    {
        if (path.Contains("{0", StringComparison.Ordinal))
        {
            return path;
        }

        string name = Path.GetFileName(path);
        int end = name.IndexOf('.', 1);
        return Path.Combine(
            Path.GetDirectoryName(path) ?? "", name.Insert(end < 0 ? name.Length : end, "-{0:00000}"));
    }
}
