using System.Threading.Channels;
using StreamKit.Connectors;

namespace StreamKit.Tests.Runtime;

/// <summary>
/// A split that delivers the batches that a test feeds it, one for each read, and counts what was read.
/// </summary>
internal sealed class FedSplit(string name)
{
    private readonly Channel<At[]> _batches = Channel.CreateUnbounded<At[]>();
    private readonly string _name = name;
    private int _lastSecond = int.MinValue;
    private int _reads;

    /// <summary>What the engine reads.</summary>
    public ISplitReader<At> Reader => new Side(this);

    /// <summary>The event time, in seconds, of the last record that the engine took.</summary>
    public int LastSecond => Volatile.Read(ref _lastSecond);

    /// <summary>How many batches the engine took.</summary>
    public int Reads => Volatile.Read(ref _reads);

    /// <summary>One batch for each second.</summary>
    public FedSplit Feed(params IEnumerable<int> seconds)
    {
        foreach (int second in seconds)
        {
            Assert.True(_batches.Writer.TryWrite([new At(second, _name)]));
        }

        return this;
    }

    public FedSplit End()
    {
        _batches.Writer.TryComplete();
        return this;
    }

    private async ValueTask<bool> ReadAsync(RecordBuffer<At> buffer, CancellationToken cancellationToken)
    {
        if (!await _batches.Reader.WaitToReadAsync(cancellationToken) || !_batches.Reader.TryRead(out At[]? batch))
        {
            return false;
        }

        foreach (At record in batch)
        {
            buffer.Add(record);
            Volatile.Write(ref _lastSecond, record.Second);
        }

        Interlocked.Increment(ref _reads);
        return true;
    }

    private sealed class Side(FedSplit split) : ISplitReader<At>
    {
        public string Split { get; } = split._name;

        public string? Position => null;

        public ValueTask SeekAsync(string position, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public ValueTask<bool> ReadAsync(RecordBuffer<At> buffer, CancellationToken cancellationToken) =>
            split.ReadAsync(buffer, cancellationToken);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
