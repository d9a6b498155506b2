using StreamKit.Connectors;

namespace StreamKit.Http.Ingest;

/// <summary>What was accepted and is not read yet: records, and what is none and is to be reported.</summary>
/// <remarks>Any thread may offer; one reads at a time.</remarks>
internal sealed class IngestQueue<T>(int capacity, ByteBudget budget)
{
    private readonly Lock _lock = new();
    private readonly Queue<ParsedRecord<T>> _records = new();
    private readonly Queue<BadRecord> _bad = new();
    private TaskCompletionSource? _reader;
    private volatile int _count;
    private volatile bool _isOpen;
    private volatile bool _isCompleted;

    public int Count => _count;

    public bool IsOpen => _isOpen && !_isCompleted;

    public bool IsFull => _count >= capacity;

    /// <summary>Lets a job read, and others offer.</summary>
    public void Open()
    {
        lock (_lock)
        {
            _isOpen = true;
        }
    }

    /// <summary>Accepts nothing from now on; what was accepted stays.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _isOpen = false;
        }
    }

    /// <summary>Closes for good; a reader comes to an end.</summary>
    public void Complete()
    {
        TaskCompletionSource? reader;
        lock (_lock)
        {
            _isCompleted = true;
            reader = TakeReader();
        }

        reader?.TrySetResult();
    }

    public HttpOffer Offer(ReadOnlySpan<T> records)
    {
        TaskCompletionSource? reader;
        lock (_lock)
        {
            if (Room(records.Length) is var offer && offer != HttpOffer.Accepted)
            {
                return offer;
            }

            foreach (T record in records)
            {
                _records.Enqueue(new ParsedRecord<T>(record, 0));
            }

            reader = Added();
        }

        reader?.TrySetResult();
        return HttpOffer.Accepted;
    }

    /// <summary>Takes all that a request brought, or none; the bytes of what it takes count as held.</summary>
    public HttpOffer Offer(ReadOnlySpan<ParsedRecord<T>> records, ReadOnlySpan<BadRecord> bad)
    {
        long bytes = 0;
        foreach (ref readonly ParsedRecord<T> record in records)
        {
            bytes += record.Bytes;
        }

        foreach (BadRecord record in bad)
        {
            bytes += record.Bytes.Length;
        }

        TaskCompletionSource? reader;
        lock (_lock)
        {
            if (Room(records.Length + bad.Length) is var offer && offer != HttpOffer.Accepted)
            {
                return offer;
            }

            if (!budget.TryTake(bytes))
            {
                return HttpOffer.Full;
            }

            foreach (ref readonly ParsedRecord<T> record in records)
            {
                _records.Enqueue(record);
            }

            foreach (BadRecord record in bad)
            {
                _bad.Enqueue(record);
            }

            reader = Added();
        }

        reader?.TrySetResult();
        return HttpOffer.Accepted;
    }

    /// <summary>Moves what there is room for; the next thing to report comes out instead, before any record.</summary>
    public BadRecord? Take(RecordBuffer<T> buffer)
    {
        long bytes = 0;
        BadRecord? bad;
        lock (_lock)
        {
            if (_bad.TryDequeue(out bad))
            {
                bytes = bad.Bytes.Length;
            }
            else
            {
                while (!buffer.IsFull && _records.TryDequeue(out ParsedRecord<T> record))
                {
                    buffer.Add(record.Record);
                    bytes += record.Bytes;
                }
            }

            _count = _records.Count + _bad.Count;
        }

        budget.Return(bytes);
        return bad;
    }

    /// <summary>Completes when there is something; false where nothing is there and nothing will come.</summary>
    public async ValueTask<bool> WaitAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            TaskCompletionSource waiting;
            lock (_lock)
            {
                if (_count > 0 || _isCompleted)
                {
                    return _count > 0;
                }

                waiting = _reader ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            await waiting.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private HttpOffer Room(int records) =>
        !IsOpen ? HttpOffer.NotReading
        : records > capacity - _records.Count - _bad.Count ? HttpOffer.Full
        : HttpOffer.Accepted;

    private TaskCompletionSource? Added()
    {
        _count = _records.Count + _bad.Count;
        return _count > 0 ? TakeReader() : null;
    }

    private TaskCompletionSource? TakeReader()
    {
        TaskCompletionSource? reader = _reader;
        _reader = null;
        return reader;
    }
}
