namespace StreamKit.Social.Live;

/// <summary>Cancels what waits for a connection on which nothing has come for too long.</summary>
internal sealed class Silence : IDisposable
{
    private readonly CancellationTokenSource _tooLong;
    private readonly CancellationTokenSource _either;
    private readonly TimeSpan _limit;

    internal Silence(TimeSpan limit, TimeProvider clock, CancellationToken stop)
    {
        _limit = limit;
        _tooLong = new CancellationTokenSource(limit, clock);
        _either = CancellationTokenSource.CreateLinkedTokenSource(stop, _tooLong.Token);
    }

    /// <summary>Cancelled when nothing has come for too long, or all stops.</summary>
    internal CancellationToken Token => _either.Token;

    internal bool IsTooLong => _tooLong.IsCancellationRequested;

    /// <summary>Something came: the time counts anew.</summary>
    internal void Heard() => _tooLong.CancelAfter(_limit);

    /// <summary>Nothing is listened to, so nothing counts.</summary>
    internal void Suspend() => _tooLong.CancelAfter(Timeout.InfiniteTimeSpan);

    public void Dispose()
    {
        _either.Dispose();
        _tooLong.Dispose();
    }
}
