using StreamKit.Connectors;

namespace StreamKit.Files.Writing;

/// <summary>Writes records to files that become visible with a checkpoint, as whole files.</summary>
internal sealed class PartSinkWriter<T> : IEpochSinkWriter<T>
{
    private readonly PartFolder _folder;
    private readonly PartFiles<T> _files;
    private readonly FileSinkWriter<T> _writer;

    public PartSinkWriter(FileNames names, OutputFormat<T> format, FileSinkOptions options, SinkContext context)
    {
        // What is prepared must outlive the machine: the checkpoint, which knows it, does.
        FileSinkOptions durable = options with { Durable = true };
        RecordEncoder<T> encoder = format.CreateEncoder();
        _folder = new PartFolder(names, context.Logger);
        _files = new PartFiles<T>(names, _folder, encoder, durable, context);
        _writer = new FileSinkWriter<T>(encoder, _files, durable);
    }

    /// <summary>Fails where the folder cannot be written, before any record comes.</summary>
    public Task OpenAsync(CancellationToken cancellationToken) => Task.Run(_folder.Open, cancellationToken);

    public async ValueTask RestoreAsync(
        long lastEpoch, IReadOnlyList<PreparedEpoch> prepared, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(prepared);
        if (_folder.Committed > lastEpoch)
        {
            throw new InvalidOperationException(lastEpoch == 0
                ? $"the files of an earlier run, up to epoch {_folder.Committed}, are there, and this one starts at "
                    + $"the beginning, so it would write everything twice. Go on from a checkpoint, or move the files "
                    + $"and '{_folder.PathOf("")}' away."
                : $"the files of epoch {_folder.Committed} are there already, and the checkpoint ends with epoch "
                    + $"{lastEpoch}, so going on from it would write what came after it twice. Go on from a newer "
                    + $"checkpoint, or move the later files and '{_folder.PathOf("")}' away.");
        }

        PartHandle[] handles = [.. prepared.Select(static epoch => PartHandle.Decode(epoch.Handle))];
        if (handles.Length > 0)
        {
            _files.ContinueWith(handles[^1].NextNumber);
        }

        await Task.Run(() => _folder.Clean(handles.SelectMany(static handle => handle.Parts)), cancellationToken)
            .ConfigureAwait(false);
    }

    public ValueTask WriteAsync(SinkBatch<T> records, CancellationToken cancellationToken) =>
        _writer.WriteAsync(records, cancellationToken);

    // Nobody reads a pending file, so nobody is served by having its bytes early.
    public ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.CompletedTask;
    }

    public async ValueTask<ReadOnlyMemory<byte>> PrepareAsync(long epoch, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await _writer.EndFileAsync().ConfigureAwait(false);
        PartHandle handle = _files.Take();
        if (handle.Parts.Count > 0)
        {
            await Task.Run(_folder.Flush, CancellationToken.None).ConfigureAwait(false);
        }

        return handle.Encode();
    }

    public async ValueTask CommitAsync(PreparedEpoch epoch, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        PartHandle handle = PartHandle.Decode(epoch.Handle);
        if (handle.Parts.Count > 0)
        {
            await Task.Run(() => _folder.Commit(epoch.Epoch, handle.Parts), CancellationToken.None)
                .ConfigureAwait(false);
        }
    }

    // What was written and not prepared stays where nobody sees it, until a run goes on and deletes it.
    public ValueTask DisposeAsync() => _writer.DisposeAsync();
}
