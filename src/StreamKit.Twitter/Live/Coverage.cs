namespace StreamKit.Twitter.Live;

/// <summary>Knows since when nothing has come through any of the connections of one stream.</summary>
/// <param name="clock">The clock.</param>
/// <param name="heard">When something came in an earlier life; null: never.</param>
internal sealed class Coverage(TimeProvider clock, DateTimeOffset? heard)
{
    private readonly Lock _lock = new();
    private readonly DateTimeOffset _began = clock.GetUtcNow();
    private DateTimeOffset? _heard = heard;
    private int _open;

    /// <summary>How long nothing has come; null where nothing ever came.</summary>
    internal TimeSpan? Outage
    {
        get
        {
            lock (_lock)
            {
                return clock.GetUtcNow() - _heard;
            }
        }
    }

    /// <summary>Whether some connection is open, be it dead or alive.</summary>
    internal bool IsOpen
    {
        get
        {
            lock (_lock)
            {
                return _open > 0;
            }
        }
    }

    /// <summary>How long nothing has come in this life.</summary>
    internal TimeSpan Downtime
    {
        get
        {
            lock (_lock)
            {
                return clock.GetUtcNow() - (_heard > _began ? _heard.Value : _began);
            }
        }
    }

    internal void Heard()
    {
        lock (_lock)
        {
            _heard = clock.GetUtcNow();
        }
    }

    internal void Opened()
    {
        lock (_lock)
        {
            _open++;
            _heard = clock.GetUtcNow();
        }
    }

    internal void Closed()
    {
        lock (_lock)
        {
            _open--;
        }
    }
}
