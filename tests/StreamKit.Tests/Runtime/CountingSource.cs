using System.Globalization;
using StreamKit.Connectors;

namespace StreamKit.Tests.Runtime;

/// <summary>Counts up from 0, a few numbers at each read, until it is told to end; can be read again.</summary>
internal sealed class CountingSource : ISource<long>
{
    private long _end = long.MaxValue;
    private long _reached;

    public Replayability Replayability => Replayability.Full;

    /// <summary>The numbers that a run delivers which is not disturbed.</summary>
    public IEnumerable<long> All => Enumerable.Range(0, (int)Volatile.Read(ref _end)).Select(static n => (long)n);

    /// <summary>Lets it end a little further than it has come.</summary>
    public void End() => Volatile.Write(ref _end, Volatile.Read(ref _reached) + 10);

    public ValueTask<IReadOnlyList<ISplitReader<long>>> OpenAsync(
        SourceContext<long> context, CancellationToken cancellationToken) => new([new Split(this)]);

    private sealed class Split(CountingSource source) : ISplitReader<long>
    {
        private long _next;

        string ISplitReader<long>.Split => "numbers";

        public string Position => _next.ToString(CultureInfo.InvariantCulture);

        public ValueTask SeekAsync(string position, CancellationToken cancellationToken)
        {
            _next = long.Parse(position, CultureInfo.InvariantCulture);
            return ValueTask.CompletedTask;
        }

        public async ValueTask<bool> ReadAsync(RecordBuffer<long> buffer, CancellationToken cancellationToken)
        {
            await Task.Yield();
            for (int i = 0; i < 3 && _next < Volatile.Read(ref source._end); i++)
            {
                buffer.Add(_next++);
            }

            Volatile.Write(ref source._reached, Math.Max(source._reached, _next));
            return buffer.Count > 0;
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
