using System.Globalization;
using System.Text;
using StreamKit.Connectors;
using StreamKit.Time;
using StreamKit.Windowing;

namespace HashtagTracker;

/// <summary>Writes the final counts of each window as CSV: one row for each hashtag, windows in order.</summary>
/// <remarks>A window that accepts late tweets may say its ranking again, so its rows wait until it no longer
/// can.</remarks>
/// <param name="path">The file to write anew; <c>null</c>: the standard output.</param>
/// <param name="lateness">How long after its end a window may still change.</param>
internal sealed class CountsFile(string? path, TimeSpan lateness) : ISink<WindowRanking<string, long>>
{
    public SinkMode Mode => SinkMode.Upsert;

    public async ValueTask<ISinkWriter<WindowRanking<string, long>>> OpenAsync(
        SinkContext context,
        CancellationToken cancellationToken)
    {
        var csv = new StreamWriter(path is null ? Console.OpenStandardOutput() : Create(path), new UTF8Encoding(false));
        await csv.WriteAsync("window_start,hashtag,count\n".AsMemory(), cancellationToken);
        return new Writer(csv, lateness);
    }

    private static FileStream Create(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"'{path}' cannot be written: {exception.Message}", exception);
        }
    }

    private sealed class Writer(TextWriter csv, TimeSpan lateness) : ISinkWriter<WindowRanking<string, long>>
    {
        private readonly SortedDictionary<Window, WindowRanking<string, long>> _open = [];

        public ValueTask WriteAsync(SinkBatch<WindowRanking<string, long>> records, CancellationToken cancellationToken)
        {
            foreach (WindowRanking<string, long> ranking in records.Values.Span)
            {
                _open[ranking.Window] = ranking;
            }

            return ValueTask.CompletedTask;
        }

        public async ValueTask OnWatermarkAsync(Timestamp watermark, CancellationToken cancellationToken)
        {
            while (_open.Count > 0)
            {
                (Window window, WindowRanking<string, long> ranking) = _open.First();
                if (window.EndTime.Ticks + lateness.Ticks > watermark.Ticks)
                {
                    break;
                }

                _open.Remove(window);
                await csv.WriteAsync(Rows(ranking), cancellationToken);
            }
        }

        public async ValueTask FlushAsync(CancellationToken cancellationToken) =>
            await csv.FlushAsync(cancellationToken);

        public ValueTask DisposeAsync() => csv.DisposeAsync();

        private static StringBuilder Rows(WindowRanking<string, long> ranking)
        {
            string start = ranking.Window.Start.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
            var rows = new StringBuilder();
            foreach (WindowResult<string, long> result in ranking.Items)
            {
                rows.Append(CultureInfo.InvariantCulture, $"{start},{Quote(result.Key)},{result.Value}\n");
            }

            return rows;
        }

        // RFC 4180; a hashtag of Twitter's needs no quotes, but a file may hold anything.
        private static string Quote(string tag) => tag.AsSpan().IndexOfAny(",\"\r\n") < 0
            ? tag
            : $"\"{tag.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
