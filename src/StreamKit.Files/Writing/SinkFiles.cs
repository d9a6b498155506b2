using StreamKit.Connectors;

namespace StreamKit.Files.Writing;

/// <summary>Opens one file after the other for a sink.</summary>
internal sealed class SinkFiles<T>(
    FileNames names, OutputFormat<T> format, RecordEncoder<T> encoder, FileSinkOptions options, SinkContext context)
{
    private int _number;
    private long _span;

    /// <summary>Whether the span of time of the open file is over.</summary>
    public bool IsSpanOver => options.RollEvery is not null && SpanNow() != _span;

    /// <summary>Opens the next file, with its header.</summary>
    public async ValueTask<OutputFile> OpenNextAsync(CancellationToken cancellationToken)
    {
        _span = SpanNow();
        DateTimeOffset begin = options.RollEvery is { } every
            ? DateTimeOffset.UnixEpoch.AddTicks(_span * every.Ticks)
            : context.Clock.GetUtcNow();
        string path = names.Of(_number, begin);
        while (names.IsNumbered && options.IfExists == ExistingFile.Append && File.Exists(path))
        {
            path = names.Of(++_number, begin);
        }

        _number++;
        return await OpenAsync(path, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<OutputFile> OpenAsync(string path, CancellationToken cancellationToken)
    {
        var from = new AppendPoint(0, true, false, 0);
        if (options.IfExists == ExistingFile.Append)
        {
            from = await AppendPoint.FindAsync(path, names.IsGzip, format.CreateFraming(), cancellationToken)
                .ConfigureAwait(false);
        }

        if (from.Cut > 0)
        {
            context.Logger.CutOff(path, from.Cut);
        }

        FileMode mode = options.IfExists switch
        {
            ExistingFile.Overwrite => FileMode.Create,
            ExistingFile.Append when !names.IsNumbered => FileMode.OpenOrCreate,
            _ => FileMode.CreateNew,
        };
        OutputFile file = OutputFile.Open(path, mode, from.Length, names.IsGzip ? options.Compression : null);
        using var head = new RecordBytes();
        if (from.IsEmpty)
        {
            encoder.WriteHeader(head);
        }
        else if (from.NeedsLineEnd)
        {
            head.Add((byte)'\n');
        }

        if (head.Length > 0)
        {
            await file.WriteAsync(head.Written).ConfigureAwait(false);
        }

        return file;
    }

    private long SpanNow() => options.RollEvery is { } every
        ? Math.DivRem(context.Clock.GetUtcNow().UtcTicks - DateTime.UnixEpoch.Ticks, every.Ticks).Quotient
        : 0;
}
