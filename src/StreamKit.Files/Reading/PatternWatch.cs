using StreamKit.Connectors;

namespace StreamKit.Files.Reading;

/// <summary>Looks again and again for files that match a pattern, and makes splits of the new ones.</summary>
internal sealed class PatternWatch<T>(
    PathPattern pattern, IEnumerable<string> known, FileRecordSource<T> source, SourceContext<T> context)
{
    private readonly HashSet<string> _known = new(known, StringComparer.Ordinal);

    /// <summary>Runs until the job stops.</summary>
    public async Task RunAsync(TimeSpan interval, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                await Task.Delay(interval, context.Clock, cancellationToken).ConfigureAwait(false);
                foreach (string path in pattern.Matches())
                {
                    if (_known.Add(path))
                    {
                        context.AddSplit(source.ReaderOf(path, [path], context));
                    }
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The job stops, and with it the search for its input.
        }
        catch (Exception e)
        {
            // Nobody awaits the watch, so its failure reaches the job as that of one more split.
            context.AddSplit(new FailedReader<T>(pattern.FullPath, e));
        }
    }
}
