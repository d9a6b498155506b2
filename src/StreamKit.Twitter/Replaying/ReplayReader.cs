using System.Buffers;
using System.Globalization;
using StreamKit.Connectors;
using StreamKit.Twitter.Framing;

namespace StreamKit.Twitter.Replaying;

/// <summary>Reads a recorded file line by line, each record when it is due.</summary>
internal sealed class ReplayReader<T>(
    RecordedFile file,
    PipeLines lines,
    ReplayForm<T> form,
    ReplaySpeed speed,
    SourceContext<T> context) : ISplitReader<T>
{
    // What was reported waits until the read returns, so it must not become much: neither many lines nor many bytes.
    private const int MaxReportsPerRead = 100;

    private readonly TweetParser _parser = new();
    private ReplayPace _pace = new(speed, context.Clock);
    private PipeLines _lines = lines;
    private Task<bool>? _filling;
    private bool _ended;

    // The line that is being delivered: where it is, what it holds, and how much of that has gone.
    private LinePosition _line;
    private IReadOnlyList<T> _records = [];
    private int _delivered;
    private int _deliveredBefore;

    private int _reports;
    private long _reportedBytes;

    public string Split => file.Path;

    public string Position => Here.ToString();

    private ReplayPosition Here =>
        _delivered < _records.Count
            ? new ReplayPosition(_line, _delivered)
            : new ReplayPosition(_lines.Next, _deliveredBefore);

    public async ValueTask SeekAsync(string position, CancellationToken cancellationToken)
    {
        var target = ReplayPosition.Parse(position);
        await DisposeAsync().ConfigureAwait(false);
        _lines = await file.OpenAsync(target.Line, cancellationToken).ConfigureAwait(false);
        _pace = new ReplayPace(speed, context.Clock);
        (_records, _delivered, _deliveredBefore, _ended) = ([], 0, target.RecordsBefore, false);
    }

    public async ValueTask<bool> ReadAsync(RecordBuffer<T> buffer, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        (_reports, _reportedBytes) = (0, 0);
        while (true)
        {
            TimeSpan wait = Deliver(buffer);
            if (buffer.IsFull || HasReportedEnough)
            {
                return true;
            }

            if (wait > TimeSpan.Zero)
            {
                if (HasNews(buffer))
                {
                    return true;
                }

                await Task.Delay(wait, context.Clock, cancellationToken).ConfigureAwait(false);
                continue;
            }

            if (_lines.TryTake(out PipeLine line))
            {
                Take(in line);
                continue;
            }

            if (_ended)
            {
                return HasNews(buffer);
            }

            _filling ??= _lines.FillAsync(cancellationToken).AsTask();
            if (!_filling.IsCompleted && HasNews(buffer))
            {
                return true;
            }

            _ended = !await FillAsync(_filling, cancellationToken).ConfigureAwait(false);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_filling is { } filling)
        {
            // A file must not be closed while it is read.
            _filling = null;
            await ((Task)filling).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await _lines.DisposeAsync().ConfigureAwait(false);
    }

    private bool HasReportedEnough => _reports >= MaxReportsPerRead || _reportedBytes >= file.Options.MaxLineBytes;

    private bool HasNews(RecordBuffer<T> buffer) => buffer.Count > 0 || _reports > 0;

    /// <summary>Delivers what is due and finds room; says how long the next record has to wait.</summary>
    private TimeSpan Deliver(RecordBuffer<T> buffer)
    {
        while (_delivered < _records.Count && !buffer.IsFull)
        {
            T record = _records[_delivered];
            TimeSpan wait = _pace.WaitFor(form.TimeOf(record));
            if (wait > TimeSpan.Zero)
            {
                return wait;
            }

            buffer.Add(record);
            _delivered++;
        }

        return TimeSpan.Zero;
    }

    private void Take(in PipeLine line)
    {
        (_line, _records, _delivered) = (line.Start, [], 0);
        int before = _deliveredBefore;
        _deliveredBefore = 0;
        if (line.IsOverLong)
        {
            int limit = file.Options.MaxLineBytes;
            Report(line.Start, line.Content.ToArray(), cause: null, string.Create(
                CultureInfo.InvariantCulture,
                $"the line is {line.Length} bytes long, more than {nameof(ReplayOptions.MaxLineBytes)} ({limit})"));
            return;
        }

        try
        {
            _records = form.RecordsOf(_parser.Parse(line.Content));
        }
        catch (TweetFormatException exception)
        {
            Report(line.Start, line.Content.ToArray(), exception, exception.Message);
            return;
        }

        _delivered = before <= _records.Count ? before : throw new InvalidDataException(
            $"'{Split}' holds fewer than {before} posts in {At(line.Start)}: it is not the file that was read before.");
    }

    private async ValueTask<bool> FillAsync(Task<bool> filling, CancellationToken cancellationToken)
    {
        try
        {
            bool more = await filling.WaitAsync(cancellationToken).ConfigureAwait(false);
            _filling = null;
            return more;
        }
        catch (InvalidDataException exception) when (file.IsPacked)
        {
            // Behind the break nothing can be unpacked. What is whole before it has been delivered.
            _filling = null;
            Report(_lines.Next, _lines.Unfinished.ToArray(), exception, exception.Message);
            return false;
        }
    }

    /// <summary>Hands something unreadable to the error policy, which may throw.</summary>
    /// <remarks>A failing job tells its message only, so that names the file and the place.</remarks>
    private void Report(LinePosition at, byte[] bytes, Exception? cause, string reason)
    {
        _reports++;
        _reportedBytes += bytes.Length;
        string position = At(at);
        var exception = new InvalidDataException($"'{Split}', {position}: {reason}", cause);
        context.Report(new BadRecord(Split, position, bytes, exception));
    }

    private static string At(LinePosition line) => new ReplayPosition(line, 0).ToString();
}
