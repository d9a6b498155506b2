using StreamKit.Connectors;

namespace StreamKit.Files.Writing;

/// <summary>Writes the records of one job.</summary>
internal sealed class FileSinkWriter<T> : ISinkWriter<T>
{
    private readonly RecordEncoder<T> _encoder;
    private readonly SinkFiles<T> _files;
    private readonly FileSinkOptions _options;
    private readonly RecordBytes _bytes = new();
    private OutputFile? _file;  // Null between the end of a file and the next record.
    private long _records;      // In the open file.
    private bool _broken;       // A write failed: what the file holds is not known.
    private bool _disposed;

    public FileSinkWriter(RecordEncoder<T> encoder, SinkFiles<T> files, FileSinkOptions options) =>
        (_encoder, _files, _options) = (encoder, files, options);

    /// <summary>Opens the first file, so that a path that cannot be written fails before any record comes.</summary>
    public async Task OpenAsync(CancellationToken cancellationToken) =>
        _file = await _files.OpenNextAsync(cancellationToken).ConfigureAwait(false);

    public async ValueTask WriteAsync(SinkBatch<T> records, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        cancellationToken.ThrowIfCancellationRequested();
        if (records.Count == 0)
        {
            return;
        }

        if (_file is not null && _files.IsSpanOver && _records > 0)
        {
            await CloseAsync().ConfigureAwait(false);
        }

        // From here on nothing is cancelled: a batch is written as a whole or, if it had been cancelled before, not at
        // all.
        OutputFile file = _file ??= await _files.OpenNextAsync(CancellationToken.None).ConfigureAwait(false);
        for (int i = 0; i < records.Count; i++)
        {
            int start = Encode(records.Values.Span[i]);
            if (_options.RollBytes is { } most && _records > 0 && file.Bytes + _bytes.Length > most)
            {
                file = await RollAsync(start).ConfigureAwait(false);
            }
            else if (_bytes.Length >= _options.BufferBytes)
            {
                await WriteOutAsync(file, _bytes.Length).ConfigureAwait(false);
            }

            _records++;
        }
    }

    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        cancellationToken.ThrowIfCancellationRequested();
        if (_file is { } file)
        {
            await WriteOutAsync(file, _bytes.Length).ConfigureAwait(false);
            await file.FlushAsync(_options.Durable).ConfigureAwait(false);
        }
    }

    /// <summary>Completes the open file; the next record begins another.</summary>
    public ValueTask EndFileAsync()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        ThrowIfBroken();
        return CloseAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        try
        {
            await CloseAsync().ConfigureAwait(false);
        }
        finally
        {
            _encoder.Dispose();
            _bytes.Dispose();
        }
    }

    /// <summary>Encodes a record behind the others; if that fails, nothing of it stays.</summary>
    /// <returns>Where it begins.</returns>
    private int Encode(T record)
    {
        int start = _bytes.Length;
        try
        {
            _encoder.Write(record, _bytes);
            return start;
        }
        catch
        {
            _bytes.Truncate(start);
            throw;
        }
    }

    /// <summary>Ends the file before the record that begins at <paramref name="start"/>.</summary>
    private async ValueTask<OutputFile> RollAsync(int start)
    {
        await WriteOutAsync(_file!, start).ConfigureAwait(false); // A record was just encoded for it.
        await CloseFileAsync().ConfigureAwait(false);
        OutputFile next = await _files.OpenNextAsync(CancellationToken.None).ConfigureAwait(false);
        return _file = next;
    }

    private async ValueTask CloseAsync()
    {
        if (_file is { } file)
        {
            try
            {
                if (!_broken)
                {
                    await WriteOutAsync(file, _bytes.Length).ConfigureAwait(false);
                }
            }
            finally
            {
                await CloseFileAsync().ConfigureAwait(false);
            }
        }
    }

    private async ValueTask CloseFileAsync()
    {
        OutputFile file = _file!; // Only called with an open file.
        (_file, _records) = (null, 0);
        try
        {
            if (!_broken)
            {
                await file.CloseAsync(_options.Durable).ConfigureAwait(false);
            }
        }
        finally
        {
            await file.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async ValueTask WriteOutAsync(OutputFile file, int count)
    {
        if (count == 0)
        {
            return;
        }

        // After a failure the bytes may be in the file or not; writing them again could put half a record before them.
        ThrowIfBroken();
        _broken = true;
        await file.WriteAsync(_bytes.Written[..count]).ConfigureAwait(false);
        _broken = false;
        _bytes.Remove(count);
    }

    private void ThrowIfBroken()
    {
        if (_broken)
        {
            throw new IOException("An earlier write to this file failed; the sink cannot go on.");
        }
    }
}
