using System.Globalization;
using System.Runtime.InteropServices;

namespace StreamKit.Connectors;

/// <summary>A sequence in memory as a source with one split.</summary>
internal sealed class EnumerableSource<T>(IEnumerable<T> records) : ISource<T>
{
    public Replayability Replayability => records is IReadOnlyCollection<T> ? Replayability.Full : Replayability.None;

    public ValueTask<IReadOnlyList<ISplitReader<T>>> OpenAsync(
        SourceContext<T> context, CancellationToken cancellationToken)
    {
        ISplitReader<T> reader = records switch
        {
            T[] array => new MemoryReader(array),
            List<T> list => new ListReader(list),
            _ => new SequenceReader(records),
        };
        return new((IReadOnlyList<ISplitReader<T>>)[reader]);
    }

    private abstract class Reader : ISplitReader<T>
    {
        public string Split => "memory";

        public string? Position => Next.ToString(CultureInfo.InvariantCulture);

        protected long Next { get; set; }

        public virtual ValueTask DisposeAsync() => ValueTask.CompletedTask;

        public abstract ValueTask SeekAsync(string position, CancellationToken cancellationToken);

        public ValueTask<bool> ReadAsync(RecordBuffer<T> buffer, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int before = buffer.Count;
            Fill(buffer);
            Next += buffer.Count - before;
            return new(buffer.Count > before);
        }

        protected abstract void Fill(RecordBuffer<T> buffer);

        protected static long Parse(string position, long last) =>
            long.TryParse(position, NumberStyles.None, CultureInfo.InvariantCulture, out long index) && index <= last
                ? index
                : throw NoPosition(position);

        protected static ArgumentException NoPosition(string position) =>
            new($"'{position}' is no position of this sequence.", nameof(position));
    }

    private sealed class MemoryReader(ReadOnlyMemory<T> records) : Reader
    {
        public override ValueTask SeekAsync(string position, CancellationToken cancellationToken)
        {
            Next = Parse(position, records.Length);
            return ValueTask.CompletedTask;
        }

        protected override void Fill(RecordBuffer<T> buffer)
        {
            int count = (int)Math.Min(buffer.Remaining, records.Length - Next);
            records.Span.Slice((int)Next, count).CopyTo(buffer.GetSpan());
            buffer.Advance(count);
        }
    }

    private sealed class ListReader(List<T> records) : Reader
    {
        public override ValueTask SeekAsync(string position, CancellationToken cancellationToken)
        {
            Next = Parse(position, records.Count);
            return ValueTask.CompletedTask;
        }

        protected override void Fill(RecordBuffer<T> buffer)
        {
            int count = (int)Math.Min(buffer.Remaining, records.Count - Next);
            CollectionsMarshal.AsSpan(records).Slice((int)Next, count).CopyTo(buffer.GetSpan());
            buffer.Advance(count);
        }
    }

    private sealed class SequenceReader(IEnumerable<T> records) : Reader
    {
        private readonly IEnumerator<T> _records = records.GetEnumerator();

        public override ValueTask DisposeAsync()
        {
            _records.Dispose();
            return base.DisposeAsync();
        }

        public override ValueTask SeekAsync(string position, CancellationToken cancellationToken)
        {
            long target = Parse(position, long.MaxValue);
            for (; Next < target && _records.MoveNext(); Next++)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            if (Next < target)
            {
                throw NoPosition(position);
            }

            return ValueTask.CompletedTask;
        }

        protected override void Fill(RecordBuffer<T> buffer)
        {
            while (!buffer.IsFull && _records.MoveNext())
            {
                buffer.Add(_records.Current);
            }
        }
    }
}
