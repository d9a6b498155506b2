using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;

namespace StreamKit.Twitter.Tests;

/// <summary>A clock that stands until it is moved, and tells which waits begin.</summary>
internal sealed class ReplayClock() : FakeTimeProvider(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero))
{
    private readonly Channel<TimeSpan> _waits = Channel.CreateUnbounded<TimeSpan>();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ITimer timer = base.CreateTimer(callback, state, dueTime, period);
        if (dueTime != Timeout.InfiniteTimeSpan)
        {
            _waits.Writer.TryWrite(dueTime);
        }

        return timer;
    }

    /// <summary>How long the next wait is, once it has begun.</summary>
    internal async Task<double> NextWaitAsync() =>
        (await _waits.Reader.ReadAsync(TestContext.Current.CancellationToken)).TotalSeconds;
}
