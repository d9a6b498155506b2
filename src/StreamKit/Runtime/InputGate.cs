using System.Threading.Channels;
using StreamKit.Records;

namespace StreamKit.Runtime;

/// <summary>The receiving ends of all channels that lead to one subtask, read in turn.</summary>
internal sealed class InputGate<TBatch>(int capacity, WakeUp wakeUp)
{
    private readonly List<ChannelReader<Element<TBatch>>> _readers = [];
    private readonly HashSet<int> _started = [];
    private int _next;

    /// <summary>How many batches and signals wait.</summary>
    public int Depth => _readers.Sum(static reader => reader.Count);

    public int Count => _readers.Count;

    /// <summary>Opens one more channel to the subtask.</summary>
    public ChannelOutput<TBatch> Open()
    {
        var channel = Channel.CreateBounded<Element<TBatch>>(
            new BoundedChannelOptions(capacity) { SingleReader = true, SingleWriter = true });
        _readers.Add(channel.Reader);
        return new ChannelOutput<TBatch>(channel.Writer, wakeUp);
    }

    /// <summary>Takes what comes next from one of the inputs; false where nothing is there.</summary>
    /// <remarks>
    /// Until every input has announced its splits, nothing further is read from those that have: a split that became
    /// known after the first records of another would find event time gone on without it.
    /// </remarks>
    public bool TryRead(out int input, out Element<TBatch> element)
    {
        bool allStarted = _started.Count == _readers.Count;
        for (int tried = 0; tried < _readers.Count; tried++)
        {
            input = _next;
            _next = _next + 1 == _readers.Count ? 0 : _next + 1;
            if ((allStarted || !_started.Contains(input)) && _readers[input].TryRead(out element))
            {
                if (!allStarted && element is { IsBatch: false, Signal.Kind: SignalKind.Started })
                {
                    _started.Add(input);
                }

                return true;
            }
        }

        (input, element) = (-1, default);
        return false;
    }
}
