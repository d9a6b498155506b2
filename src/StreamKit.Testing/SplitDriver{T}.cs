using StreamKit.Connectors;
using StreamKit.Records;

namespace StreamKit.Testing;

/// <summary>Reads one split of a source step by step.</summary>
/// <typeparam name="T">The type of the records.</typeparam>
public sealed class SplitDriver<T> : IAsyncDisposable
{
    private readonly ISplitReader<T> _reader;
    private readonly int _batchRecords;
    private readonly RecordBuffer<T> _buffer = new();

    private readonly Func<int> _countBad;

    internal SplitDriver(ISplitReader<T> reader, int batchRecords, Func<int> countBad) =>
        (_reader, _batchRecords, _countBad) = (reader, batchRecords, countBad);

    /// <summary>The split's name.</summary>
    public string Name => _reader.Split;

    /// <summary>Where the next record begins, as the reader says.</summary>
    public string? Position => _reader.Position;

    /// <summary>Whether a read has said that the split has ended.</summary>
    public bool IsEnded { get; private set; }

    /// <summary>Whether the split has ended here, and goes on in another process.</summary>
    public bool IsHandedOver => IsEnded && _reader.IsHandedOver;

    /// <summary>Goes to a position.</summary>
    /// <param name="position">The position.</param>
    /// <param name="cancellationToken">Cancels the seeking.</param>
    public async ValueTask SeekAsync(string position, CancellationToken cancellationToken = default)
    {
        await _reader.SeekAsync(position, cancellationToken).ConfigureAwait(false);
        IsEnded = false;
    }

    /// <summary>Reads once, into a buffer of the driver's size.</summary>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>At least one record, or none at the end.</returns>
    public ValueTask<IReadOnlyList<T>> ReadAsync(CancellationToken cancellationToken = default) =>
        ReadAsync(_batchRecords, cancellationToken);

    /// <summary>Reads once, into a buffer of a given size.</summary>
    /// <param name="room">How many records the reader may deliver.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>At least one record, or none at the end.</returns>
    /// <exception cref="ContractException">The reader delivered nothing without saying the end or reporting a bad
    /// record, or something with the end.</exception>
    public async ValueTask<IReadOnlyList<T>> ReadAsync(int room, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(room, 1);
        Batch<T> batch = new BatchPool<T>(room).Rent();
        bool more;
        int bad;
        do
        {
            // A read that has met nothing but bad records delivers none, and says that there may be more.
            bad = _countBad();
            more = await _reader.ReadAsync(_buffer.Over(batch), cancellationToken).ConfigureAwait(false);
        }
        while (more && batch.Count == 0 && _countBad() > bad);

        if (more == (batch.Count == 0))
        {
            throw new ContractException(more
                ? $"The reader of '{Name}' returned true, but added no record and reported none."
                : $"The reader of '{Name}' returned false, but had added {batch.Count} records.");
        }

        IsEnded = !more;
        return batch.Values[..batch.Count];
    }

    /// <summary>Reads a number of records, or fewer if the split ends before.</summary>
    /// <param name="count">How many.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public async ValueTask<IReadOnlyList<T>> ReadCountAsync(int count, CancellationToken cancellationToken = default)
    {
        var records = new List<T>();
        while (records.Count < count)
        {
            int room = Math.Min(_batchRecords, count - records.Count);
            IReadOnlyList<T> read = await ReadAsync(room, cancellationToken).ConfigureAwait(false);
            if (read.Count == 0)
            {
                break;
            }

            records.AddRange(read);
        }

        return records;
    }

    /// <summary>Reads to the end.</summary>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public ValueTask<IReadOnlyList<T>> ReadAllAsync(CancellationToken cancellationToken = default) =>
        ReadCountAsync(int.MaxValue, cancellationToken);

    /// <summary>Disposes the reader, each time it is called.</summary>
    public ValueTask DisposeAsync() => _reader.DisposeAsync();
}
