using System.Runtime.InteropServices;
using StreamKit.Workloads.Data;

namespace StreamKit.Workloads.Engines.Programs;

/// <summary>Hopping 10 s every 1 s: a ring of panes per key, of which ten are added up once a second.</summary>
/// <remarks>Written with panes, because adding each event to ten windows is what nobody does twice.</remarks>
internal sealed class W3Program : IProgram<Event>
{
    private const int PaneMs = 1000;
    private const int PanesPerWindow = 10;
    private const int DisorderMs = 5000;

    // A power of two above the ten panes of a window and the six that disorder keeps open.
    private const int Ring = 16;

    private readonly Dictionary<int, Total[]> _keys = [];
    private long _greatestMs = long.MinValue;
    private long _nextPane = EventTime.OriginMs / PaneMs;
    private Checksum _result;

    public void Add(ReadOnlySpan<Event> events)
    {
        foreach (ref readonly Event e in events)
        {
            _greatestMs = Math.Max(_greatestMs, e.TimestampMs);
            while (_greatestMs >= (_nextPane + 1) * PaneMs + DisorderMs)
            {
                Close();
            }

            ref Total[]? panes = ref CollectionsMarshal.GetValueRefOrAddDefault(_keys, e.Key, out _);
            panes ??= new Total[Ring];
            panes[(int)(e.TimestampMs / PaneMs) & (Ring - 1)].Add(e.Value);
        }
    }

    public Checksum Finish()
    {
        long lastPane = _greatestMs / PaneMs + PanesPerWindow - 1;
        while (_nextPane <= lastPane)
        {
            Close();
        }

        return _result;
    }

    private void Close()
    {
        long pane = _nextPane++;
        long first = pane - PanesPerWindow + 1;
        foreach ((int key, Total[] panes) in _keys)
        {
            var window = default(Total);
            for (long p = first; p <= pane; p++)
            {
                window.Count += panes[(int)p & (Ring - 1)].Count;
                window.Sum += panes[(int)p & (Ring - 1)].Sum;
            }

            if (window.Count > 0)
            {
                _result.Add(first * PaneMs, (uint)key, 0, window.Sum);
            }

            panes[(int)first & (Ring - 1)] = default;
        }
    }
}
