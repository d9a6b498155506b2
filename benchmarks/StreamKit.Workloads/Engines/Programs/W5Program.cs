using System.Runtime.InteropServices;
using StreamKit.Workloads.Data;

namespace StreamKit.Workloads.Engines.Programs;

/// <summary>Sliding maximum of 60 s every 1 s: a ring of sixty panes per key; LINQ takes the greatest.</summary>
internal sealed class W5Program : IProgram<Event>
{
    private const int PaneMs = 1000;
    private const int Panes = 60;

    // Below every value: the key has none in this pane.
    private const int None = -1;

    private readonly Dictionary<int, int[]> _keys = [];
    private long _pane = EventTime.OriginMs / PaneMs;
    private Checksum _result;

    public void Add(ReadOnlySpan<Event> events)
    {
        foreach (ref readonly Event e in events)
        {
            while (e.TimestampMs >= (_pane + 1) * PaneMs)
            {
                Close();
            }

            ref int[]? maxima = ref CollectionsMarshal.GetValueRefOrAddDefault(_keys, e.Key, out bool known);
            if (!known)
            {
                maxima = new int[Panes];
                Array.Fill(maxima, None);
            }

            ref int maximum = ref maxima![(int)(_pane % Panes)];
            maximum = Math.Max(maximum, e.Value);
        }
    }

    public Checksum Finish()
    {
        for (int i = 0; i < Panes; i++)
        {
            Close();
        }

        return _result;
    }

    private void Close()
    {
        long startMs = (_pane - Panes + 1) * PaneMs;
        _pane++;
        foreach ((int key, int[] maxima) in _keys)
        {
            int maximum = maxima.Max();
            if (maximum != None)
            {
                _result.Add(startMs, (uint)key, maximum, 0);
            }

            maxima[(int)(_pane % Panes)] = None;
        }
    }
}
