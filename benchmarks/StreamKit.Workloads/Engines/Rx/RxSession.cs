using StreamKit.Workloads.Data;
using StreamKit.Workloads.Engines.Programs;

namespace StreamKit.Workloads.Engines.Rx;

/// <summary>The session of one user that is open, and the one that the last step closed.</summary>
internal sealed class RxSession
{
    private const int GapMs = 30_000;

    private long _lastMs;
    private Total _open;

    public bool IsOver { get; private set; }

    public Total Closed { get; private set; }

    /// <summary>When <see cref="Closed"/> ended: its last event and the gap.</summary>
    public long EndMs { get; private set; }

    /// <summary>Takes the user's next event; null closes what is open.</summary>
    public RxSession Next(Event? next)
    {
        IsOver = next is not { } e || (_open.Count > 0 && e.TimestampMs - _lastMs >= GapMs);
        if (IsOver)
        {
            (Closed, EndMs, _open) = (_open, _lastMs + GapMs, default);
        }

        if (next is { } added)
        {
            _lastMs = added.TimestampMs;
            _open.Add(added.Value);
        }

        return this;
    }
}
