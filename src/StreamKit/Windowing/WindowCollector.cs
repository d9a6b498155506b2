using System.Globalization;
using StreamKit.Time;

namespace StreamKit.Windowing;

/// <summary>Takes the windows of one record and checks them.</summary>
public sealed class WindowCollector
{
    private readonly List<Window> _windows = [];
    private readonly int _limit;
    private Timestamp _timestamp;

    internal WindowCollector(int limit) => _limit = limit;

    /// <summary>How many windows were added.</summary>
    public int Count => _windows.Count;

    internal List<Window> Windows => _windows;

    /// <summary>Adds a window.</summary>
    /// <param name="window">The window; it contains the event time of the record.</param>
    /// <exception cref="InvalidOperationException">It does not, or there are more windows than the limit
    /// allows.</exception>
    public void Add(Window window)
    {
        if (!window.Contains(_timestamp))
        {
            throw new InvalidOperationException(
                $"The window {window} does not contain {_timestamp}, the event time of the record it was given to.");
        }

        if (_windows.Count == _limit)
        {
            throw new InvalidOperationException(string.Create(
                CultureInfo.InvariantCulture,
                $"A record at {_timestamp} was given more than {_limit} windows, mostly by a mistake in the units: "
                + $"if it is meant, raise maxWindowsPerRecord."));
        }

        _windows.Add(window);
    }

    internal void Start(Timestamp timestamp)
    {
        _windows.Clear();
        _timestamp = timestamp;
    }

    /// <summary>Puts the windows in order, and checks what can be seen only together.</summary>
    internal void Finish(long granularity)
    {
        if (_windows.Count > 1)
        {
            _windows.Sort(static (a, b) =>
                a.StartTime == b.StartTime ? a.EndTime.CompareTo(b.EndTime) : a.StartTime.CompareTo(b.StartTime));
        }

        for (int i = 0; i < _windows.Count; i++)
        {
            Window window = _windows[i];
            if (i > 0 && window == _windows[i - 1])
            {
                throw new InvalidOperationException(
                    $"A record at {_timestamp} was given the window {window} twice, and would be counted twice in it.");
            }

            long end = window.EndTime.Ticks;
            if (granularity > 0 && end != long.MaxValue && end % granularity != 0)
            {
                throw new InvalidOperationException(
                    $"The window {window} does not end at a multiple of the granularity {new TimeSpan(granularity)}.");
            }
        }
    }
}
