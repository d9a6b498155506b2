using Microsoft.Extensions.Logging;
using StreamKit.Diagnostics;
using StreamKit.Operators;

namespace StreamKit.Runtime;

/// <summary>One loop that takes input and drives a chain of operators; it never blocks a thread.</summary>
internal abstract class Subtask(string name, int lane, JobSettings settings)
{
    // Long enough that the yield costs nothing, short enough that subtasks share few threads fairly.
    private const int StepsBetweenYields = 64;

    private readonly List<IPendingOutput> _outputs = [];
    private readonly List<OperatorCounters> _counters = [];
    private long _lastTick = settings.Clock.GetTimestamp();
    private int _steps;
    private ITimer? _timer;
    private long _timerDue = long.MaxValue;

    public string Name { get; } = name;

    public int Lane { get; } = lane;

    public SubtaskClock Clock { get; } = new();

    public WakeUp WakeUp { get; } = new();

    public IReadOnlyList<OperatorCounters> Counters => _counters;

    /// <summary>How many batches and signals wait for the subtask.</summary>
    public virtual int QueueDepth => 0;

    protected JobSettings Settings { get; } = settings;

    /// <summary>Where the subtask's failed records go.</summary>
    public SubtaskErrors Errors { get; } = new(settings.Failures, settings.Loggers.CreateLogger<SubtaskErrors>());

    public void AddOutput(IPendingOutput output) => _outputs.Add(output);

    public void AddCounters(OperatorCounters counters) => _counters.Add(counters);

    /// <summary>Runs until the input has ended; cancellation stops it at once.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await OpenAsync(cancellationToken).ConfigureAwait(false);
            Tick();
            await LoopAsync(cancellationToken).ConfigureAwait(false);
            Errors.End();
            await FlushAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not (StreamException or OperationCanceledException))
        {
            throw new StreamException(Name, null, null, exception);
        }
        finally
        {
            _timer?.Dispose();
            await CloseAsync().ConfigureAwait(false);
        }
    }

    protected abstract ValueTask OpenAsync(CancellationToken cancellationToken);

    protected abstract Task LoopAsync(CancellationToken cancellationToken);

    protected virtual ValueTask CloseAsync() => ValueTask.CompletedTask;

    /// <summary>Goes on with the chain that holds something back, waiting for room as often as it takes.</summary>
    protected async ValueTask UnblockAsync(Func<bool> resume, CancellationToken cancellationToken)
    {
        do
        {
            await FlushAsync(cancellationToken).ConfigureAwait(false);

            // Nobody could listen meanwhile, so the time does not count as silence.
            _lastTick = Settings.Clock.GetTimestamp();
        }
        while (!resume());
    }

    /// <summary>Tells the operators what time it is.</summary>
    protected void Tick()
    {
        long now = Settings.Clock.GetTimestamp();
        Clock.Listening += Settings.Clock.GetElapsedTime(_lastTick, now).Ticks;
        Clock.Now = Settings.Clock.GetUtcNow().UtcTicks - DateTime.UnixEpoch.Ticks;
        _lastTick = now;
    }

    /// <summary>Lets other work have the thread now and then.</summary>
    protected ValueTask StepAsync()
    {
        if (++_steps % StepsBetweenYields != 0)
        {
            return ValueTask.CompletedTask;
        }

        return YieldAsync();

        static async ValueTask YieldAsync() => await Task.Yield();
    }

    /// <summary>Waits until something happens or the chain wants to be woken.</summary>
    protected async ValueTask WaitAsync(long nextTimer, CancellationToken cancellationToken)
    {
        SetTimer(nextTimer);
        await WakeUp.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        foreach (IPendingOutput output in _outputs)
        {
            if (output.HasPending)
            {
                await output.FlushAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private void SetTimer(long due)
    {
        if (due == _timerDue && due > Clock.Now)
        {
            return;
        }

        _timerDue = due;
        _timer ??= Settings.Clock.CreateTimer(
            static wakeUp => ((WakeUp)wakeUp!).Signal(), WakeUp, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        TimeSpan wait = due == long.MaxValue ? Timeout.InfiniteTimeSpan : Clamp(due - Clock.Now);
        _timer.Change(wait, Timeout.InfiniteTimeSpan);
    }

    // Timers count whole milliseconds: one too few would wake the subtask before its time, again and again. And they end
    // somewhere; waking once a day is harmless.
    private static TimeSpan Clamp(long ticks) =>
        TimeSpan.FromMilliseconds(Math.Clamp(Math.Ceiling(ticks / (double)TimeSpan.TicksPerMillisecond), 1, TimeSpan.MillisecondsPerDay));
}
