using System.Runtime.InteropServices;
using StreamKit.Workloads.Data;

namespace StreamKit.Workloads.Engines.Programs;

/// <summary>Tumbling 1 s per string key: a dictionary that is emptied once a second.</summary>
internal sealed class W2Program : IProgram<TextEvent>
{
    private const int WindowMs = 1000;

    private readonly Dictionary<string, Total> _totals = new(StringComparer.Ordinal);
    private long _endMs = long.MinValue;
    private Checksum _result;

    public void Add(ReadOnlySpan<TextEvent> events)
    {
        foreach (ref readonly TextEvent e in events)
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
        foreach ((string key, Total total) in _totals)
        {
            _result.Add(_endMs - WindowMs, Checksum.Fingerprint(key), total.Count, total.Sum);
        }

        _totals.Clear();
    }
}
