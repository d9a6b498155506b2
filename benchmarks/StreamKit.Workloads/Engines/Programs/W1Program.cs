using System.Runtime.InteropServices;
using StreamKit.Workloads.Data;

namespace StreamKit.Workloads.Engines.Programs;

/// <summary>Tumbling 1 s per int key: a dictionary that is emptied once a second.</summary>
internal sealed class W1Program : IProgram<Event>
{
    private const int WindowMs = 1000;

    private readonly Dictionary<int, Total> _totals = new();
    private long _endMs = long.MinValue;
    private Checksum _result;

    public void Add(ReadOnlySpan<Event> events)
    {
        foreach (ref readonly Event e in events)
        {
            if (e.TimestampMs >= _endMs)
            {
                Emit();
                _endMs = (e.TimestampMs / WindowMs + 1) * WindowMs;
            }

            CollectionsMarshal.GetValueRefOrAddDefault(_totals, e.Key, out _).Add(e.Value);
        }
    }

    public Checksum Finish()
    {
        Emit();
        return _result;
    }

    private void Emit()
    {
        foreach ((int key, Total total) in _totals)
        {
            _result.Add(_endMs - WindowMs, (uint)key, total.Count, total.Sum);
        }

        _totals.Clear();
    }
}
