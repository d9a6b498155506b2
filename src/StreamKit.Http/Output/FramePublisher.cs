using System.Runtime.ExceptionServices;

namespace StreamKit.Http.Output;

/// <summary>Makes frames of what jobs write: at once, or so many a second.</summary>
internal sealed class FramePublisher<T>
{
    private readonly FrameSource<T> _frames;
    private readonly FrameHub _hub;
    private readonly TimeSpan? _period;
    private TimeProvider _clock = TimeProvider.System;
    private ITimer? _timer;
    private long? _last;
    private bool _isPlanned;
    private Exception? _failure;

    public FramePublisher(FrameSource<T> frames, FrameHub hub, HttpOutputOptions options)
    {
        (_frames, _hub) = (frames, hub);
        _period = options.FramesPerSecond is { } perSecond ? TimeSpan.FromSeconds(1) / perSecond : null;
        hub.SnapshotsFrom(frames.TakeSnapshot);
    }

    /// <summary>A job begins to write: from now on its clock is the clock.</summary>
    public void Use(TimeProvider clock)
    {
        lock (_hub.Gate)
        {
            if (clock != _clock)
            {
                _timer?.Dispose();
                (_clock, _timer, _last, _isPlanned) = (clock, null, null, false);
            }
        }
    }

    public void Write(ReadOnlySpan<T> records)
    {
        lock (_hub.Gate)
        {
            ThrowIfFailed();
            int dropped = 0;
            foreach (T record in records)
            {
                dropped += _frames.Add(record);
                if (_frames.IsFull)
                {
                    PublishAll();
                }
            }

            if (dropped > 0)
            {
                HttpInstruments.DroppedRecords(_hub.Sink, dropped);
            }

            if (_period is null)
            {
                PublishAll();
            }
            else if (_frames.Count > 0 && !_isPlanned)
            {
                PublishOrPlan(_period.Value);
            }
        }
    }

    /// <summary>Fails where something could not be made a frame while nobody wrote.</summary>
    public void Check()
    {
        lock (_hub.Gate)
        {
            ThrowIfFailed();
        }
    }

    /// <summary>Publishes what waits for its turn: nothing comes behind it for now.</summary>
    public void Finish()
    {
        lock (_hub.Gate)
        {
            ThrowIfFailed();
            PublishAll();
        }
    }

    private void PublishOrPlan(TimeSpan period)
    {
        TimeSpan since = _last is { } last ? _clock.GetElapsedTime(last) : period;
        if (since >= period)
        {
            PublishOne();
            since = TimeSpan.Zero;
        }

        Plan(period - since);
    }

    // What does not fit into a frame waits for the next.
    private void Plan(TimeSpan after)
    {
        if (_frames.Count > 0)
        {
            _timer ??= _clock.CreateTimer(
                _ => OnTimer(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            _timer.Change(after, Timeout.InfiniteTimeSpan);
            _isPlanned = true;
        }
    }

    private void OnTimer()
    {
        lock (_hub.Gate)
        {
            _isPlanned = false;
            try
            {
                PublishOne();
                Plan(_period ?? TimeSpan.Zero);
            }
            catch (Exception exception)
            {
                // Nobody waits here; the next call of a job fails with it.
                _failure = exception;
            }
        }
    }

    private void PublishOne()
    {
        if (_frames.TakeFrame() is { } data)
        {
            _hub.Publish(data);
            _last = _clock.GetTimestamp();
        }
    }

    private void PublishAll()
    {
        while (_frames.Count > 0)
        {
            PublishOne();
        }
    }

    private void ThrowIfFailed()
    {
        if (_failure is { } failure)
        {
            _failure = null;
            ExceptionDispatchInfo.Throw(failure);
        }
    }
}
