using StreamKit.Connectors;

namespace StreamKit.Files.Reading;

/// <summary>Reads the files of one split, one after the other.</summary>
internal sealed class FileSplitReader<T> : ISplitReader<T>
{
    private readonly SourceContext<T> _context;
    private readonly RecordFormat<T> _format;
    private readonly RecordDecoder<T> _decoder;
    private readonly FileSourceOptions _options;
    private readonly string[] _files;
    private int _file;                 // Which of the files.
    private FilePosition _next = FilePosition.Start;
    private FrameReader? _frames;      // Null before the file at _next is open.
    private bool _ended;
    private bool _disposed;

    public FileSplitReader(
        string split, string[] files, RecordFormat<T> format, FileSourceOptions options, SourceContext<T> context)
    {
        (Split, _files, _format, _options, _context) = (split, files, format, options, context);
        _decoder = format.CreateDecoder();
    }

    private enum Outcome
    {
        Taken,
        NeedMore,
        End,
    }

    public string Split { get; }

    public string Position => Describe(_next);

    private string Path => _files[_file];

    public async ValueTask SeekAsync(string position, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        FilePosition target = FilePosition.Parse(position);
        int file = Array.FindIndex(_files, f => target.File is null || System.IO.Path.GetFileName(f) == target.File);
        if (file < 0 || (target.File is null && _files.Length > 1))
        {
            throw new FormatException($"The position '{position}' names none of the files of '{Split}'.");
        }

        CloseFile();
        (_file, _next, _ended) = (file, target with { File = null }, false);
        await OpenFileAsync(cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<bool> ReadAsync(RecordBuffer<T> buffer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        ObjectDisposedException.ThrowIf(_disposed, this);
        while (!_ended)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (_frames is null)
            {
                await OpenFileAsync(cancellationToken).ConfigureAwait(false);
            }

            Outcome outcome = Take(_frames!, buffer);
            if (outcome == Outcome.End)
            {
                FinishFile();
            }

            if (buffer.Count > 0)
            {
                return true;
            }

            if (outcome == Outcome.NeedMore)
            {
                await _frames!.FillAsync(cancellationToken).ConfigureAwait(false);
            }
        }

        return false;
    }

    public ValueTask DisposeAsync()
    {
        _disposed = true;
        CloseFile();
        _decoder.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Takes the records that are here, as far as there is room.</summary>
    private Outcome Take(FrameReader frames, RecordBuffer<T> buffer)
    {
        while (!buffer.IsFull)
        {
            FrameStatus status = frames.TryRead(out ReadOnlySpan<byte> bytes);
            if (status is FrameStatus.NeedMore or FrameStatus.End)
            {
                return status == FrameStatus.End ? Outcome.End : Outcome.NeedMore;
            }

            _next = new FilePosition(frames.Offset, frames.Line);
            if (status == FrameStatus.Bad)
            {
                Report(frames, bytes, frames.Problem!, frames.Cause); // A bad frame always says why.
            }
            else
            {
                Decode(frames, bytes, buffer);
            }
        }

        return Outcome.Taken;
    }

    private void Decode(FrameReader frames, ReadOnlySpan<byte> bytes, RecordBuffer<T> buffer)
    {
        T? record;
        try
        {
            if (!_decoder.TryDecode(bytes, frames.Start.Offset == 0, out record))
            {
                return;
            }
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Whatever a parser or a converter throws says that these bytes are no record; the policy decides what
            // follows.
            string what = frames.IsUnfinished
                ? "the file ends before the line does, and what is there is no record: " + e.Message
                : e.Message;
            Report(frames, bytes, what, e);
            return;
        }

        buffer.Add(record);
    }

    private void Report(FrameReader frames, ReadOnlySpan<byte> bytes, string what, Exception? cause)
    {
        FilePosition at = frames.Start;
        string message = FormattableString.Invariant($"'{Path}', line {at.Line} (byte {at.Offset}): {what}");
        _context.Report(new BadRecord(Split, Describe(at), bytes.ToArray(), new InvalidDataException(message, cause)));
    }

    private string Describe(FilePosition position) =>
        (_files.Length > 1 ? position with { File = System.IO.Path.GetFileName(Path) } : position).ToString();

    /// <summary>Opens the file at the next position, after its header has been read if the format has one.</summary>
    private async ValueTask OpenFileAsync(CancellationToken cancellationToken)
    {
        long offset = _next.Offset;
        _decoder.StartFile();
        if (offset > 0 && _decoder.NeedsHeader)
        {
            await ReadHeaderAsync(cancellationToken).ConfigureAwait(false);
        }

        bool compressed = FileInput.IsCompressed(Path);
        FileInput input = await OpenInputAsync(compressed ? 0 : offset, cancellationToken).ConfigureAwait(false);
        try
        {
            bool reached = compressed
                ? await input.SkipAsync(offset, cancellationToken).ConfigureAwait(false)
                : offset <= input.FileLength;
            if (!reached && (compressed || !_options.Follow))
            {
                throw new InvalidDataException(
                    $"'{Path}' ends before the position '{_next}': the position is another file's.");
            }

            _frames = new FrameReader(input, _format.CreateFraming(), _options.MaxLineBytes, _next);
        }
        catch
        {
            input.Dispose();
            throw;
        }
    }

    private async ValueTask<FileInput> OpenInputAsync(long offset, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return FileInput.Open(Path, offset, _options, _context.Clock);
            }
            catch (Exception e) when (_options.Follow && (e is FileNotFoundException or DirectoryNotFoundException))
            {
                // Rotation renames the old file first and makes the new one a little later.
                await Task.Delay(_options.PollInterval, _context.Clock, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async ValueTask ReadHeaderAsync(CancellationToken cancellationToken)
    {
        // Not followed: if the file was truncated meanwhile, there is no header to wait for, and reading begins again
        // at 0.
        FileInput input = FileInput.Open(Path, 0, _options with { Follow = false }, _context.Clock);
        using var frames = new FrameReader(input, _format.CreateFraming(), _options.MaxLineBytes, FilePosition.Start);
        while (_decoder.NeedsHeader && frames.Offset < _next.Offset)
        {
            switch (frames.TryRead(out ReadOnlySpan<byte> bytes))
            {
                case FrameStatus.Record:
                    _decoder.LearnHeader(bytes, frames.Start.Offset == 0);
                    break;
                case FrameStatus.NeedMore:
                    await frames.FillAsync(cancellationToken).ConfigureAwait(false);
                    break;
                case FrameStatus.End:
                    return;
            }
        }
    }

    /// <summary>Turns to what comes after the file that has ended.</summary>
    private void FinishFile()
    {
        FileEnding ending = _frames!.Ending; // Only called with an open file.
        if (ending != FileEnding.Complete)
        {
            _context.Logger.StartedAgain(Path, ending, _next);
            CloseFile();
            _next = FilePosition.Start;
        }
        else if (_file + 1 < _files.Length)
        {
            CloseFile();
            _file++;
            _next = FilePosition.Start;
        }
        else
        {
            _ended = true;
        }
    }

    private void CloseFile()
    {
        _frames?.Dispose();
        _frames = null;
    }
}
