using System.Threading.Channels;
using StreamKit.Checkpointing;

namespace StreamKit.Runtime;

/// <summary>The receiving ends of all channels that lead to one subtask, read in turn.</summary>
internal sealed class InputGate<TBatch>(JobSettings settings, WakeUp wakeUp)
{
    private readonly List<ChannelReader<Element<TBatch>>> _readers = [];
    private readonly List<ChannelFlow> _flows = [];
    private int _next;

    /// <summary>Which inputs wait for the barriers of the others.</summary>
    public BarrierAlignment Alignment { get; } = new(settings.Checkpoints is not { AlignsBarriers: false });

    /// <summary>How many batches and signals wait.</summary>
    public int Depth => _readers.Sum(static reader => reader.Count);

    public int Count => _readers.Count;

    /// <summary>Opens one more channel to the subtask.</summary>
    public ChannelOutput<TBatch> Open()
    {
        var channel = Channel.CreateBounded<Element<TBatch>>(
            new BoundedChannelOptions(settings.ChannelCapacity) { SingleReader = true, SingleWriter = true });
        var flow = new ChannelFlow();
        _readers.Add(channel.Reader);
        Alignment.AddInput();
        _flows.Add(flow);
        return new ChannelOutput<TBatch>(
            channel.Writer, flow, settings.ChannelCapacity, wakeUp, settings.CreatePatience());
    }

    /// <summary>Whether something seems to be there; costs next to nothing to ask again and again.</summary>
    public bool SeemsReady()
    {
        for (int input = 0; input < _flows.Count; input++)
        {
            if (_flows[input].Depth > 0 && !Alignment.IsHeld(input))
            {
                return true;
            }
        }

        return false;
    }

    public bool TryRead(out int input, out Element<TBatch> element)
    {
        for (int tried = 0; tried < _readers.Count; tried++)
        {
            input = _next;
            _next = _next + 1 == _readers.Count ? 0 : _next + 1;
            if (!Alignment.IsHeld(input) && _readers[input].TryRead(out element))
            {
                _flows[input].Read();
                return true;
            }
        }

        (input, element) = (-1, default);
        return false;
    }
}
