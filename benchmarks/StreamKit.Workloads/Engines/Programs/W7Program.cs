using System.Runtime.InteropServices;

namespace StreamKit.Workloads.Engines.Programs;

/// <summary>A join in windows of 10 s: a dictionary of two linked lists per key, emptied once per window.</summary>
internal sealed class W7Program : IProgram<SidedEvent>
{
    private const int WindowMs = 10_000;

    private readonly Dictionary<int, Heads> _keys = [];

    // A list for each key and side would be two hundred thousand objects per window.
    private readonly List<Node> _nodes = [];
    private long _endMs = long.MinValue;
    private Checksum _result;

    public void Add(ReadOnlySpan<SidedEvent> events)
    {
        foreach (ref readonly SidedEvent sided in events)
        {
            Add(in sided);
        }
    }

    public Checksum Finish() => _result;

    private void Add(in SidedEvent sided)
    {
        (long timestampMs, int key, int value) = (sided.Event.TimestampMs, sided.Event.Key, sided.Event.Value);
        if (timestampMs >= _endMs)
        {
            _keys.Clear();
            _nodes.Clear();
            _nodes.Add(default); // Zero ends a list.
            _endMs = (timestampMs / WindowMs + 1) * WindowMs;
        }

        ref Heads heads = ref CollectionsMarshal.GetValueRefOrAddDefault(_keys, key, out _);
        ref int own = ref sided.IsLeft ? ref heads.Left : ref heads.Right;
        _nodes.Add(new Node(value, own));
        own = _nodes.Count - 1;
        int other = sided.IsLeft ? heads.Right : heads.Left;
        for (int at = other; at != 0; at = _nodes[at].Next)
        {
            (long left, long right) = sided.IsLeft ? (value, _nodes[at].Value) : (_nodes[at].Value, value);
            _result.Add(_endMs, (uint)key, left, right);
        }
    }

    private readonly record struct Node(int Value, int Next);

    private struct Heads
    {
        public int Left;
        public int Right;
    }
}
