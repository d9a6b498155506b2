using StreamKit.Connectors;

namespace StreamKit.Files.Writing;

/// <summary>Opens one file after the other for a sink.</summary>
internal abstract class SinkFiles<T>(FileNames names, FileSinkOptions options, SinkContext context)
{
    private long _span;

    /// <summary>Whether the span of time of the open file is over.</summary>
    public bool IsSpanOver => Options.RollEvery is not null && SpanNow() != _span;

    /// <summary>The number of the next file, as far as no other file has it.</summary>
    protected int NextNumber { get; set; }

    protected FileNames Names { get; } = names;

    protected FileSinkOptions Options { get; } = options;

    protected SinkContext Context { get; } = context;

    /// <summary>Opens the next file, with its header.</summary>
    public async ValueTask<OutputFile> OpenNextAsync(CancellationToken cancellationToken)
    {
        _span = SpanNow();
        DateTimeOffset begin = Options.RollEvery is { } every
            ? DateTimeOffset.UnixEpoch.AddTicks(_span * every.Ticks)
            : Context.Clock.GetUtcNow();
        string path = Names.Of(NextNumber, begin);
        while (Names.IsNumbered && Options.IfExists == ExistingFile.Append && File.Exists(path))
        {
            path = Names.Of(++NextNumber, begin);
        }

        NextNumber++;
        return await OpenAsync(path, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Opens the file of a path, with its header.</summary>
    protected abstract ValueTask<OutputFile> OpenAsync(string path, CancellationToken cancellationToken);

    private long SpanNow() => Options.RollEvery is { } every
        ? Math.DivRem(Context.Clock.GetUtcNow().UtcTicks - DateTime.UnixEpoch.Ticks, every.Ticks).Quotient
        : 0;
}
