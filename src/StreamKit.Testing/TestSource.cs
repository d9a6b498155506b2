using System.Globalization;
using StreamKit.Connectors;

namespace StreamKit.Testing;

/// <summary>A source that delivers written-down records in splits with positions, for tests of jobs.</summary>
/// <typeparam name="T">The type of the records.</typeparam>
/// <remarks>
/// The splits are named "split/0", "split/1" and so on; a position is the number of records delivered.
/// </remarks>
public sealed class TestSource<T> : ISource<T>
{
    private readonly T[][] _splits;

    /// <summary>A source with these splits.</summary>
    /// <param name="splits">The records of each split, in order; at least one split, which may be empty.</param>
    public TestSource(params IReadOnlyList<IReadOnlyList<T>> splits)
    {
        ArgumentNullException.ThrowIfNull(splits);
        ArgumentOutOfRangeException.ThrowIfZero(splits.Count, nameof(splits));
        _splits = [.. splits.Select(static split => split.ToArray())];
    }

    /// <summary>How many records one read delivers at most, from 1. Default: as many as a batch holds.</summary>
    public int RecordsPerRead { get; init; } = int.MaxValue;

    /// <inheritdoc/>
    public Replayability Replayability => Replayability.Full;

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<ISplitReader<T>>> OpenAsync(
        SourceContext<T> context, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(RecordsPerRead);
        return new((IReadOnlyList<ISplitReader<T>>)
            [.. _splits.Select((records, number) => new Reader(number, records, RecordsPerRead))]);
    }

    private sealed class Reader(int number, T[] records, int perRead) : ISplitReader<T>
    {
        private int _next;

        public string Split => string.Create(CultureInfo.InvariantCulture, $"split/{number}");

        public string Position => _next.ToString(CultureInfo.InvariantCulture);

        public ValueTask SeekAsync(string position, CancellationToken cancellationToken)
        {
            int next = int.Parse(position, NumberStyles.None, CultureInfo.InvariantCulture);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(next, records.Length, nameof(position));
            _next = next;
            return ValueTask.CompletedTask;
        }

        public ValueTask<bool> ReadAsync(RecordBuffer<T> buffer, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int end = (int)Math.Min(records.Length, _next + (long)Math.Min(perRead, buffer.Remaining));
            bool any = _next < end;
            for (; _next < end; _next++)
            {
                buffer.Add(records[_next]);
            }

            return new(any);
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
