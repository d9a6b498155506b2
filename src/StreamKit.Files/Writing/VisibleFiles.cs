using StreamKit.Connectors;

namespace StreamKit.Files.Writing;

/// <summary>Files that others may read while they are being written.</summary>
internal sealed class VisibleFiles<T>(
    FileNames names, OutputFormat<T> format, RecordEncoder<T> encoder, FileSinkOptions options, SinkContext context)
    : SinkFiles<T>(names, options, context)
{
    protected override async ValueTask<OutputFile> OpenAsync(string path, CancellationToken cancellationToken)
    {
        var from = new AppendPoint(0, true, false, 0);
        if (Options.IfExists == ExistingFile.Append)
        {
            from = await AppendPoint.FindAsync(path, Names.IsGzip, format.CreateFraming(), cancellationToken)
                .ConfigureAwait(false);
        }

        if (from.Cut > 0)
        {
            Context.Logger.CutOff(path, from.Cut);
        }

        FileMode mode = Options.IfExists switch
        {
            ExistingFile.Overwrite => FileMode.Create,
            ExistingFile.Append when !Names.IsNumbered => FileMode.OpenOrCreate,
            _ => FileMode.CreateNew,
        };
        OutputFile file = OutputFile.Open(path, mode, from.Length, Names.IsGzip ? Options.Compression : null);
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
}
